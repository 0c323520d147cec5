package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Rsm;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server's world and rules make of a minute of the demonstration's traffic. */
final class AlertsInAMinuteTest {
    private static final long SEED = 20_261_124;
    private static final long START_MS = 1_764_000_000_000L;
    private static final int VEHICLES = 200;
    /** Placed as they are, some vehicles first brake hard to come to their distances. */
    private static final double WARM_UP_S = 10;

    @TempDir
    private Path directory;

    @Test
    void raisesEachKind() throws IOException {
        final Map<AlertKind, Integer> raised = drive(TrafficConfig.DEFAULT);
        assertThat(raised)
                .as("seed %d", SEED)
                .containsKeys(
                        AlertKind.ALERT_KIND_FCW,
                        AlertKind.ALERT_KIND_EBW,
                        AlertKind.ALERT_KIND_HLW,
                        AlertKind.ALERT_KIND_SLW);
    }

    @Test
    void calmTrafficRaisesNoBrakeOrSpeedAlerts() throws IOException {
        final Map<AlertKind, Integer> raised = drive(TrafficConfig.CALM);
        assertThat(raised).as("seed %d", SEED).doesNotContainKeys(AlertKind.ALERT_KIND_EBW, AlertKind.ALERT_KIND_SLW);
        assertThat(raised)
                .as("supervision, seed %d", SEED)
                .doesNotContainKeys(
                        AlertKind.ALERT_KIND_WRONG_WAY,
                        AlertKind.ALERT_KIND_STOPPED_VEHICLE,
                        AlertKind.ALERT_KIND_ABNORMAL_DRIVING,
                        AlertKind.ALERT_KIND_OFF_APPROVED_ROAD,
                        AlertKind.ALERT_KIND_SIGNAL_CONFLICT,
                        AlertKind.ALERT_KIND_RSU_RATE,
                        AlertKind.ALERT_KIND_SPAT_MAP_MISMATCH);
    }

    /** Eight vehicle-hours without a conflict; at most 0.1 false alerts a vehicle-hour are the goal. */
    @Test
    void calmTrafficRaisesNoCollisionAlertsAtJunctionsAndQueues() throws IOException {
        final Map<AlertKind, Integer> raised = drive(TrafficConfig.CALM, 400, 820);
        assertThat(raised.getOrDefault(AlertKind.ALERT_KIND_FCW, 0))
                .as("FCW, seed %d", SEED)
                .isLessThanOrEqualTo(1);
        assertThat(raised).as("seed %d", SEED).doesNotContainKey(AlertKind.ALERT_KIND_ICW);
    }

    private Map<AlertKind, Integer> drive(final TrafficConfig config) throws IOException {
        return drive(config, VEHICLES, 600);
    }

    private Map<AlertKind, Integer> drive(final TrafficConfig config, final int vehicles, final int ticks)
            throws IOException {
        final Path file = directory.resolve("zone.geojson");
        final Zone zone = ZoneGenerator.generate(SEED);
        ZoneGeoJson.write(zone, file);
        final Map<AlertKind, Integer> raised = new EnumMap<>(AlertKind.class);
        final Traffic traffic = new Traffic(zone, SEED, vehicles, config);
        final Served server = new Served(file, vehicles + zone.rsus().size(), alert -> {
            if (traffic.timeS() > WARM_UP_S) {
                raised.merge(alert.getKind(), 1, Integer::sum);
            }
        });
        final BsmWriter writer = new BsmWriter();
        final Roadside[] roadsides = new Roadside[zone.rsus().size()];
        for (int i = 0; i < roadsides.length; i++) {
            roadsides[i] = new Roadside(zone, traffic, i, SEED);
        }
        for (int tick = 0; tick < ticks; tick++) {
            traffic.step(0.1);
            final long utcMs = START_MS + 100L * tick;
            for (int i = 0; i < vehicles; i++) {
                server.bsm(i, writer.bsm(traffic.vehicle(i), utcMs, tick), utcMs);
            }
            for (int i = 0; i < roadsides.length; i++) {
                for (final Rsm rsm : roadsides[i].rsm(utcMs)) {
                    server.rsm(vehicles + i, rsm, utcMs);
                }
                if (tick % 10 == 0) {
                    server.rsi(vehicles + i, roadsides[i].rsi(utcMs), utcMs);
                    server.spat(vehicles + i, roadsides[i].spat(utcMs), utcMs);
                    server.map(vehicles + i, roadsides[i].map(utcMs), utcMs);
                }
            }
            server.tick(utcMs);
        }
        return raised;
    }
}
