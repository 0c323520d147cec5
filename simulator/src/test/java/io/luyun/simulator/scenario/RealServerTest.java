package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.server.journal.Journal;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulator against the server itself, over real sockets and files. */
class RealServerTest {
    private static final long SEED = 1;

    @TempDir
    private Path directory;

    private static final TrafficPlan.Seeded TRAFFIC = TrafficPlan.zone(20, 2, false);
    private static final LoadScenario SCENARIO =
            LoadScenario.plain(TRAFFIC, 10, 3, 0, SEED, AckLevel.ACK_LEVEL_SYNCED, true);

    @Test
    void aZoneIsAcceptedWholeAndJournaledOnce() throws Exception {
        final Zone zone = ZoneGenerator.generate(SEED);
        ZoneGeoJson.write(zone, directory.resolve("zone.geojson"));
        final RunResult load;
        final FeedResult feed;
        try (LuyunServer server = LuyunServer.launch(config())) {
            final LinkConfig link = LinkConfig.plain("127.0.0.1", server.devicePort());
            load = new LoadRun(
                            SCENARIO,
                            target(link),
                            setting(zone),
                            SystemNanoClock.INSTANCE,
                            SystemEpochNanoClock.INSTANCE)
                    .run(_ -> {});
            final String good =
                    "{\"refPos\": {\"lat\": 295000000, \"lon\": 1063000000}, \"participants\": [{\"ptcType\": \"motor\","
                            + " \"ptcId\": 1, \"pos\": {\"lat\": 295000000, \"lon\": 1063000000}, \"heading\": 28800}]}";
            final Path file = Files.writeString(
                    directory.resolve("tracks.json"),
                    "[" + frame(good) + "," + frame(good.replace("28800", "28801")) + ","
                            + frame(good.replace("\"ptcId\": 1", "\"ptcId\": 0")) + "," + frame("") + "]");
            final FeedPlan plan = new FeedPlan(link, "rsu-feed", Role.ROLE_RSU, null, 10_000);
            feed = new FeedRun(
                            plan,
                            TrackFile.read(file, plan, 50, WrongHeadings.SEND),
                            true,
                            SystemNanoClock.INSTANCE,
                            SystemEpochNanoClock.INSTANCE)
                    .run(_ -> {});
        }

        assertThat(load.totals().refusedByReason()).isEmpty();
        assertThat(load.totals().unacked()).isZero();
        assertThat(load.totals().sent()).isGreaterThan(3 * 10 * 20);
        assertThat(load.road().users()).isGreaterThanOrEqualTo(20);
        assertThat(load.road().signals()).isPositive();
        assertThat(feed.complete()).isTrue();
        assertThat(feed.journaled()).isEqualTo(1);
        assertThat(feed.empty()).isEqualTo(1);
        assertThat(feed.totals().refusedByReason())
                .containsOnlyKeys(
                        "OUT_OF_RANGE message.rsm.participants[].heading",
                        "OUT_OF_RANGE message.rsm.participants[].ptc_id");
        final io.luyun.server.journal.JournalCheck journal =
                Journal.openReadOnly(directory.resolve("data/journal")).check();
        assertThat(journal.sound()).isTrue();
        assertThat(journal.duplicates()).isZero();
        assertThat(journal.messages()).isEqualTo(load.totals().acked() + 1);
    }

    private static String frame(final String rsms) {
        return "{\"content\": {\"rsms\": [" + rsms + "]}}";
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

    private static Setting setting(final Zone zone) {
        return Setting.seeded(SCENARIO, TRAFFIC, zone, TrafficConfig.DEFAULT, null);
    }

    private static LoadTarget target(final LinkConfig link) {
        return new LoadTarget(link, null, null, Dialect.PHASE_2, null, 1, LoadTarget.DRAIN_MILLIS);
    }
}
