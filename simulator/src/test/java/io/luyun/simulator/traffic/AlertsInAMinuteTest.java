package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.luyun.proto.codec.BsmReader;
import io.luyun.proto.codec.RsmReader;
import io.luyun.proto.codec.SpatReader;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Spat;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.Applications;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.monitor.Counters;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.WorldListener;
import io.luyun.server.world.ZoneMap;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the server's world and rules make of a minute of the demonstration's traffic. */
final class AlertsInAMinuteTest {
    private static final long SEED = 20_261_124;
    private static final long START_MS = 1_764_000_000_000L;
    private static final int VEHICLES = 200;
    private static final int TICKS = 600;

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

    private Map<AlertKind, Integer> drive(final TrafficConfig config) throws IOException {
        final Path file = directory.resolve("zone.geojson");
        final Zone zone = ZoneGenerator.generate(SEED);
        ZoneGeoJson.write(zone, file);
        final Map<AlertKind, Integer> raised = new EnumMap<>(AlertKind.class);
        final Server server = new Server(file, raised);
        final Traffic traffic = new Traffic(zone, SEED, VEHICLES, config);
        final BsmWriter writer = new BsmWriter();
        final Roadside[] roadsides = new Roadside[zone.rsus().size()];
        for (int i = 0; i < roadsides.length; i++) {
            roadsides[i] = new Roadside(zone, traffic, i, SEED);
        }
        for (int tick = 0; tick < TICKS; tick++) {
            traffic.step(0.1);
            final long utcMs = START_MS + 100L * tick;
            for (int i = 0; i < VEHICLES; i++) {
                server.bsm(i, writer.bsm(traffic.vehicle(i), utcMs, tick), utcMs);
            }
            for (int i = 0; i < roadsides.length; i++) {
                for (final Rsm rsm : roadsides[i].rsm(utcMs)) {
                    server.rsm(VEHICLES + i, rsm, utcMs);
                }
                if (tick % 10 == 0) {
                    server.rsi(VEHICLES + i, roadsides[i].rsi(utcMs), utcMs);
                    server.spat(VEHICLES + i, roadsides[i].spat(utcMs), utcMs);
                    server.map(VEHICLES + i, roadsides[i].map(utcMs), utcMs);
                }
            }
            server.tick(utcMs);
        }
        return raised;
    }

    /** World and rules as the server's core joins them. */
    private static final class Server implements WorldListener {
        private final World world;
        private final AlertEngine engine;
        private final BsmReader bsmReader = new BsmReader();
        private final RsmReader rsmReader = new RsmReader();
        private final SpatReader spatReader = new SpatReader();
        private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);
        private final Map<AlertKind, Integer> raised;
        private long sequence;

        Server(final Path zone, final Map<AlertKind, Integer> raised) throws IOException {
            this.raised = raised;
            world = new World(ZoneMap.load(zone), WorldConfig.DEFAULT, this, new Counters());
            engine = Applications.engine(
                    world, new Sites(world, SiteConfig.DEFAULT).crossings(), AlertConfig.DEFAULT, this::onAlert);
            for (int i = 0; i < VEHICLES + 20; i++) {
                world.nameDevice(i, "device-" + i);
            }
        }

        private void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
            if (alert.getState() == AlertState.ALERT_STATE_RAISED) {
                raised.merge(alert.getKind(), 1, Integer::sum);
            }
        }

        void bsm(final int device, final MessageLite message, final long utcMs) {
            wrap(message);
            assertThat(bsmReader.wrap(buffer, 0, buffer.capacity())).isTrue();
            world.onBsm(++sequence, utcMs * 1_000_000, device, bsmReader);
        }

        void rsm(final int device, final MessageLite message, final long utcMs) {
            wrap(message);
            assertThat(rsmReader.wrap(buffer, 0, buffer.capacity())).isTrue();
            world.onRsm(++sequence, utcMs * 1_000_000, device, rsmReader);
            heard(device, MessageKind.MESSAGE_KIND_RSM_VALUE, rsmReader.refLatE7(), rsmReader.refLonE7(), utcMs);
        }

        void spat(final int device, final @Nullable Spat spat, final long utcMs) {
            if (spat != null) {
                wrap(spat);
                assertThat(spatReader.wrap(buffer, 0, buffer.capacity())).isTrue();
                world.onSpat(++sequence, utcMs * 1_000_000, device, spatReader);
                heard(device, MessageKind.MESSAGE_KIND_SPAT_VALUE, Participant.ABSENT, Participant.ABSENT, utcMs);
            }
        }

        void map(final int device, final MapData map, final long utcMs) {
            world.onMap(++sequence, utcMs * 1_000_000, device, map);
            engine.onMap(map, sequence, utcMs * 1_000_000);
            heard(device, MessageKind.MESSAGE_KIND_MAP_VALUE, Participant.ABSENT, Participant.ABSENT, utcMs);
        }

        private void heard(final int device, final int kind, final int latE7, final int lonE7, final long utcMs) {
            engine.onUnitMessage(device, kind, latE7, lonE7, sequence, utcMs * 1_000_000);
        }

        void rsi(final int device, final @Nullable Rsi rsi, final long utcMs) {
            if (rsi != null) {
                world.onRsi(++sequence, utcMs * 1_000_000, device, rsi);
            }
        }

        void tick(final long utcMs) {
            world.onTick(utcMs * 1_000_000);
            engine.onTick(utcMs * 1_000_000);
        }

        private void wrap(final MessageLite message) {
            buffer.wrap(message.toByteArray());
        }

        @Override
        public void onMoved(final Participant participant, final long seq, final long atNs) {
            engine.onMoved(participant, seq, atNs);
        }

        @Override
        public void onGone(final Participant participant, final long atNs) {
            engine.onGone(participant, atNs);
        }

        @Override
        public void onSignal(final SignalState signal, final long seq, final long atNs) {
            engine.onSignal(signal, seq, atNs);
        }

        @Override
        public void onEvent(final RoadEventState event, final long seq, final long atNs) {}

        @Override
        public void onEventGone(final RoadEventState event, final long atNs) {
            engine.onEventGone(event, atNs);
        }
    }
}
