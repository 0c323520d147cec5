package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.exchange.table.TableExporter;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Questions on the command line, to a journal of ten messages of two vehicles. */
final class JournalQueryCommandTest {
    /** 2026-01-01T00:00:00Z. */
    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    private static final String COUNT = "select device, count(*) as n from bsm group by 1 order by 1";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path journal = Path.of("");

    @BeforeEach
    void write() {
        journal = directory.resolve("journal");
        final List<Throwable> errors = new ArrayList<>();
        final JournalConfig config =
                new JournalConfig(journal.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal written = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            for (final String id : List.of("veh-1", "veh-2")) {
                final byte[] opened =
                        SessionOpened.newBuilder().setDeviceId(id).build().toByteArray();
                append(
                        written,
                        RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                        written.devices().indexOf(id),
                        0,
                        0,
                        opened);
            }
            for (int i = 0; i < 10; i++) {
                final byte[] bsm =
                        Bsm.newBuilder().setMsgCnt(i).setSpeed(50 * i).build().toByteArray();
                append(written, RecordKind.RECORD_KIND_BSM_VALUE, i % 2, i / 2 + 1, i, bsm);
            }
        }
        assertThat(errors).isEmpty();
    }

    private static void append(
            final Journal journal,
            final int kind,
            final int device,
            final long number,
            final int second,
            final byte[] payload) {
        journal.writer()
                .append(
                        kind,
                        device,
                        number,
                        TIME_NS + second * 1_000_000_000L,
                        new UnsafeBuffer(payload),
                        0,
                        payload.length);
    }

    private int ask(final String... arguments) throws Exception {
        final List<String> all = new ArrayList<>(List.of("query", "--driver", jar()));
        all.addAll(List.of(arguments));
        return run(all);
    }

    private int run(final List<String> arguments) {
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(new String[0]));
    }

    private static String jar() throws Exception {
        return Path.of(Class.forName("org.duckdb.DuckDBDriver")
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .toString();
    }

    private static long scratch() throws Exception {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("luyun-query"))
                    .count();
        }
    }

    @Test
    void answersOutOfAJournalAndLeavesNothingBehind() throws Exception {
        final long before = scratch();
        assertThat(ask(journal.toString(), COUNT, "-o", "csv"))
                .as(err.toString())
                .isZero();
        assertThat(out).hasToString("device,n\r\nveh-1,5\r\nveh-2,5\r\n");
        assertThat(ask(journal.toString(), "selec")).isEqualTo(2);
        assertThat(scratch()).isEqualTo(before);
    }

    @Test
    void takesTheChoiceOfRecords() throws Exception {
        assertThat(ask(journal.toString(), COUNT, "-o", "csv", "--device", "*-2", "--start", "+4s"))
                .as(err.toString())
                .isZero();
        assertThat(out).hasToString("device,n\r\nveh-2,3\r\n");
    }

    @Test
    void answersAQuestionInAFileOutOfAnExport() throws Exception {
        final Path tables = directory.resolve("tables");
        try (Records records = Recording.open(journal).records(Selection.ALL);
                TableExporter exporter = TableExporter.parquet(tables, _ -> true)) {
            while (records.next()) {
                exporter.add(records);
            }
        }
        final Path question =
                Files.writeString(directory.resolve("question.sql"), "-- how fast\nselect max(speed_mps) v from bsm");
        assertThat(ask("--tables", tables.toString(), "--file", question.toString(), "-o", "ndjson"))
                .as(err.toString())
                .isZero();
        assertThat(out).hasToString("{\"v\":9.0}\n");
    }

    @Test
    void aColumnThatComesAgainIsNumberedAndListsOfTimesStayAsTheyAre() throws Exception {
        final String question =
                "select 1 a, 2 a, [timestamp '2026-01-01 00:00:00'] l, timestamp '2026-01-01 00:00:01' t from bsm"
                        + " limit 1";
        assertThat(ask(journal.toString(), question, "-o", "ndjson"))
                .as(err.toString())
                .isZero();
        assertThat(out)
                .hasToString(
                        "{\"a\":1,\"a_1\":2,\"l\":\"['2026-01-01 00:00:00']\",\"t\":\"2026-01-01T00:00:01.0Z\"}\n");
    }

    @Test
    void saysHowToGetTheDriver() {
        final String missing = directory.resolve("none.jar").toString();
        assertThat(run(List.of("query", "--driver", missing, journal.toString(), COUNT)))
                .isEqualTo(3);
        assertThat(err.toString()).startsWith("luyun: no DuckDB driver at " + missing + ": say --download");
        assertThat(err.toString().lines()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "select nothing from bsm | luyun: Binder Error: Referenced column \"nothing\" not found",
                "copy bsm to 'x' | luyun: only one statement that reads is taken",
                "select 1 --output xml | luyun: --output xml: must be text, csv or ndjson",
                "select 1 --memory lots | luyun: --memory lots: must be a number of MB or GB",
                "select 1 --file q.sql | luyun: wants a journal and no question with --file, not 2 words",
                "select 1 --alert 5 | luyun: --alert, --alert-kind: need the alerts of the journal; ",
                "select 1 --end +200000d | luyun: --end +200000d: must be ",
                "select 1 --kind XYZ | luyun: --kind XYZ: must be one of",
            })
    void wrongInputIsOneLine(final String given, final String line) throws Exception {
        final String[] words = given.split(" (?=--)");
        final List<String> arguments = new ArrayList<>(List.of(journal.toString(), words[0]));
        if (words.length > 1) {
            arguments.addAll(List.of(words[1].split(" ")));
        }
        assertThat(ask(arguments.toArray(new String[0]))).isEqualTo(2);
        assertThat(err.toString()).startsWith(line);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(out.toString()).isEmpty();
    }
}
