package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.exchange.SampleJournal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.IoUtil;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands of evidence on a recording. */
final class EvidenceCommandTest {
    private static final long SEED = 11;
    private static final String AT = "2026-01-01T00:00:03Z";

    /** What was recorded is not changed by any of this; what was made of it is thrown away before each. */
    @TempDir
    private static Path recorded;

    @TempDir
    private Path directory;

    private Path data;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeAll
    static void record() {
        SampleJournal.write(recorded, SEED);
    }

    @BeforeEach
    void open() {
        data = recorded;
        IoUtil.delete(data.resolve("evidence").toFile(), true);
        IoUtil.delete(data.resolve("audit").toFile(), true);
    }

    private int run(final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new EvidenceCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String freeze(final String... more) {
        final String[] all = new String[5 + more.length];
        System.arraycopy(
                new String[] {"freeze", data.toString(), "--reason", "looks odd", "--by=centre"}, 0, all, 0, 5);
        System.arraycopy(more, 0, all, 5, more.length);
        assertThat(run(all)).as(err.toString()).isZero();
        return out.toString().strip();
    }

    @Test
    void whatIsFrozenIsListedShownAndVerified() throws IOException {
        final String id = freeze("--at", AT, "--before=2", "--after=2", "--place=29.60005,106.30005", "--radius=40");
        final String alert = freeze("--alert=103");
        assertThat(run("ls", data.toString())).isZero();
        assertThat(out.toString().lines())
                .hasSize(2)
                .anyMatch(line -> line.startsWith(id) && line.contains("MANUAL looks odd"))
                .anyMatch(line -> line.startsWith(alert) && line.contains("FCW CRITICAL: looks odd"));
        assertThat(run("ls", data.toString(), "--json")).isZero();
        final JsonNode list = new ObjectMapper().readTree(out.toString());
        assertThat(list.path("packages")).hasSize(2);
        assertThat(run("show", data.toString(), id)).isZero();
        assertThat(out.toString()).contains("asked for by centre").contains("around    40 m");
        assertThat(run("show", data.toString(), id, "--json")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .path("incident")
                        .path("radiusMetres")
                        .asInt())
                .isEqualTo(40);
        assertThat(run("verify", data.toString(), "--journal", data.toString())).isZero();
        assertThat(out.toString()).startsWith("2 packages, all of it holds");
        // and the directory of evidence alone, as an authority would have it
        assertThat(run(
                        "verify",
                        data.resolve("evidence").toString(),
                        "--audit",
                        directory.resolve("a").toString()))
                .isZero();
        final String audit = Files.readString(data.resolve("audit/audit.ndjson"));
        assertThat(audit).contains("evidence-freeze").contains("evidence-read").contains("evidence-verify");
    }

    @Test
    void theSameFrozenAgainIsTheSamePackageAndAnotherPlaceIsAnother() {
        final String id = freeze("--at", AT);
        assertThat(freeze("--at", AT)).isEqualTo(id);
        assertThat(freeze("--at", AT, "--place=29.6,106.3")).isNotEqualTo(id);
        assertThat(run("freeze", data.toString(), "--reason", "looks odd", "--by=centre", "--at", AT, "--before=3"))
                .isEqualTo(2);
        assertThat(err.toString()).contains(id + ": is there with another window or radius");
    }

    @Test
    void whatDoesNotHoldIsNamedWithFileAndRule() throws IOException {
        final String id = freeze("--at", AT);
        Files.writeString(
                data.resolve("evidence/packages").resolve(id).resolve("summary.txt"), "x", StandardOpenOption.APPEND);
        assertThat(run("verify", data.toString())).isEqualTo(1);
        assertThat(out.toString()).startsWith(id + " summary.txt file: has ");
        assertThat(run("verify", data.toString(), id, "--json")).isEqualTo(1);
        final JsonNode answer = new ObjectMapper().readTree(out.toString());
        assertThat(answer.path("holds").asBoolean()).isFalse();
        assertThat(answer.path("findings").get(0).path("file").asText()).isEqualTo("summary.txt");
        assertThat(answer.path("findings").get(0).path("rule").asText()).isEqualTo("file");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "freeze DATA --reason x --at yesterday; --at yesterday: must be RFC 3339",
                "freeze DATA --reason x --at 2999-01-01T00:00:00Z; --at = 2999-01-01T00:00:00Z: must not be in the future",
                "freeze DATA --reason x --place 95,1; --place 95,1: must be LAT,LON in degrees",
                "freeze DATA --reason x --place 9; --place 9: must be LAT,LON in degrees",
                "freeze DATA --reason x --radius 0; --radius = 0: must be 1 to 20000",
                "freeze DATA --reason x --alert 9; alert 9: there is none of this id",
                "freeze DATA --reason x --alert x; --alert x: must be the id of an alert",
                "freeze DATA --reason x --zone none; --zone none: must be a zone file",
                "freeze NONE --reason x; no journal at NONE",
                "show DATA 1; ID 1: must be that of a package",
                "verify DATA 1; package 1: there is none",
                "ls NONE; DIR NONE: must be the data directory of a server",
            })
    void badInputIsOneLine(final String arguments, final String line) {
        assertThat(run(arguments.replace("DATA", data.toString()).split(" "))).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).startsWith("luyun: " + line);
    }

    @Test
    void nothingIsToldThatCannotBeAudited() throws IOException {
        final String id = freeze("--at", AT);
        final Path log = directory.resolve("blocked");
        Files.createDirectories(log);
        assertThat(run("show", data.toString(), id, "--audit", log.toString())).isEqualTo(3);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString()).contains("--audit names another");
    }
}
