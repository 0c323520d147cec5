package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.server.journal.Journal;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.measure.Count;
import io.luyun.simulator.measure.Ledger;
import io.luyun.simulator.measure.Totals;
import io.luyun.simulator.measure.Watched;
import io.luyun.simulator.plan.Faults;
import io.luyun.simulator.plan.Intrusion;
import io.luyun.simulator.plan.LinkPlan;
import io.luyun.simulator.plan.LinkPlan.Carrier;
import io.luyun.simulator.plan.LoadScenario;
import io.luyun.simulator.plan.Outage;
import io.luyun.simulator.plan.Rates;
import io.luyun.simulator.plan.TrafficPlan;
import io.luyun.simulator.plan.WatcherPlan;
import io.luyun.simulator.report.RunRecorder;
import io.luyun.simulator.report.RunReport;
import io.luyun.simulator.report.RunReports;
import io.luyun.simulator.script.Script;
import io.luyun.simulator.traffic.TrafficConfig;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.ZoneGenerator;
import io.luyun.simulator.traffic.ZoneGeoJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All ways into a real server at once, with faults, outages, watchers and those who mean harm: every message is accounted for. */
final class EveryCarrierTest {
    private static final long SEED = 5;
    private static final int SECONDS = 4;
    private static final TrafficPlan.Seeded TRAFFIC = new TrafficPlan.Seeded(null, 40, 6, false, true);

    @TempDir
    private Path directory;

    @Test
    void theAccountClosesWhateverGoesWrong() throws Exception {
        final Zone zone = ZoneGenerator.generate(SEED);
        final LoadScenario scenario = scenario();
        final Setting setting = Setting.seeded(scenario, TRAFFIC, zone, TrafficConfig.DEFAULT, null);
        final RunResult result;
        final RunRecorder recorder;
        try (LuyunServer server = LuyunServer.launch(config(zone, setting.script()))) {
            final LoadTarget target = new LoadTarget(
                    LinkConfig.plain("127.0.0.1", server.devicePort()),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.mqttPort()),
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.udpPort()),
                    Dialect.PHASE_2,
                    null,
                    1,
                    LoadTarget.DRAIN_MILLIS);
            recorder = new RunRecorder(
                    scenario,
                    new RunRecorder.Setup("a test", 1, "test", 1e6),
                    new Watched(null, System.nanoTime()),
                    SystemEpochNanoClock.INSTANCE.nanoTime());
            result = new LoadRun(scenario, target, setting, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE)
                    .run(now -> {
                        try {
                            recorder.second(now, System.nanoTime(), null);
                        } catch (final IOException e) {
                            throw new UncheckedIOException(e);
                        }
                    });
            // what lies in the server's socket when it ends is lost
            await().until(() ->
                    counted(server, "udp_received") == result.totals().of(Count.UNANSWERABLE));
            // the intruders did what they are called after
            assertThat(counted(server, "refused_not_authenticated")).isPositive();
            assertThat(counted(server, "refused_frame_too_long")).isPositive();
        }

        final io.luyun.server.journal.JournalCheck found =
                Journal.openReadOnly(directory.resolve("data/journal")).check();
        final RunReport report = RunReports.with(
                recorder.report(result, List.of()),
                new JournalCheck(found.messages() - found.duplicates(), found.duplicates(), 0));
        final Totals totals = result.totals();
        assertThat(report.ledger().balances()).allMatch(Ledger.Balance::closes);
        assertThat(report.ledger().lost()).isZero();
        assertThat(totals.acked()).isGreaterThan(500);
        assertThat(totals.of(Count.UNANSWERABLE)).as("datagrams").isPositive();
        assertThat(totals.of(Count.WITHHELD)).isPositive();
        assertThat(totals.of(Count.REPEATED)).isPositive();
        assertThat(totals.of(Count.SPOILED))
                .isPositive()
                .isEqualTo(totals.of(Count.SPOILED_TAKEN)
                        + totals.of(Count.SPOILED_REFUSED)
                        + totals.of(Count.SPOILED_CUT_OFF));
        assertThat(totals.reconnects()).as("native and MQTT").isPositive();
        assertThat(totals.refusedMessages()).isEmpty();
        assertThat(result.road()).isNotNull();
        assertThat(result.links().intrusions()).isGreaterThan(result.links().thrownOut());
        assertThat(result.links().thrownOut()).isPositive();
        assertThat(report.series()).hasSizeGreaterThanOrEqualTo(SECONDS - 1);
        assertThat(report.latencyMicros()).containsKeys("ack", "ack.BSM", "lag");
    }

    /** 40 vehicles: 20 faulty ones, 10 over MQTT; 6 units: 3 send datagrams, 1 MQTT. Half of all links go once. */
    private static LoadScenario scenario() {
        return new LoadScenario(
                "test",
                "",
                "",
                TRAFFIC,
                Rates.constant(10),
                10,
                SECONDS,
                0,
                SEED,
                AckLevel.ACK_LEVEL_SYNCED,
                List.of(
                        new LinkPlan(Role.ROLE_OBU, 0.5, Carrier.NATIVE, new Faults(0.1, 0.1, 0.1, 0.1, 200)),
                        new LinkPlan(Role.ROLE_OBU, 0.5, Carrier.MQTT, new Faults(0.1, 0, 0, 0.1, 0)),
                        new LinkPlan(Role.ROLE_RSU, 0.5, Carrier.UDP, new Faults(0.1, 0, 0.1, 0, 0)),
                        new LinkPlan(Role.ROLE_RSU, 0.4, Carrier.MQTT, Faults.NONE)),
                List.of(new WatcherPlan(1, 0, 100, 0), new WatcherPlan(2, 300, 100, 1_000)),
                List.of(new Outage(1.5, 0.5, 0.3, true)),
                List.of(
                        new Intrusion(2, Intrusion.How.GARBAGE, 10),
                        new Intrusion(2, Intrusion.How.SLOW_FRAME, 10),
                        new Intrusion(2, Intrusion.How.GIANT_FRAME, 10),
                        new Intrusion(2, Intrusion.How.WRONG_TOKEN, 10),
                        new Intrusion(2, Intrusion.How.SILENT, 10)),
                null,
                "");
    }

    private static long counted(final LuyunServer server, final String name) throws IOException {
        final URI metrics = URI.create("http://127.0.0.1:" + server.httpPort() + "/metrics");
        try (InputStream in = metrics.toURL().openStream()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith("luyun_" + name + "_total "))
                    .mapToLong(line -> (long) Double.parseDouble(line.split(" ")[1]))
                    .sum();
        }
    }

    private ServerConfig config(final Zone zone, final Script script) throws IOException {
        ZoneGeoJson.write(zone, directory.resolve("zone.geojson"));
        Files.writeString(directory.resolve("registry.yaml"), OwnServer.registry(script.devices()));
        return ServerConfig.parse("test", """
                data: data
                zone: {file: zone.geojson}
                net: {port: 0, insecure: true, registry: registry.yaml}
                mqtt: {enabled: true, port: 0}
                udp: {enabled: true, port: 0}
                ops: {port: 0}
                journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
                """, directory);
    }
}
