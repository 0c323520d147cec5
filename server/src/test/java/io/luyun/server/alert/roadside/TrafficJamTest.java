package io.luyun.server.alert.roadside;

import static io.luyun.server.alert.AlertScene.EAST;
import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.UNIT;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.Spat;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.NoisyRoad;
import io.luyun.server.alert.Score;
import io.luyun.server.world.Scene;
import java.util.List;
import org.junit.jupiter.api.Test;

/** TJW, driven by hand on the road of {@link Scene}. */
final class TrafficJamTest {
    private static final AlertKind TJW = AlertKind.ALERT_KIND_TJW;
    private static final int SEEDS = 50;
    private static final double MPS = 15;
    private static final double SPACING = 8;
    private static final int FIRST_OF_QUEUE = 200;

    private final AlertScene s = new AlertScene();

    private static void tell(final AlertScene s, final double x, final double y) {
        s.scene.rsi(
                UNIT,
                Rsi.newBuilder()
                        .addEvents(RoadEvent.newBuilder()
                                .setEventId(9)
                                .setEventType(707)
                                .setPos(s.scene.position(x, y))
                                .setRadius(500)));
    }

    private static void stand(final NoisyRoad road, final int count, final double front, final double y) {
        for (int k = 0; k < count; k++) {
            road.report(FIRST_OF_QUEUE + k, front - SPACING * k, y, EAST, 0);
        }
    }

    /** The subject drives from x = 100 towards a queue in a lane, and stops behind it or drives past. */
    private static AlertScene approach(
            final NoisyRoad road, final int queued, final double front, final double queueY, final double y) {
        for (int i = 0; i < 250; i++) {
            stand(road, queued, front, queueY);
            road.step();
        }
        final double tail = front - SPACING * (queued - 1) - 5;
        double x = 100;
        double mps = MPS;
        for (int i = 0; i < 600 && x < 960; i++) {
            final boolean behind = y == queueY && x > tail - 40 && x < front;
            mps = behind ? Math.max(0, mps - 0.3) : mps;
            road.report(SUBJECT, x, y, EAST, mps, behind && mps > 0 ? -3 : 0);
            stand(road, queued, front, queueY);
            x += mps * 0.1;
            road.step();
        }
        return road.s;
    }

    private static List<Alert> ofSubject(final AlertScene s) {
        return s.of(TJW).stream()
                .filter(a -> a.getSubject().getDeviceId().equals("subject")
                        || a.getSubject().getPtcId() == SUBJECT)
                .toList();
    }

