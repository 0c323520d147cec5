package io.luyun.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.simulator.measure.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report is read as it was written, and nothing else is taken for one. */
final class RunReportFileTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final RunReport report = SampleReport.of(3, 1, 12);

    @TempDir
    private Path directory;

    @Test
    void readsWhatItWrote() throws IOException {
        final Path file = directory.resolve("run.json");
        RunReportFile.write(report, file);
        assertThat(RunReportFile.read(file)).isEqualTo(report);
        assertThat(RunReportFile.parse("x", RunReportFile.json(report))).isEqualTo(report);
        final RunReport hostile = SampleReport.hostile();
        RunReportFile.write(hostile, file);
        assertThat(RunReportFile.read(file).validity().reasons().getFirst()).startsWith("<script>");
    }

    @Test
    void saysWhatItIsAndWhatFollowsFromIt() throws IOException {
        final JsonNode json = MAPPER.readTree(RunReportFile.json(report));
        assertThat(json.path("format").textValue()).isEqualTo("luyun-load-report");
        assertThat(json.path("version").intValue()).isEqualTo(1);
        assertThat(json.path("ledger").path("lost").longValue()).isZero();
        assertThat(json.path("ledger").has("unexplained")).isTrue();
        assertThat(json.path("latencyMicros").path("ack").has("p99.9")).isTrue();
        assertThat(RunReportFile.json(report).lines()).hasSize(1);
    }

    @Test
    void whatIsNotKnownIsLeftOut() throws IOException {
        final RunReport bare = new RunReport(
                report.about(),
                new RunReport.Machine(report.machine().generator(), null),
                report.validity(),
                Ledger.EMPTY,
                Map.of(),
                List.of(),
                new RunReport.Cpu(null, null, null),
                List.of());
        final JsonNode json = MAPPER.readTree(RunReportFile.json(bare));
        assertThat(json.path("machine").has("server")).isFalse();
        assertThat(json.path("ledger").has("journal")).isFalse();
        assertThat(json.path("cpu")).isEmpty();
        assertThat(RunReportFile.parse("x", RunReportFile.json(bare))).isEqualTo(bare);
    }

    @Test
    void errorsNameFileAndField() throws IOException {
        refused(root -> root.put("extra", 1), "run.json: extra: there is no such field; there are [");
        refused(root -> object(root, "about").put("who", "me"), "run.json: about.who: there is no such field");
        refused(root -> root.remove("ledger"), "run.json: ledger: is missing");
        refused(root -> object(root, "about").remove("seconds"), "run.json: about.seconds: is missing");
        refused(
                root -> object(root, "latencyMicros", "ack").remove("p99.9"),
                "run.json: latencyMicros.ack.p99.9: is missing");
        refused(
                root -> ((ObjectNode) root.path("series").get(4)).remove("sent"),
                "run.json: series[4].sent: is missing");
        refused(root -> root.putNull("machine"), "run.json: machine = null: what is not known has to be left out");
        refused(root -> object(root, "ledger").putNull("journal"), "run.json: ledger.journal = null");
        refused(
                root -> object(root, "about").put("started", "yesterday"),
                "run.json: about: started \"yesterday\" must be a time such as 2026-01-31T08:00:00Z");
        refused(
                root -> object(root, "validity").put("valid", false),
                "run.json: validity: valid false does not go with 0 reasons");
        refused(
                root -> object(root, "ledger", "script").put("sent", -1),
                "run.json: ledger.script: script: a count of -1 must not be negative");
    }

    @Test
    void valuesAreOfTheirType() throws IOException {
        refused(root -> object(root, "ledger", "script").put("sent", "12"), "run.json: ledger.script.sent: ");
        refused(root -> object(root, "ledger", "script").put("sent", 1.5), "run.json: ledger.script.sent: ");
        refused(root -> root.put("series", "none"), "run.json: series: ");
        refused(
                root -> object(root, "latencyMicros", "ack").put("histogramNs", "AAAA"),
                "run.json: latencyMicros.ack: histogramNs is not a compressed HdrHistogram in base64");
        refused(
                root -> object(root, "latencyMicros", "ack").put("count", 3),
                "run.json: latencyMicros.ack: count 3 is not that of the histogram, which has 20000 times");
    }

    @Test
    void otherFilesAreNotTakenForOne() throws IOException {
        refused(root -> root.put("format", "luyun-score"), "run.json: is not the report of a load run");
        refused(root -> root.put("version", 2), "run.json: version 2 must be 1, which is what this program reads");
        assertThatThrownBy(() -> RunReportFile.parse("x", "[]")).hasMessageStartingWith("x: is not the report");
        assertThatThrownBy(() -> RunReportFile.parse("x", "")).hasMessageStartingWith("x: is not the report");
        assertThatThrownBy(() -> RunReportFile.parse("x", "{\"format\":")).hasMessageStartingWith("x: line 1, column ");
        assertThatThrownBy(() -> RunReportFile.parse("x", "{\"a\":1,\"a\":2}")).hasMessageContaining("uplicate");
        assertThatThrownBy(() -> RunReportFile.parse("x", RunReportFile.json(report) + "}"))
                .isInstanceOf(IllegalArgumentException.class);
        final Path missing = directory.resolve("missing.json");
        assertThatThrownBy(() -> RunReportFile.read(missing)).hasMessage(missing + ": there is no such file");
        final Path binary = directory.resolve("binary.json");
        Files.write(binary, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> RunReportFile.read(binary)).hasMessageStartingWith(binary + ": cannot be read");
        assertThatThrownBy(() -> RunReportFile.read(directory)).hasMessageStartingWith(directory + ": cannot be read");
    }

    @Test
    void summariesAreInMicroseconds() {
        final Histogram ns = new Histogram(120_000_000_000L, 3);
        for (int i = 1; i <= 1_000; i++) {
            ns.recordValue(i * 1_000L);
        }
        final Latency latency = Latency.of(ns);
        assertThat(latency.count()).isEqualTo(1_000);
        assertThat(latency.p50()).isCloseTo(500, offset(1.0));
        assertThat(latency.p999()).isCloseTo(999, offset(1.0));
        assertThat(latency.max()).isCloseTo(1_000, offset(1.0));
        assertThat(latency.histogram()).isEqualTo(ns);
        final Latency none = Latency.of(new Histogram(120_000_000_000L, 3));
        assertThat(List.of(none.min(), none.mean(), none.p99(), none.max())).containsOnly(0.0);
    }

    @Test
    void theMachineIsDescribed() throws IOException {
        Files.writeString(directory.resolve("cpuinfo"), "processor\t: 0\nmodel name\t: Chip: 9\n");
        Files.writeString(directory.resolve("meminfo"), "MemTotal:       16384 kB\n");
        final RunReport.Host host = HostFacts.of(directory, "1.2.3");
        assertThat(host.cpu()).isEqualTo("Chip: 9");
        assertThat(host.memoryBytes()).isEqualTo(16 << 20);
        assertThat(host.luyun()).isEqualTo("1.2.3");
        assertThat(host.jvmFlags()).noneMatch(flag -> flag.startsWith("--add-"));
        final RunReport.Host hidden = HostFacts.of(directory.resolve("none"), "1");
        assertThat(hidden.cpu()).isEqualTo("unknown");
        assertThat(hidden.memoryBytes()).isZero();
    }

    private void refused(final Consumer<ObjectNode> change, final String message) throws IOException {
        final ObjectNode root = (ObjectNode) MAPPER.readTree(RunReportFile.json(report));
        change.accept(root);
        assertThatThrownBy(() -> RunReportFile.parse("run.json", root.toString()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(message)
                .hasMessageNotContaining("\n");
    }

    private static ObjectNode object(final ObjectNode root, final String... path) {
        ObjectNode node = root;
        for (final String step : path) {
            node = (ObjectNode) node.path(step);
        }
        return node;
    }
}
