package io.luyun.server.alert.signal;

import static io.luyun.server.alert.AlertScene.EAST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.SignalAdvice;
import io.luyun.server.alert.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

/** GLOSA, driven by hand on {@link SignalRoad}. */
final class GreenSpeedTest {
    private static final AlertKind GLOSA = AlertKind.ALERT_KIND_GLOSA;
    private static final int SEEDS = 60;
    private static final double MPS = 12;
    private static final double KMH = 3.6;

    private static SignalAdvice first(final SignalRoad at) {
        final Alert raised = at.s.raised(GLOSA);
        assertThat(raised).isNotNull();
        return raised.getSignal();
    }

    private static double kmh(final int raw) {
        return raw * 0.02 * KMH;
    }

    @Test
    void advisesToArriveWhenRedEnds() {
        // red for 25 s more when 280 m before the line: 25 to 55 s, so up to 280 / 26 m/s and down to 20 km/h
        final SignalRoad at = new SignalRoad(1, false).allRed(25).drive(280, SignalRoad.MIDDLE_Y, MPS);
        final Alert raised = at.s.raised(GLOSA);
        assertThat(raised).isNotNull();
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_INFO);
        final SignalAdvice advice = raised.getSignal();
        assertThat(advice.getLight()).isEqualTo(LightState.LIGHT_RED);
        assertThat(advice.getPhaseId()).isEqualTo(SignalRoad.STRAIGHT);
        assertThat(advice.getNode().getId()).isEqualTo(2);
        assertThat(advice.getLightEndsInMs()).isCloseTo(24_600, within(300));
        assertThat(advice.getNextGreenInMs()).isEqualTo(advice.getLightEndsInMs());
        assertThat(kmh(advice.getMinSpeed())).isCloseTo(20, within(0.1));
        assertThat(kmh(advice.getMaxSpeed())).isCloseTo(280 / 26.0 * KMH, within(1.2));
        assertThat(raised.getDistanceCm()).isCloseTo(27_700, within(400));
    }

    @Test
    void advisesToHoldTheGreen() {
        // 20 s of green left: at least 280 / 19 m/s, at most the limit of 60
        final SignalAdvice advice =
                first(new SignalRoad(2, false).green(SignalRoad.STRAIGHT, 20).drive(280, SignalRoad.MIDDLE_Y, MPS));
        assertThat(advice.getLight()).isEqualTo(LightState.LIGHT_PROTECTED_GREEN);
        assertThat(advice.hasNextGreenInMs()).isFalse();
        assertThat(kmh(advice.getMinSpeed())).isCloseTo(280 / 19.0 * KMH, within(1.5));
        assertThat(kmh(advice.getMaxSpeed())).isCloseTo(60, within(0.1));
    }

    @Test
    void advisesTheNextGreenWhenThisOneIsOutOfReach() {
        // 8 s of green left: 35 m/s would do; green again from 51 s on: 280 / 52 m/s is less than 20 km/h
        final SignalAdvice none =
                first(new SignalRoad(3, false).green(SignalRoad.STRAIGHT, 8).drive(280, SignalRoad.MIDDLE_Y, MPS));
        assertThat(none.hasMinSpeed()).isFalse();
        assertThat(none.getNextGreenInMs()).isCloseTo(50_600, within(300));
    }

    @Test
    void tellsOfTheLightAtOnceAndOfSpeedsSeldom() {
        final SignalRoad at = new SignalRoad(4, false).allRed(15).drive(290, SignalRoad.MIDDLE_Y, MPS);
        final List<Alert> steps = at.s.of(GLOSA);
        assertThat(steps)
                .extracting(Alert::getState)
                .startsWith(AlertState.ALERT_STATE_RAISED)
                .endsWith(AlertState.ALERT_STATE_CLEARED);
        assertThat(steps).extracting(a -> a.getSignal().getLight()).contains(LightState.LIGHT_PROTECTED_GREEN);
        for (int i = 1; i < steps.size() - 1; i++) {
            final boolean sameLight = steps.get(i).getSignal().getLight()
                    == steps.get(i - 1).getSignal().getLight();
            if (sameLight) {
                assertThat(steps.get(i).getAtNs() - steps.get(i - 1).getAtNs()).isGreaterThanOrEqualTo(2_000_000_000L);
            }
        }
        assertThat(steps).hasSizeBetween(3, 12);
    }

    @Test
    void endsBeforeTheLineWithTheSpatAndInAQueue() {
        final SignalRoad near = new SignalRoad(5, false).allRed(60).drive(20, SignalRoad.MIDDLE_Y, 5);
        assertThat(near.s.of(GLOSA)).isEmpty();
        final SignalRoad silent = new SignalRoad(6, false).allRed(60).drive(290, SignalRoad.MIDDLE_Y, MPS, 290, 0.2);
        assertThat(silent.s.last(GLOSA).getState())
                .as("who stands needs none")
                .isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(queue(7, false, SignalRoad.MIDDLE_Y).s.of(GLOSA).stream().noneMatch(GreenSpeedTest::ofSubject))
                .isTrue();
        assertThat(queue(8, false, SignalRoad.RIGHT_Y).s.of(GLOSA).stream().anyMatch(GreenSpeedTest::ofSubject))
                .as("a queue in the next lane")
                .isTrue();
    }

    private static boolean ofSubject(final Alert alert) {
        return alert.getSubject().getDeviceId().equals("subject")
                || alert.getSubject().getPtcId() == 1;
    }

    /** Three cars stand at the line in a lane. */
    private static SignalRoad queue(final long seed, final boolean seen, final double y) {
        final SignalRoad at = new SignalRoad(seed, seen).allRed(60);
        for (int i = 0; i < 200; i++) {
            for (int k = 0; k < 3; k++) {
                at.road.report(20 + k, SignalRoad.STOP_LINE - 5 - 8 * k, y, EAST, 0);
            }
            if (i > 20) {
                at.road.report(1, 200 + 0.1 * MPS * (i - 20), SignalRoad.MIDDLE_Y, EAST, MPS);
            }
            at.step();
        }
        return at;
    }

    @Test
    void isRightUnderNoise() {
        final Score score = new Score("GLOSA");
        for (int seed = 0; seed < SEEDS; seed++) {
            final boolean seen = seed % 2 == 1;
            final double redFor = 20 + seed % 10;
            final SignalRoad red = new SignalRoad(seed, seen).allRed(redFor).drive(280, 0, MPS);
            final Alert raised = red.s.raised(GLOSA);
            // what was advised arrives on green, by the truth
            score.add("red", seed, true, raised != null && arrivesOnGreen(raised, redFor));
            final SignalRoad left = new SignalRoad(seed, seen)
                    .allRed(60)
                    .green(SignalRoad.LEFT, 20)
                    .drive(280, SignalRoad.LEFT_Y, MPS);
            final Alert ofLeft = left.s.raised(GLOSA);
            score.add(
                    "its own phase",
                    seed,
                    true,
                    ofLeft != null
                            && ofLeft.getSignal().getPhaseId() == SignalRoad.LEFT
                            && ofLeft.getSignal().getMinSpeed() > 0);
            score.add(
                    "no SPAT",
                    seed,
                    false,
                    !new SignalRoad(seed, seen)
                            .silent()
                            .drive(280, 0, MPS)
                            .s
                            .of(GLOSA)
                            .isEmpty());
            score.add(
                    "queue",
                    seed,
                    false,
                    queue(seed, seen, SignalRoad.MIDDLE_Y).s.of(GLOSA).stream().anyMatch(GreenSpeedTest::ofSubject));
        }
        score.check();
    }

    /** Both ends of the band arrive while it is green, from redFor to 30 s later, from where the subject is when it is told. */
    private static boolean arrivesOnGreen(final Alert raised, final double redFor) {
        final SignalAdvice advice = raised.getSignal();
        final double metres = raised.getDistanceCm() * 0.01;
        final double untilGreen = advice.getNextGreenInMs() * 1e-3;
        final double fast = metres / (advice.getMaxSpeed() * 0.02);
        final double slow = metres / (advice.getMinSpeed() * 0.02);
        return advice.getMinSpeed() > 0
                && fast >= untilGreen
                && slow <= untilGreen + 30
                && Math.abs(untilGreen - redFor) < 3;
    }
}
