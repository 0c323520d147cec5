package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What the guard prints as JSON, and what it keeps of the releases. */
final class GuardHistoryTest {
    @TempDir
    private Path directory;

    @Test
    void aRunIsOneLineOfJson() throws IOException {
        final GuardRun run = run(
                "0.1.0",
                Map.of(
                        "A.subject", new Guard.Figure(151, Double.NaN, 0.25),
                        "A.bare", new Guard.Figure(100, 2, 500)));
        final String line = GuardHistory.line(run);
        assertThat(line).doesNotContain("\n").doesNotContain("NaN");
        final JsonNode json = new ObjectMapper().readTree(line);
        assertThat(json.path("version").asText()).isEqualTo("0.1.0");
        assertThat(json.path("kept").asBoolean()).isFalse();
        assertThat(json.path("machine").path("cpu").asText()).isNotEmpty();
        assertThat(json.path("machine").path("jvm").asText()).isNotEmpty();
        final JsonNode stage = json.path("stages").get(0);
        assertThat(stage.path("nanos").asDouble()).isEqualTo(151);
        assertThat(stage.has("errorNanos")).isFalse();
        assertThat(stage.path("bytes").asDouble()).isEqualTo(0.25);
        assertThat(stage.path("reference").asText()).isEqualTo("A.bare");
        assertThat(stage.path("ratio").asDouble()).isEqualTo(1.51);
        assertThat(stage.path("maxRatio").asDouble()).isEqualTo(1.5);
        assertThat(stage.path("kept").asBoolean()).isFalse();
    }

    @Test
    void whatIsKeptIsReadBackInTheOrderOfVersions() throws IOException {
        final GuardHistory history = new GuardHistory(directory.resolve("history"));
        assertThat(history.runs()).isEmpty();
        final List<GuardRun> runs = List.of(run("0.2.0"), run("0.9.0"), run("0.10.0"));
        for (final GuardRun run : runs.reversed()) {
            history.add(run);
        }
        assertThat(history.runs()).isEqualTo(runs);
    }

    @Test
    void thatOfAReleaseStays() throws IOException {
        final GuardHistory history = new GuardHistory(directory);
        history.expectRoom("0.1.0", false);
        history.add(run("0.1.0"));
        history.add(run("0.2.0-SNAPSHOT"));
        assertThatThrownBy(() -> history.expectRoom("0.1.0", false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("--record = " + directory.resolve("0.1.0.json")
                        + ": is there already; --force puts this run in its place");
        history.expectRoom("0.1.0", true);
        history.expectRoom("0.2.0-SNAPSHOT", false);
    }

    @Test
    void whatIsNoRunIsNamed() throws IOException {
        final GuardHistory history = new GuardHistory(directory);
        final Path bad = directory.resolve("0.3.0.json");
        for (final String text : List.of("{\"speed\": 1}", "{\"kept\": true}", "[]", "nonsense", "")) {
            Files.writeString(bad, text);
            assertThatThrownBy(history::runs)
                    .as(text)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(bad + ": is no run of the guard: ");
        }
        Files.delete(bad);
        Files.move(history.add(run("0.1.0")), directory.resolve("0.4.0.json"));
        assertThatThrownBy(history::runs)
                .hasMessage(directory.resolve("0.4.0.json") + ": version = 0.1.0: must be that of the file's name");
    }

    @Test
    void theCommittedHistoryCanBeReadAndHasTheVersionOfThePom() throws IOException {
        final GuardRepository repository =
                new GuardRepository(Path.of("..").toAbsolutePath().normalize());
        final List<GuardRun> runs = new GuardHistory(repository.history()).runs();
        assertThat(runs).isNotEmpty().allSatisfy(run -> assertThat(run.form()).isIn("long", "short"));
        assertThat(repository.version()).matches("[0-9]+[.][0-9]+[.][0-9]+(-SNAPSHOT)?");
    }

    @Test
    void aPomThatIsNotOursIsNamed() throws IOException {
        Files.writeString(directory.resolve("pom.xml"), "<project><version>1</version></project>");
        assertThatThrownBy(() -> new GuardRepository(directory).version())
                .hasMessage(directory.resolve("pom.xml") + ": must be the parent pom of the sources that are measured");
    }

    @Test
    void optionsThatDoNotGoTogetherAreRefusedBeforeAnythingIsMeasured() {
        assertThat(refusal("--record", "--short")).contains("--record = true: not with --short");
        assertThat(refusal("--force")).contains("--force = true: belongs to --record");
        assertThat(refusal("--note", "quiet")).contains("--note = quiet: belongs to --record or --json");
        assertThat(refusal("--plot", "x.svg", "--json")).contains("--plot = x.svg: draws the history");
    }

    private static String refusal(final String... options) {
        final StringWriter said = new StringWriter();
        final int code = new CommandLine(new GuardCommand())
                .setErr(new PrintWriter(said))
                .execute(options);
        assertThat(code).isEqualTo(2);
        return said.toString();
    }

    static GuardRun run(final String version) throws IOException {
        return run(
                version, Map.of("A.subject", new Guard.Figure(120, 3, 0.25), "A.bare", new Guard.Figure(100, 2, 500)));
    }

    static GuardRun run(final String version, final Map<String, Guard.Figure> figures) throws IOException {
        final Limits limits = new Limits(List.of(
                new Limits.Limit("A.subject", "A.bare", 1.5, 1.0, null),
                new Limits.Limit("B.alone", null, null, 10.0, null)));
        final List<Guard.Verdict> verdicts = new Guard(limits).judge(figures);
        return new GuardRun(
                version,
                "v0.0.1-5-gabcdef0",
                "2026-11-30T11:00:00Z",
                "long",
                GuardMachine.here(),
                "a <note> & more",
                verdicts.stream().allMatch(Guard.Verdict::kept),
                GuardRun.stages(verdicts));
    }
}