    @Test
    void warnsOfAJamThatARoadsideUnitTellsOf() {
        final NoisyRoad road = new NoisyRoad(s, 1, false);
        for (int i = 0; i < 500; i++) {
            if (i % 50 == 0) {
                tell(s, 700, 0);
            }
            road.report(SUBJECT, 150 + MPS * i * 0.1, 0, EAST, MPS);
            road.step();
        }
        final Alert raised = s.raised(TJW);
        assertThat(raised).isNotNull();
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
        assertThat(raised.getTimeToCollisionMs()).isCloseTo(30_000, within(800));
        assertThat(raised.getEvent().getCode()).isEqualTo(707);
        assertThat(raised.getEvent().getDeviceId()).isEqualTo("unit");
        assertThat(s.of(TJW)).extracting(Alert::getSeverity).contains(Severity.SEVERITY_WARNING);
        assertThat(s.states(TJW))
                .containsExactly(
                        AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_UPDATED, AlertState.ALERT_STATE_CLEARED);
        assertThat(s.last(TJW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
        assertThat(s.of(AlertKind.ALERT_KIND_HLW)).as("left to TJW").isEmpty();
    }

    @Test
    void warnsOfAJamThatNobodyTellsOf() {
        approach(new NoisyRoad(s, 2, false), 25, 800, 0, 0);
        final List<Alert> told = ofSubject(s);
        assertThat(told)
                .extracting(Alert::getState)
                .containsExactly(
                        AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_UPDATED, AlertState.ALERT_STATE_CLEARED);
        final Alert raised = told.getFirst();
        // the last one's rear bumper is at 800 - 192 - 2.25; within 30 s at 450 m
        assertThat(raised.getDistanceCm()).isCloseTo(44_700, within(700));
        assertThat(raised.getEvent().getCode()).isEqualTo(707);
        assertThat(raised.getEvent().hasDeviceId()).isFalse();
        assertThat(raised.getEvent().getPos().getLon())
                .isCloseTo(s.scene.position(605.75, 0).getLon(), within(300));
        assertThat(told.get(1).getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        assertThat(told.get(1).getTimeToCollisionMs()).isCloseTo(6_000, within(500));
        assertThat(s.of(TJW)).as("who stands in it is not warned").hasSize(3);
    }

    @Test
    void saysOneJamOnce() {
        final NoisyRoad road = new NoisyRoad(s, 3, false);
        for (int i = 0; i < 550; i++) {
            if (i % 50 == 0) {
                tell(s, 650, 0);
            }
            stand(road, 20, 700, 0);
            if (i > 250) {
                road.report(SUBJECT, 300 + MPS * 0.1 * (i - 250), 0, EAST, i < 450 ? MPS : 0);
            }
            road.step();
        }
        assertThat(ofSubject(s))
                .extracting(Alert::getAlertId)
                .containsOnly(s.last(TJW).getAlertId());
        assertThat(s.last(TJW).getEvent().getDeviceId()).isEqualTo("unit");
    }

    @Test
    void canBeToldToTrustEventsOnly() {
        final AlertScene other = new AlertScene(Scene.road(), AlertScene.config("trafficJam", "detects", false));
        approach(new NoisyRoad(other, 4, false), 25, 800, 0, 0);
        assertThat(other.of(TJW)).isEmpty();
    }

    private static void spat(final AlertScene s) {
        s.scene.spat(
                UNIT,
                Spat.newBuilder()
                        .setMsgCnt(0)
                        .addIntersections(IntersectionState.newBuilder()
                                .setIntersection(
                                        NodeReference.newBuilder().setRegion(1).setId(20))
                                .addPhases(Phase.newBuilder()
                                        .setId(1)
                                        .addStates(PhaseState.newBuilder()
                                                .setLight(LightState.LIGHT_RED)
                                                .setCounting(CountdownTiming.newBuilder()
                                                        .setStartTime(0)
                                                        .setLikelyEndTime(600)))))
                        .build());
    }

    @Test
    void isRightUnderNoise() {
        final Score score = new Score("TJW");
        for (long seed = 0; seed < SEEDS; seed++) {
            final boolean seen = seed % 2 == 1;
            final int more = (int) (seed % 7);
            score.add("queue ahead", seed, true, warned(approach(road(seed, seen), 15 + more, 800, 0, 0)));
            score.add("next lane", seed, false, warned(approach(road(seed, seen), 15 + more, 800, -3.5, 3.5)));
            final NoisyRoad red = road(seed, seen);
            spat(red.s);
            score.add("red light", seed, false, warned(approach(red, 9 + more, 995, 0, 0)));
            score.add("few", seed, false, warned(approach(road(seed, seen), 3, 800, 0, 0)));
            score.add("opposite carriageway", seed, false, warned(opposite(road(seed, seen))));
        }
        score.check();
    }

    private static NoisyRoad road(final long seed, final boolean seen) {
        return new NoisyRoad(new AlertScene(), seed, seen);
    }

    private static boolean warned(final AlertScene s) {
        return !ofSubject(s).isEmpty();
    }

    private static AlertScene opposite(final NoisyRoad road) {
        for (int i = 0; i < 600; i++) {
            stand(road, 20, 700, 3.5);
            if (i > 250) {
                road.report(SUBJECT, 950 - MPS * 0.1 * (i - 250), 10.25, WEST, MPS);
            }
            road.step();
        }
        return road.s;
    }
}
