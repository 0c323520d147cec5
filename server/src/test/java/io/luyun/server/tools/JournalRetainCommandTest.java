package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The commands retain and hold, on a journal of three files a day apart, with a BSM and an RSM each. */
final class JournalRetainCommandTest {
    private static final long TIME_NS = 1_767_225_600_000_000_000L;
    private static final long DAY_NS = Duration.ofDays(1).toNanos();

    @TempDir
    private Path directory;

    private Path journal;
    private Path rules;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final long[] nowNs = {TIME_NS};

    @BeforeEach
    void write() {
        final List<Throwable> errors = new ArrayList<>();
        journal = directory.resolve("journal");
        rules = directory.resolve("rules.yaml");
        final JournalConfig config =
                new JournalConfig(journal.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal opened = Journal.open(config, () -> nowNs[0], new Counters(), new Latencies(), errors::add)) {
            for (int i = 0; i < 3; i++) {
                append(opened, RecordKind.RECORD_KIND_BSM_VALUE, i + 1);
                append(opened, RecordKind.RECORD_KIND_RSM_VALUE, i + 1);
                nowNs[0] += DAY_NS;
            }
        }
        assertThat(errors).isEmpty();
    }

    private void append(final Journal opened, final int kind, final long number) {
        opened.writer().append(kind, -1, number, nowNs[0], new UnsafeBuffer(new byte[20]), 0, 20);
    }

    private int run(final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final CommandLine.IFactory factory = new CommandLine.IFactory() {
            @Override
            public <K> K create(final Class<K> type) throws Exception {
                return type == JournalRetainCommand.class
                        ? type.cast(new JournalRetainCommand(() -> nowNs[0]))
                        : CommandLine.defaultFactory().create(type);
            }
        };
        return new CommandLine(new JournalCommand(), factory)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int retain(final String yaml, final String... more) throws Exception {
        Files.writeString(rules, yaml);
        final List<String> arguments =
                new ArrayList<>(List.of("retain", journal.toString(), "--rules", rules.toString()));
        arguments.addAll(List.of(more));
        return run(arguments.toArray(new String[0]));
    }

    @Test
    void tellsAndThenDoes() throws Exception {
        assertThat(retain("bystanders: {days: 2}\n")).isZero();
        assertThat(out.toString())
                .hasLineCount(2)
                .startsWith("would take out  run-00000001/20260101-00F.cq4  bystanders, 1 records, 76 bytes: older than"
                        + " bystanders 2 days\n")
                .contains(" if this is applied\n");
        assertThat(retain("bystanders: {days: 2}\n", "--apply", "--json")).isZero();
        final JsonNode done = new ObjectMapper().readTree(out.toString());
        assertThat(done.get("applied").asBoolean()).isTrue();
        assertThat(done.get("steps").get(0).get("action").asText()).isEqualTo("rewrite");
        assertThat(done.get("steps").get(0).get("classes").get(0).asText()).isEqualTo("bystanders");
        assertThat(retain("bystanders: {days: 2}\n", "--apply")).isZero();
        assertThat(out.toString()).hasLineCount(1).endsWith(" now\n");
        assertThat(run("verify", journal.toString())).isZero();
        assertThat(out.toString())
                .contains(
                        "known missing: records 1 to 2 in run-00000001/20260101-00F.cq4, 1 of them: retired, bystanders")
                .contains("sound, 1 ranges known missing (1 records): 5 records (1 to 6)");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void saysThatMoreIsLeftThanMayBe() throws Exception {
        assertThat(retain("maxBytes: 1\n", "--apply")).isEqualTo(1);
        assertThat(out.toString())
                .contains("took out  run-00000001/20260101-00F.cq4  bystanders, infrastructure, 1 records");
        assertThat(err.toString()).startsWith("luyun: maxBytes = 1: ").hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'testVehicles: {days: 100}'  | 'testVehicles.days = 100: must be 365 to 36500'",
                "'bystanders: {days: 0}'      | 'bystanders.days = 0: must be 1 to 36500'",
                "'bystanders: {}'             | 'bystanders.days = nothing: must be a number of days'",
                "'maxBytes: 0'                | 'maxBytes = 0: must be 1 to 9223372036854775807'",
                "'bystander: {days: 30}'      | 'Unrecognized field \"bystander\"'",
                "'bystanders: {days: soon}'   | 'soon'",
                "'{}'                         | 'there is no rule'",
                "''                           | 'No content'",
            })
    void refusesWrongRules(final String yaml, final String finding) throws Exception {
        assertThat(retain(yaml, "--apply")).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("luyun: rules " + rules + ": ")
                .contains(finding)
                .hasLineCount(1);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesRulesThatAreNotThere() {
        assertThat(run("retain", journal.toString(), "--rules", "nowhere.yaml")).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: rules nowhere.yaml: cannot be read: ");
        assertThat(run("retain", journal.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--rules");
    }

    @Test
    void holds() throws Exception {
        assertThat(run(
                        "hold",
                        "add",
                        journal.toString(),
                        "--start",
                        "2026-01-01T00:00:00Z",
                        "--end",
                        "2026-01-01T02:00:00+01:00",
                        "--reason",
                        "accident at the east gate"))
                .isZero();
        assertThat(out.toString())
                .startsWith("H1  2026-01-01T00:00:00Z to 2026-01-01T01:00:00Z  accident at the east gate");
        assertThat(run("hold", "ls", journal.toString(), "--json")).isZero();
        assertThat(new ObjectMapper()
                        .readTree(out.toString())
                        .get("holds")
                        .get(0)
                        .get("reason")
                        .asText())
                .isEqualTo("accident at the east gate");
        assertThat(retain("bystanders: {days: 1}\n", "--apply")).isZero();
        assertThat(out.toString())
                .contains("kept  run-00000001/20260101-00F.cq4  under hold H1: accident at the east gate\n")
                .contains("took out  run-00000001/20260102-00F.cq4");
        assertThat(run("hold", "remove", journal.toString(), "H1")).isZero();
        assertThat(run("hold", "remove", journal.toString(), "H1")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: ID H1: must be that of a hold, see journal hold ls\n");
        assertThat(run("hold", "ls", journal.toString())).isZero();
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void refusesWrongHolds() {
        final String[] add = {"hold", "add", journal.toString(), "--reason", "why", "--start"};
        assertThat(run(with(add, "yesterday", "--end", "2026-01-01T00:00:00Z"))).isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("luyun: --start yesterday: must be RFC 3339, for example 2026-11-24T06:00:00Z\n");
        assertThat(run(with(add, "2026-01-01T00:00:00Z", "--end", "2026-01-01T00:00:00Z")))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("luyun: end 2026-01-01T00:00:00Z: must be behind the start, 2026-01-01T00:00:00Z\n");
        assertThat(run("hold", "ls", directory.resolve("nothing").toString())).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: no journal at ");
        assertThat(journal.resolve("holds")).doesNotExist();
    }

    private static String[] with(final String[] first, final String... more) {
        final List<String> all = new ArrayList<>(List.of(first));
        all.addAll(List.of(more));
        return all.toArray(new String[0]);
    }
}
