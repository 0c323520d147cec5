package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.simulator.traffic.Program.Light;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drivers who mind what the server's world and rules warn them of. */
final class ReactionsTest {
    private static final long SEED = 20_261_130;
    private static final long START_MS = 1_764_000_000_000L;
    private static final int VEHICLES = 200;
    private static final int CROWD = 600;
    private static final int TICKS = 700;
    private static final double NEAR_MISS_S = 1.8;
    private static final Zone ZONE = ZoneGenerator.generate(SEED);

    @TempDir
    private Path directory;

    /** What happened in a run: alerts by kind are the seconds that they lasted. */
    private record Outcome(
            double nearMissSeconds, double speedingSeconds, Map<AlertKind, Double> alertSeconds, double metres) {
        double of(final AlertKind kind) {
            return alertSeconds.getOrDefault(kind, 0.0);
        }

        /** Of those that drivers mind. */
        double allAlertSeconds() {
            return of(AlertKind.ALERT_KIND_FCW)
                    + of(AlertKind.ALERT_KIND_EBW)
                    + of(AlertKind.ALERT_KIND_ICW)
                    + of(AlertKind.ALERT_KIND_SLW);
        }
    }

    @Test
    void roadsAreSaferWithThem() throws Exception {
        final Outcome open = drive(TrafficConfig.DEFAULT, TICKS);
        final Outcome closed = drive(TrafficConfig.DEFAULT.reacting(), TICKS);
        System.out.println("seed " + SEED + ": without " + open + ", with " + closed);
        assertThat(open.nearMissSeconds()).as("seed %d", SEED).isGreaterThan(5);
        assertThat(closed.nearMissSeconds()).isLessThan(0.5 * open.nearMissSeconds());
        assertThat(closed.allAlertSeconds()).isLessThan(0.7 * open.allAlertSeconds());
        assertThat(closed.speedingSeconds()).isLessThan(0.5 * open.speedingSeconds());
        assertThat(closed.of(AlertKind.ALERT_KIND_SLW)).isLessThan(0.5 * open.of(AlertKind.ALERT_KIND_SLW));
        assertThat(closed.metres()).as("nobody just stands").isGreaterThan(0.85 * open.metres());
    }

    @Test
    void theSameAlertsGiveTheSameMotion() throws Exception {
        final Outcome once = drive(TrafficConfig.DEFAULT.reacting(), 200);
        assertThat(drive(TrafficConfig.DEFAULT.reacting(), 200)).isEqualTo(once);
        assertThat(once.metres()).isNotEqualTo(drive(TrafficConfig.DEFAULT, 200).metres());
    }

    @Test
    void brakesForAsLongAsItIsWarned() {
        final Traffic traffic = new Traffic(ZONE, SEED, 1, TrafficConfig.CALM.reacting());
        final Vehicle vehicle = (Vehicle) traffic.vehicle(0);
        for (int tick = 0; vehicle.v < 12 || vehicle.accel < -0.5; tick++) {
            assertThat(tick).as("tenths of a second until it drives freely").isLessThan(3_000);
            traffic.step(0.1);
        }
        final Alert.Builder alert = Alert.newBuilder()
                .setAlertId(1)
                .setKind(AlertKind.ALERT_KIND_FCW)
                .setState(AlertState.ALERT_STATE_RAISED)
                .setTimeToCollisionMs(1_800);
        traffic.onAlert(0, alert.build());
        traffic.step(0.6);
        assertThat(vehicle.accel).as("has not reacted yet").isGreaterThan(-5);
        traffic.step(1);
        assertThat(vehicle.accel).isCloseTo(-6, within(1e-6));
        traffic.onAlert(0, alert.setState(AlertState.ALERT_STATE_CLEARED).build());
        traffic.step(0.1);
        assertThat(vehicle.accel).isGreaterThan(-5);
    }

    @Test
    void whoIsWarnedOfTheLightStopsWhereOthersGo() {
        final int others = crossingsAgainstTheLight(false);
        final int warned = crossingsAgainstTheLight(true);
        System.out.println("seed " + SEED + ": lines crossed at yellow: " + others + ", when warned " + warned);
        assertThat(others).as("seed %d", SEED).isGreaterThan(5);
        assertThat(warned).as("seed %d", SEED).isLessThan(others);
    }

    private static int crossingsAgainstTheLight(final boolean warn) {
        final Traffic traffic = new Traffic(ZONE, SEED, CROWD, TrafficConfig.DEFAULT.reacting());
        final Lane[] before = new Lane[CROWD];
        int crossed = 0;
        for (int tick = 0; tick < 1_800; tick++) {
            for (int i = 0; i < CROWD; i++) {
                if (warn && tick % 50 == 0) {
                    traffic.onAlert(
                            i,
                            Alert.newBuilder()
                                    .setAlertId(1)
                                    .setKind(AlertKind.ALERT_KIND_RLVW)
                                    .setState(AlertState.ALERT_STATE_RAISED)
                                    .build());
                }
                before[i] = ((Vehicle) traffic.vehicle(i)).lane;
            }
            traffic.step(0.1);
            for (int i = 0; i < CROWD; i++) {
                final Lane now = ((Vehicle) traffic.vehicle(i)).lane;
                if (now != before[i] && now.inNode && now.signal != null && now.signal.light != Light.GREEN) {
                    crossed++;
                }
            }
        }
        return crossed;
    }

    private Outcome drive(final TrafficConfig config, final int ticks) throws IOException {
        final Path file = directory.resolve("zone.geojson");
        ZoneGeoJson.write(ZONE, file);
        final Traffic traffic = new Traffic(ZONE, SEED, VEHICLES, config);
        final List<Alert> alerts = new ArrayList<>();
        final List<Integer> subjects = new ArrayList<>();
        final Served server = new Served(file, VEHICLES, (alert, device) -> {
            alerts.add(alert);
            subjects.add(device);
        });
        final BsmWriter writer = new BsmWriter();
        final Map<Long, AlertKind> standing = new HashMap<>();
        final Map<AlertKind, Double> seconds = new HashMap<>();
        double nearMiss = 0;
        double speeding = 0;
        double metres = 0;
        for (int tick = 0; tick < ticks; tick++) {
            traffic.step(0.1);
            if (tick % 5 == 0) {
                Overlaps.check(traffic);
            }
            final long utcMs = START_MS + 100L * tick;
            for (int i = 0; i < VEHICLES; i++) {
                final Vehicle vehicle = (Vehicle) traffic.vehicle(i);
                server.bsm(i, writer.bsm(vehicle, utcMs, tick), utcMs);
                nearMiss += vehicle.leaderGap < NEAR_MISS_S * (vehicle.v - vehicle.leaderSpeed) ? 0.1 : 0;
                speeding += vehicle.v > 1.15 * vehicle.lane.limitMps ? 0.1 : 0;
                metres += 0.1 * vehicle.v;
            }
            server.tick(utcMs);
            for (int i = 0; i < alerts.size(); i++) {
                final Alert alert = alerts.get(i);
                if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
                    standing.remove(alert.getAlertId());
                } else {
                    standing.put(alert.getAlertId(), alert.getKind());
                }
                if (subjects.get(i) >= 0) {
                    traffic.onAlert(subjects.get(i), alert);
                }
            }
            alerts.clear();
            subjects.clear();
            standing.values().forEach(kind -> seconds.merge(kind, 0.1, Double::sum));
        }
        return new Outcome(nearMiss, speeding, seconds, metres);
    }
}
