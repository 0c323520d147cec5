package io.luyun.server.alert.signal;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.WEST;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.Score;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RLVW, driven by hand on {@link SignalRoad}. */
final class RedLightTest {
    private static final AlertKind RLVW = AlertKind.ALERT_KIND_RLVW;
    private static final int SEEDS = 60;
    private static final double MPS = 15;

    @Test
    void warnsWhoDoesNotStop() {
        final SignalRoad at = new SignalRoad(1, false).drive(200, SignalRoad.MIDDLE_Y, MPS);
        final Alert raised = at.s.raised(RLVW);
        assertThat(raised).isNotNull();
        // 3 m/s2 would stop it within 37.5 m, of which 2 may lie beyond the line; three reports agree
        assertThat(raised.getDistanceCm()).isCloseTo(3_550 - 400, within(400));
        assertThat(raised.getTimeToCollisionMs()).isCloseTo(2_100, within(300));
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_WARNING);
        assertThat(raised.getSignal().getNode().getId()).isEqualTo(2);
        assertThat(raised.getSignal().getPhaseId()).isEqualTo(SignalRoad.STRAIGHT);
        assertThat(raised.getSignal().getLight()).isEqualTo(LightState.LIGHT_RED);
        assertThat(raised.getSignal().getLightEndsInMs()).isBetween(86_000, 90_000);
        assertThat(raised.getSignal().hasMinSpeed()).isFalse();
        assertThat(raised.getCauseSequencesList()).as("the BSM and the SPAT").hasSize(2);
        assertThat(at.s.of(RLVW)).extracting(Alert::getSeverity).contains(Severity.SEVERITY_CRITICAL);
        assertThat(at.s.last(RLVW).getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
        assertThat(at.s.last(RLVW).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
    }

    @Test
    void isOverWhenItBrakesHardAfterAll() {
        final SignalRoad at = new SignalRoad(2, false).drive(200, SignalRoad.MIDDLE_Y, MPS, 25, 6);
        assertThat(at.s.states(RLVW))
                .startsWith(AlertState.ALERT_STATE_RAISED)
                .endsWith(AlertState.ALERT_STATE_CLEARED);
        assertThat(at.s.last(RLVW).getAtNs() - at.s.of(RLVW).getFirst().getAtNs())
                .isLessThan(2_000_000_000L);
    }

    @Test
    void warnsOfAYellowThatEndsBeforeTheArrival() {
        // yellow from 11 to 14 s; 30 m before the line at 11.3 s, there at 13.3 s
        assertThat(yellow(200).s.of(RLVW)).as("still yellow on arrival").isEmpty();
        assertThat(yellow(225).s.raised(RLVW)).as("red on arrival").isNotNull();
    }

    private static SignalRoad yellow(final double from) {
        return new SignalRoad(3, false).green(SignalRoad.STRAIGHT, 11).drive(from, SignalRoad.MIDDLE_Y, MPS);
    }

    @Test
    void leavesWhoFindsGreen() {
        // there after 13.3 s
        final SignalRoad inTime = new SignalRoad(4, false).allRed(13).drive(200, SignalRoad.MIDDLE_Y, MPS);
        assertThat(inTime.s.of(RLVW)).isEmpty();
    }

    @Test
    void leavesTurnsOnRedUnlessTheSubjectIsTooFastToTurn() {
        assertThat(new SignalRoad(5, false).drive(200, SignalRoad.RIGHT_Y, 8).s.of(RLVW))
                .isEmpty();
        assertThat(new SignalRoad(6, false)
                        .drive(200, SignalRoad.RIGHT_Y, MPS)
                        .s
                        .raised(RLVW))
                .isNotNull();
        final AlertConfig strict = AlertScene.config("redLight", "turnsOnRed", false);
        assertThat(new SignalRoad(7, false, strict)
                        .drive(200, SignalRoad.RIGHT_Y, 8)
                        .s
                        .raised(RLVW))
                .isNotNull();
    }

    @Test
    void leavesEmergencyVehicles() {
        final SignalRoad at = new SignalRoad(8, false);
        for (int i = 0; i < 150; i++) {
            at.s.scene.bsm(
                    SUBJECT,
                    at.s.scene
                            .car(SUBJECT, 288 + 1.5 * i, 0, AlertScene.EAST, MPS)
                            .setVehicleClass(VehicleClassification.newBuilder().setClassification(62)));
            at.step();
        }
        assertThat(at.s.of(RLVW)).isEmpty();
    }

    @Test
    void isRightUnderNoise() {
        final Score score = new Score("RLVW");
        final double[] leads = new double[SEEDS];
        for (int seed = 0; seed < SEEDS; seed++) {
            final boolean seen = seed % 2 == 1;
            final double mps = 8 + seed % 5 * 2.5;
            final SignalRoad passes = new SignalRoad(seed, seen).drive(150, SignalRoad.MIDDLE_Y, mps);
            score.add("passes on red", seed, true, warned(passes));
            final Alert raised = passes.s.raised(RLVW);
            leads[seed] = raised == null ? 0 : raised.getTimeToCollisionMs() * 1e-3;
            // three ways to stop at the line
            for (final double mps2 : new double[] {1.5, 2.2, 2.8}) {
                final double way = mps * mps / (2 * mps2) + 0.5 * mps * 0.1;
                score.add(
                        "stops with " + mps2,
                        seed,
                        false,
                        warned(new SignalRoad(seed, seen).drive(150, SignalRoad.MIDDLE_Y, mps, way, mps2)));
            }
            score.add(
                    "own green, red beside it",
                    seed,
                    false,
                    warned(new SignalRoad(seed, seen)
                            .green(SignalRoad.STRAIGHT, 60)
                            .drive(150, 0, mps)));
            score.add(
                    "own green on the left, red beside it",
                    seed,
                    false,
                    warned(new SignalRoad(seed, seen).green(SignalRoad.LEFT, 60).drive(150, SignalRoad.LEFT_Y, 8)));
            score.add(
                    "own red, green beside it",
                    seed,
                    true,
                    warned(new SignalRoad(seed, seen)
                            .green(SignalRoad.LEFT, 60)
                            .green(SignalRoad.RIGHT, 60)
                            .drive(150, SignalRoad.MIDDLE_Y, mps)));
            score.add("opposite carriageway", seed, false, warned(opposite(seed, seen)));
            score.add(
                    "no SPAT",
                    seed,
                    false,
                    warned(new SignalRoad(seed, seen).silent().drive(150, 0, mps)));
            score.add("old SPAT", seed, false, warned(old(seed, seen)));
        }
        java.util.Arrays.sort(leads);
        System.out.printf("RLVW: %.1f s before the line at the median, %.1f s at least%n", leads[SEEDS / 2], leads[0]);
        score.check();
    }

    private static boolean warned(final SignalRoad at) {
        return !at.s.of(RLVW).isEmpty();
    }

    private static SignalRoad opposite(final long seed, final boolean seen) {
        final SignalRoad at = new SignalRoad(seed, seen);
        for (int i = 0; i < 250; i++) {
            at.road.report(SUBJECT, 480 - MPS * 0.1 * i, SignalRoad.OPPOSITE_Y, WEST, MPS);
            at.step();
        }
        return at;
    }

    /** The unit falls silent ten seconds before. */
    private static SignalRoad old(final long seed, final boolean seen) {
        final SignalRoad at = new SignalRoad(seed, seen);
        for (int i = 0; i < 10; i++) {
            at.step();
        }
        at.silent();
        for (int i = 0; i < 60; i++) {
            at.step();
        }
        assertThat(at.s.alerts).extracting(Alert::getKind).isEqualTo(List.of());
        return at.drive(100, SignalRoad.MIDDLE_Y, MPS);
    }
}
