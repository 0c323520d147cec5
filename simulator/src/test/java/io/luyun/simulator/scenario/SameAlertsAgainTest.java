package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.Applications;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.core.CoreAgent;
import io.luyun.server.core.RoadListener;
import io.luyun.server.core.RoadView;
import io.luyun.server.fanout.FanOut;
import io.luyun.server.fanout.FanOutConfig;
import io.luyun.server.fanout.Outlet;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.site.Sites;
import io.luyun.server.world.World;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of a live server, decided anew by a fresh core: the alerts are those of the live run, byte for byte. */
class SameAlertsAgainTest {
    private static final long SEED = 3;

    @TempDir
    private Path directory;

    @Test
    void aReplayGivesTheAlertsOfTheLiveRun() throws Exception {
        final Zone zone = ZoneGenerator.generate(SEED);
        ZoneGeoJson.write(zone, directory.resolve("zone.geojson"));
        try (LuyunServer server = LuyunServer.launch(config())) {
            final LinkConfig link = LinkConfig.plain("127.0.0.1", server.devicePort());
            final LoadPlan plan =
                    new LoadPlan(link, 120, 10, 10, 6, 0, SEED, AckLevel.ACK_LEVEL_SYNCED, null, 1, 10_000, true);
            final RunResult run =
                    new LoadRun(plan, zone, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE).run(_ -> {});
            assertThat(run.totals().unacked()).isZero();
        }

        final List<String> live = live();
        assertThat(live).as("alerts of the run").hasSizeGreaterThan(10);
        final List<String> again = decide();
        // the server may end before it has looked at the very last records
        assertThat(again.size() - live.size()).isBetween(0, 3);
        assertThat(again.subList(0, live.size())).isEqualTo(live);
        assertThat(decide()).isEqualTo(again);
    }

    private List<String> live() throws IOException {
        final List<String> steps = new ArrayList<>();
        try (JournalReader reader =
                Journal.openReadOnly(directory.resolve("data/alerts")).reader(1)) {
            while (reader.next()) {
                if (reader.kind() == RecordKind.RECORD_KIND_ALERT_VALUE) {
                    final byte[] bytes = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), bytes);
                    steps.add(HexFormat.of().formatHex(bytes));
                }
            }
        }
        return steps;
    }

    private List<String> decide() throws IOException {
        final List<String> steps = new ArrayList<>();
        final Counters counters = new Counters();
        final RoadListener listener = new RoadListener();
        final World world =
                new World(ZoneMap.load(directory.resolve("zone.geojson")), WorldConfig.DEFAULT, listener, counters);
        final Sites sites = new Sites(world, SiteConfig.DEFAULT);
        final RoadView view = new RoadView(world, sites);
        final FanOut fanOut =
                new FanOut(FanOutConfig.defaults(), new Nobody(), view, () -> 0, counters, new Latencies());
        final AlertEngine engine = Applications.engine(
                world,
                sites.crossings(),
                AlertConfig.DEFAULT,
                (alert, _, _) -> steps.add(HexFormat.of().formatHex(alert.toByteArray())));
        listener.tell(engine, fanOut, view);
        try (CoreAgent core = new CoreAgent(
                Journal.openReadOnly(directory.resolve("data/journal")).reader(1),
                world,
                sites,
                engine,
                fanOut,
                view,
                counters,
                error -> {
                    throw new AssertionError(error);
                })) {
            int idle = 0;
            while (idle < 3) {
                idle = core.doWork() == 0 ? idle + 1 : 0;
            }
        }
        return steps;
    }

    private ServerConfig config() {
        return ServerConfig.parse("test", """
                data: data
                zone: {file: zone.geojson}
                net: {port: 0, insecure: true}
                ops: {port: 0}
                journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
                """, directory);
    }

    /** Nobody listens to a replay. */
    private static final class Nobody implements Outlet {
        @Override
        public boolean ready(final long sessionId) {
            return false;
        }

        @Override
        public void send(
                final long[] sessionIds,
                final int count,
                final DirectBuffer frame,
                final int offset,
                final int length) {
            throw new AssertionError("nobody is ready");
        }

        @Override
        public void closeSlow(final long sessionId, final String why) {
            // nobody is there to be closed
        }
    }
}
