package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.NonMotorData;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PersonalDeviceUserType;
import io.luyun.proto.v1.PersonalRequest;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.Scene;
import io.luyun.server.world.ZoneDraft;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** VRUSP: a car drives east at 12 m/s to a crossing at x = 500, y -8 to 8. */
final class CrossingAheadTest {
    private static final double MPS = 12;
    private static final double NORTH = 0;
    private static final int WALKER = 7;

    private AlertScene s = scene(AlertConfig.DEFAULT);
    private double x = 360;

    private static AlertScene scene(final AlertConfig config) {
        return new AlertScene(
                new ZoneDraft()
                        .link("1", 10, 20, 3, 60, 0, 0, 1000, 0)
                        .link("2", 30, 40, 3, 60, 0, 100, 1000, 100)
                        .line("crossing", "\"name\":\"zebra\"", 500, -8, 500, 8)
                        .load(),
                config);
    }

    @Test
    void saysThatSomebodyWaitsAndClearsBehindTheCrossing() {
        drive(520, 0, this::waits);

        assertThat(states()).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        final Alert raised = s.of(AlertKind.ALERT_KIND_VRUSP).getFirst();
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_INFO);
        assertThat(raised.getSubject().getDeviceId()).isEqualTo("subject");
        assertThat(raised.hasTarget())
                .as("about the crossing, not about somebody")
                .isFalse();
        assertThat(raised.getTimeToCollisionMs()).isCloseTo(8_000, within(300));
        assertThat(raised.getDistanceCm()).isCloseTo(9_600, within(300));
    }

    @Test
    void isMoreUrgentWhenSomebodyIsOnIt() {
        drive(450, 0, this::waits);
        drive(470, 0, () -> see(0, 1.2));

        assertThat(s.last(AlertKind.ALERT_KIND_VRUSP).getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(states()).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_UPDATED);
    }

    @Test
    void isOverWhenNobodyIsThereAnyMore() {
        drive(430, 0, this::waits);
        drive(495, 0, () -> see(-20, 0));

        assertThat(states()).containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void aRequestFromFurtherOffIsEnough() {
        drive(490, 0, () -> person(1));
        assertThat(states()).containsExactly(AlertState.ALERT_STATE_RAISED);
    }

    @Test
    void whoseDeviceDoesNotAskIsNotToldOfFromThere() {
        drive(490, 0, () -> person(0));
        assertThat(states()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(doubles = {-20, 100})
    void nobodyThereAndAnotherRoadAreNothing(final double y) {
        if (y > 0) {
            drive(520, y, this::waits);
        } else {
            drive(520, 0, () -> see(y, 0));
        }
        assertThat(states()).isEmpty();
    }

    @Test
    void canBeSwitchedOff() {
        s = scene(AlertScene.config("crossingAhead", "enabled", false));
        drive(520, 0, this::waits);
        assertThat(states()).isEmpty();
    }

    private List<AlertState> states() {
        return s.states(AlertKind.ALERT_KIND_VRUSP);
    }

    private void waits() {
        see(-9, 0);
    }

    private void see(final double y, final double mps) {
        s.scene.rsm(UNIT, s.scene.seen(1, 500, y, NORTH, mps).setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN));
    }

    private void person(final int request) {
        final NonMotorData.Builder person =
                NonMotorData.newBuilder().setBasicType(PersonalDeviceUserType.PERSONAL_DEVICE_USER_PEDESTRIAN);
        if (request != 0) {
            person.setPersonalReq(PersonalRequest.newBuilder().setCrossing(request));
        }
        s.scene.psm(
                WALKER,
                Psm.newBuilder()
                        .setMsgCnt(0)
                        .setId(Scene.id(WALKER))
                        .setSecMark(s.scene.secMark())
                        .setPos(s.scene.position(500, -18))
                        .setSpeed(0)
                        .setHeading(0)
                        .setOverallRadius(4)
                        .setNonMotor(person));
    }

    private void drive(final double until, final double y, final Runnable others) {
        while (x < until) {
            others.run();
            s.scene.bsm(SUBJECT, s.scene.car(SUBJECT, x, y, EAST, MPS));
            s.tick();
            s.scene.pass(100);
            x += MPS * 0.1;
        }
    }
}
