package io.luyun.server.alert.collision;

import static io.luyun.server.alert.AlertScene.SUBJECT;
import static io.luyun.server.alert.AlertScene.TARGET;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.Drive;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;
import org.junit.jupiter.api.Test;

/**
 * DNPW with the noise of the field; seeds 1 and up. The subject drives east at 16 m/s, 25 m behind a car at the same speed or a
 * slower one; the target comes at 18 m/s.
 */
final class DoNotPassTest {
    private static final AlertKind DNPW = AlertKind.ALERT_KIND_DNPW;
    private static final int SEEDS = 40;
    private static final int AHEAD = 3;
    private static final double BEGIN = 100;
    private static final double MPS = 16;
    private static final int LEFT_LIGHT = 1 << 2;
    private static final int RIGHT_LIGHT = 1 << 3;
    private static final double LANE = 3.5;

    /** One road along the x axis, its carriageways beside each other but for ground between, so many lanes each. */
    private static ZoneMap road(final int lanes, final double ground) {
        final double middle = lanes * LANE / 2 + ground / 2;
        return new ZoneDraft()
                .link("a", 1, 2, lanes, 80, 0, -middle, 1_500, -middle)
                .link("b", 2, 1, lanes, 80, 1_500, middle, 0, middle)
                .load();
    }

    private static Drive.Motion along(final double x, final double y, final double mps) {
        return (t, car) -> {
            car.x = x + mps * t;
            car.y = y;
            car.headingDeg = mps < 0 ? 270 : 90;
            car.mps = Math.abs(mps);
        };
    }

    /** Drives behind and signals from 3 s on. */
    private static Drive.Motion signals(final int light) {
        return signals(light, -1.75);
    }

    private static Drive.Motion signals(final int light, final double y) {
        return (t, car) -> {
            along(BEGIN, y, MPS).at(t, car);
            car.lights = t >= 3 ? light : 0;
        };
    }

    /** Moves to the left from 3 to 5 s without a signal and goes on so. */
    private static Drive.Motion movesOut(final double y, final double mps) {
        return (t, car) -> {
            final double part = Math.max(0, Math.min(1, (t - 3) / 2));
            along(BEGIN, y + part * LANE, mps).at(t, car);
            car.headingDeg = part > 0 && part < 1 ? 90 - Math.toDegrees(Math.atan(LANE / 2 / mps)) : 90;
        };
    }

    private static Drive drive(
            final ZoneMap zone, final long seed, final Drive.Motion subject, final Drive.Motion target) {
        return drive(zone, seed, -1.75, subject, target);
    }

    private static Drive drive(
            final ZoneMap zone,
            final long seed,
            final double y,
            final Drive.Motion subject,
            final Drive.Motion target) {
        return new Drive(zone, seed)
                .car(SUBJECT, subject)
                .car(AHEAD, along(BEGIN + 25, y, MPS))
                .car(TARGET, target);
    }

    /** Comes so far from the subject at 3 s. */
    private static Drive.Motion comes(final double metresAtThree, final double y) {
        return along(BEGIN + MPS * 3 + metresAtThree + 18 * 3, y, -18);
    }

