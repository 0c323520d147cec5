package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.LuyunServer;
import io.luyun.server.RoadConfig;
import io.luyun.server.ServerConfig;
import io.luyun.server.ZoneFile;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.redecide.Difference;
import io.luyun.server.redecide.Redecision;
import io.luyun.server.redecide.Result;
import io.luyun.server.redecide.Task;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal of a live server, decided anew: the alerts are those of the live run, byte for byte, by one core or by several. */
class SameAlertsAgainTest {
    private static final long SEED = 3;

    @TempDir
    private static Path directory;

    @BeforeAll
    static void runLive() throws Exception {
        final Zone zone = ZoneGenerator.generate(SEED);
        ZoneGeoJson.write(zone, directory.resolve("zone.geojson"));
        Files.writeString(directory.resolve("server.yaml"), """
                data: data
                zone: {file: zone.geojson}
                net: {port: 0, insecure: true}
                ops: {port: 0}
                journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
                """);
        try (LuyunServer server = LuyunServer.launch(ServerConfig.load(directory.resolve("server.yaml")))) {
            final LinkConfig link = LinkConfig.plain("127.0.0.1", server.devicePort());
            final TrafficPlan.Seeded traffic = TrafficPlan.zone(120, 10, false);
            final LoadScenario scenario = LoadScenario.plain(traffic, 10, 6, 0, SEED, AckLevel.ACK_LEVEL_SYNCED, true);
            final RunResult run = new LoadRun(
                            scenario,
                            LoadTarget.plain(link),
                            Setting.seeded(scenario, traffic, zone, TrafficConfig.DEFAULT, null),
                            SystemNanoClock.INSTANCE,
                            SystemEpochNanoClock.INSTANCE)
                    .run(_ -> {});
            assertThat(run.totals().unacked()).isZero();
        }
    }

    @Test
    void aReplayGivesTheAlertsOfTheLiveRun() {
        final List<String> live = alerts(directory.resolve("data/alerts"));
        assertThat(live).as("alerts of the run").hasSizeGreaterThan(10);
        for (int cores = 1; cores <= 4; cores++) {
            final Path again = directory.resolve("again-" + cores);
            final List<Difference> differences = new ArrayList<>();
            final Result result = Redecision.of(task().on(cores).writing(again), differences::add);
            assertThat(differences).as("%d cores", cores).isEmpty();
            assertThat(result.nothingDiffers()).isTrue();
            assertThat(result.otherZones()).isEmpty();
            assertThat(result.all().same()).isGreaterThan(10);
            // the server may end before it has looked at the very last records
            final List<String> decided = alerts(again);
            assertThat(decided.size() - live.size()).isBetween(0, 3);
            assertThat((long) decided.size() - live.size()).isEqualTo(result.notLookedAt());
            assertThat(decided.subList(0, live.size()))
                    .as("%d cores, in the order of one", cores)
                    .isEqualTo(live);
        }
    }

    @Test
    void aKindThatIsSwitchedOffIsMissingAndNothingElseIs() throws Exception {
        Files.writeString(directory.resolve("other.yaml"), """
                zone: {file: zone.geojson}
                alert: {greenSpeed: {enabled: false}}
                """);
        final List<Difference> differences = new ArrayList<>();
        final Result result = Redecision.of(task("other.yaml").on(2), differences::add);
        System.out.println("without GLOSA: " + differences.size() + " differences, seed " + SEED);

        assertThat(differences)
                .filteredOn(difference -> difference.sort() == Difference.Sort.ONLY_RECORDED)
                .isNotEmpty()
                .allMatch(difference -> difference.alert().getKind() == AlertKind.ALERT_KIND_GLOSA);
        assertThat(result.kinds().get(AlertKind.ALERT_KIND_GLOSA_VALUE).decided())
                .isZero();
        // what one record raised together has other numbers then
        assertThat(differences)
                .filteredOn(difference -> difference.sort() != Difference.Sort.ONLY_RECORDED)
                .allMatch(difference -> difference.sort() == Difference.Sort.CHANGED
                        && difference.changes().keySet().equals(Set.of("alert_id")));
    }

    private static Task task() {
        return task("server.yaml");
    }

    private static Task task(final String config) {
        final RoadConfig road = RoadConfig.load(directory.resolve(config));
        final ZoneFile zone = ZoneFile.load(road.zone());
        return Task.of(
                Journal.openReadOnly(directory.resolve("data/journal")),
                Journal.openReadOnly(directory.resolve("data/alerts")),
                new CoreConfig(zone.map(), road.world(), road.site(), road.alert()),
                ByteString.copyFrom(zone.sha256()));
    }

    private static List<String> alerts(final Path journal) {
        final List<String> steps = new ArrayList<>();
        try (JournalReader reader = Journal.openReadOnly(journal).reader(1)) {
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
}
