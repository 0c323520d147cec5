package io.luyun.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.simulator.report.RunReportFile;
import io.luyun.simulator.report.SampleReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** {@code sim report} and {@code sim compare}: what they print, their exit codes, and one line for whatever is wrong. */
@Isolated // takes the process's stdout and stderr
final class ReportCommandsTest {
    private final PrintStream stdout = System.out;
    private final PrintStream stderr = System.err;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private StringWriter usage = new StringWriter();

    @TempDir
    private Path directory;

    private String a;
    private String b;
    private String slower;

    @BeforeEach
    void listen() throws IOException {
        a = directory.resolve("a.json").toString();
        b = directory.resolve("b.json").toString();
        RunReportFile.write(SampleReport.of(1, 1, 10), Path.of(a));
        RunReportFile.write(SampleReport.of(2, 1.3, 10), Path.of(b));
        slower = directory.resolve("slower.json").toString();
        RunReportFile.write(SampleReport.of(1, 1.3, 10), Path.of(slower));
        System.setOut(new PrintStream(out, true, UTF_8));
        System.setErr(new PrintStream(err, true, UTF_8));
    }

    @AfterEach
    void stopListening() {
        System.setOut(stdout);
        System.setErr(stderr);
    }

    private int run(final String... words) {
        out.reset();
        err.reset();
        usage = new StringWriter();
        return Main.line()
                .setOut(new PrintWriter(usage))
                .setErr(new PrintWriter(usage))
                .execute(words);
    }

    private String refusal() {
        return usage.toString().lines().findFirst().orElse("");
    }

    @Test
    void compareEndsWithOneWhenItIsMuchWorse() {
        assertThat(run("sim", "compare", a, b)).isZero();
        assertThat(run("sim", "compare", a, slower, "--max-worse", "31%")).isZero();
        assertThat(run("sim", "compare", a, slower, "--max-worse", "10%")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("worse  cpu.server: 16.8 µs is 30.0 % more than 12.9 µs");
        assertThat(run("sim", "compare", slower, a, "--max-worse", "10")).isZero();
        assertThat(run("sim", "compare", a, a, "--max-worse", "0%")).isZero();
    }

    @Test
    void compareSaysFirstWhatIsNotAlike() {
        run("sim", "compare", a, b);
        assertThat(out.toString(UTF_8).lines()).startsWith("NOT ALIKE  seed: 1 in " + a + ", 2 in " + b);
        assertThat(out.toString(UTF_8)).containsPattern("ack\\.p99 +[\\d.]+ ms +[\\d.]+ ms +1\\.[23]\\d\\d");
    }

    @Test
    void compareForPrograms() throws IOException {
        assertThat(run("sim", "compare", a, b, "--max-worse", "10%", "--json")).isEqualTo(1);
        assertThat(out.toString(UTF_8).lines()).hasSize(1);
        final JsonNode json = new ObjectMapper().readTree(out.toString(UTF_8));
        assertThat(json.path("figures").path("cpu.server.micros").path("ratio").doubleValue())
                .isEqualTo(1.3);
        assertThat(json.path("unlike").path(0).textValue()).startsWith("seed: ");
        assertThat(json.path("worse")).isNotEmpty();
        assertThat(err.toString(UTF_8)).contains("ack.p99");
    }

    @Test
    void reportJudgesAndWritesAPage() throws IOException {
        final Path page = directory.resolve("a.html");
        assertThat(run("sim", "report", a, "-o", page.toString(), "--assert", "ack.p99<20ms,lost=0"))
                .isZero();
        assertThat(Files.readString(page)).startsWith("<!DOCTYPE html>").contains("ack.p99 &lt; 20ms");
        assertThat(out.toString(UTF_8)).contains("holds          lost = 0: 0");

        assertThat(run("sim", "report", a, "--assert", "refused=0")).isEqualTo(1);
        assertThat(out.toString(UTF_8)).contains("does not hold  refused = 0: 5");
    }

    @Test
    void reportOfSeveralRuns() throws IOException {
        assertThat(run("sim", "report", a, b, a, "--json", "--assert", "cpu.server<13us"))
                .isZero();
        final JsonNode json = new ObjectMapper().readTree(out.toString(UTF_8));
        assertThat(json.path("runs")).hasSize(3);
        final JsonNode server = json.path("figures").path("cpu.server.micros");
        assertThat(server.path("median").doubleValue()).isEqualTo(12.9);
        assertThat(server.path("most").doubleValue()).isGreaterThan(16);
        assertThat(err.toString(UTF_8)).contains("figure of 3 runs");
    }

    @Test
    void joinsTheProcessesOfOneRun() throws IOException {
        final Path joined = directory.resolve("joined.json");
        assertThat(run("sim", "report", a, slower, "--join", "--write", joined.toString(), "--assert", "rate=40000"))
                .isEqualTo(2);
        assertThat(run("sim", "report", a, slower, "--join", "--write", joined.toString(), "--assert", "rate>=40000"))
                .isZero();
        assertThat(RunReportFile.read(joined).about().workers()).isEqualTo(2);
        assertThat(run("sim", "report", a, b, "--join")).isEqualTo(2);
        assertThat(refusal()).startsWith(b + ": is not of one run with " + a);
        assertThat(run("sim", "report", a, "--write", joined.toString())).isEqualTo(2);
        assertThat(refusal()).isEqualTo("--write " + joined + " goes with --join");
    }

    @Test
    void whatIsWrongIsOneLineAndTwo() throws IOException {
        final String missing = directory.resolve("missing.json").toString();
        assertThat(run("sim", "report", missing)).isEqualTo(2);
        assertThat(refusal()).isEqualTo(missing + ": there is no such file");

        final Path other = Files.writeString(directory.resolve("other.json"), "{\"format\":\"else\"}");
        assertThat(run("sim", "compare", a, other.toString())).isEqualTo(2);
        assertThat(refusal()).startsWith(other + ": is not the report of a load run");

        assertThat(run("sim", "report", a, "--assert", "alrt.p99<20ms")).isEqualTo(2);
        assertThat(refusal()).startsWith("assert \"alrt.p99<20ms\": \"alrt.p99\" is no figure of a report");

        assertThat(run("sim", "compare", a, b, "--max-worse", "much")).isEqualTo(2);
        assertThat(refusal()).isEqualTo("--max-worse much must be percent, such as 10%");

        assertThat(run("sim", "report")).isEqualTo(2);
        assertThat(run("sim", "compare", a)).isEqualTo(2);
    }

    @Test
    void aPageThatCannotBeWrittenIsThree() {
        final Path nowhere = directory.resolve("none").resolve("a.html");
        assertThat(run("sim", "report", a, "-o", nowhere.toString())).isEqualTo(3);
        assertThat(err.toString(UTF_8))
                .startsWith("luyun: cannot write the report: ")
                .contains(nowhere.toString());
    }
}