    @Test
    void warnsWhoSignalsToPassWhileOneComes() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            // 37 m to make good at 5 m/s take 8 s; they meet after 6
            final Drive drive = drive(road(1, 0), seed, signals(LEFT_LIGHT), comes(240, 1.75))
                    .until(8);
            assertThat(drive.raised(DNPW, "subject")).as("seed %d", seed).isBetween(3.1, 4.0);
            final Alert raised = drive.s.raised(DNPW);
            assertThat(raised).isNotNull();
            assertThat(raised.getTarget().getDeviceId()).isEqualTo("target");
            assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_CAUTION);
            assertThat(drive.times(DNPW, "target")).as("seed %d", seed).isZero();
        }
    }

    @Test
    void warnsWhoMovesOutWithoutASignalMoreAndMore() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive drive = drive(road(1, 0), seed, movesOut(-1.75, 19), comes(240, 1.75))
                    .until(9);
            assertThat(drive.raised(DNPW, "subject")).as("seed %d", seed).isBetween(3.1, 6.0);
            assertThat(drive.s.of(DNPW)).anyMatch(a -> a.getSeverity() == Severity.SEVERITY_WARNING);
            assertThat(drive.s.of(DNPW)).anyMatch(a -> a.getSeverity() == Severity.SEVERITY_CRITICAL);
        }
    }

    @Test
    void warnsOfOneThatOnlyAUnitSees() {
        for (int seed = 1; seed <= SEEDS; seed++) {
            final Drive.Motion seen = (t, car) -> {
                comes(240, 1.75).at(t, car);
                car.seenOnly = true;
            };
            final Drive drive =
                    drive(road(1, 0), seed, signals(LEFT_LIGHT), seen).until(6);
            assertThat(drive.raised(DNPW, "subject")).as("seed %d", seed).isLessThan(5);
        }
    }

    @Test
    void endsWhenTheOncomingOneHasPassed() {
        final Drive drive =
                drive(road(1, 0), 1, signals(LEFT_LIGHT), comes(240, 1.75)).until(14);
        // 240 m at 34 m/s
        assertThat(drive.cleared(DNPW, "subject")).isBetween(10.0, 12.5);
    }

    private static void quiet(
            final String what, final ZoneMap zone, final Drive.Motion subject, final Drive.Motion target) {
        quiet(what, zone, -1.75, subject, target);
    }

    /** The same with the car ahead in another lane. */
    private static void quiet(
            final String what,
            final ZoneMap zone,
            final double y,
            final Drive.Motion subject,
            final Drive.Motion target) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(drive(zone, seed, y, subject, target).until(12).s.of(DNPW))
                    .as("%s, seed %d", what, seed)
                    .isEmpty();
        }
    }

    @Test
    void saysNothingWhenThePassFits() {
        quiet("far", road(1, 0), movesOut(-1.75, 22), comes(330, 1.75));
    }

    @Test
    void saysNothingToWhoStaysBehind() {
        quiet("follows", road(1, 0), signals(0), comes(240, 1.75));
        quiet("signals right", road(1, 0), signals(RIGHT_LIGHT), comes(240, 1.75));
    }

    @Test
    void saysNothingWhereNobodyOncomingIsInTheNextLane() {
        quiet("own second lane", road(2, 0), -5.25, movesOut(-5.25, 20), comes(240, 1.75));
        quiet("green between", road(1, 6), -4.75, signals(LEFT_LIGHT, -4.75), comes(240, 4.75));
        quiet("stands there", road(1, 0), signals(LEFT_LIGHT), along(BEGIN + 250, 1.75, -1e-9));
        quiet("goes the same way", road(1, 0), signals(LEFT_LIGHT), along(BEGIN + 200, -1.75, MPS));
    }

    @Test
    void saysNothingOfABridge() {
        quiet("bridge", road(1, 0), signals(LEFT_LIGHT), (t, car) -> {
            comes(240, 1.75).at(t, car);
            car.elevationDm = 60;
        });
    }

    @Test
    void takesASignalBeforeAJunctionForATurn() {
        final ZoneMap zone = new ZoneDraft()
                .link("a", 1, 2, 1, 80, 0, -1.75, 240, -1.75)
                .link("b", 2, 1, 1, 80, 240, 1.75, 0, 1.75)
                .link("c", 2, 3, 1, 80, 260, 20, 260, 600)
                .link("d", 4, 2, 1, 80, 1_000, 1.75, 260, 1.75)
                .link("e", 2, 4, 1, 80, 260, -1.75, 1_000, -1.75)
                .movement(2, "a", "e", 240, -1.75, 260, -1.75)
                .movement(2, "a", "c", 240, -1.75, 255, 3, 260, 20)
                .movement(2, "d", "b", 260, 1.75, 240, 1.75)
                .load();
        for (int seed = 1; seed <= SEEDS; seed++) {
            assertThat(drive(zone, seed, signals(LEFT_LIGHT), comes(240, 1.75))
                            .until(7)
                            .s
                            .of(DNPW))
                    .as("seed %d", seed)
                    .isEmpty();
        }
    }

    @Test
    void canBeSwitchedOffAlone() {
        final AlertConfig off = AlertScene.config("doNotPass", "enabled", false);
        final Drive drive = new Drive(road(1, 0), 1, off)
                .car(SUBJECT, movesOut(-1.75, 19))
                .car(AHEAD, along(BEGIN + 25, -1.75, 8))
                .car(TARGET, comes(240, 1.75))
                .until(5);
        assertThat(drive.s.of(DNPW)).isEmpty();
        assertThat(drive.s.alerts).isNotEmpty();
    }
}
