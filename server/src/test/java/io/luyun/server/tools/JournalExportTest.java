package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.Main;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Exports and what the audit log says of them, on a data directory with ten BSM and a raw message. */
final class JournalExportTest {
    private static final long TIME_NS = 1_767_225_600_000_000_000L;
    private static final String KEY = "0123456789abcdef0123456789ABCDEF";

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Throwable> errors = new ArrayList<>();
    private Path data;
    private Path log;

    @BeforeEach
    void write() throws Exception {
        data = directory.resolve("data");
        log = data.resolve("audit").resolve("audit.ndjson");
        final JournalConfig config = new JournalConfig(
                data.resolve("journal").toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            final int device = journal.devices().indexOf("veh-1");
            for (int i = 0; i < 10; i++) {
                final Bsm bsm = Bsm.newBuilder()
                        .setMsgCnt(i)
                        .setId(ByteString.copyFromUtf8("12345678"))
                        .setSecMark(i * 100)
                        .setPos(Position.newBuilder()
                                .setLat(296_000_000 + i * 10_000)
                                .setLon(1_063_000_000)
                                .setElevation(2_600))
                        .build();
                append(journal, RecordKind.RECORD_KIND_BSM_VALUE, device, i + 1, bsm);
            }
            append(
                    journal,
                    RecordKind.RECORD_KIND_RAW_VALUE,
                    device,
                    11,
                    RawMessage.newBuilder().setTopic("x").build());
        }
        assertThat(errors).isEmpty();
        Files.createFile(
                directory.resolve("key"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(directory.resolve("key"), KEY);
    }

    private static void append(
            final Journal journal, final int kind, final int device, final long number, final MessageLite message) {
        final byte[] payload = message.toByteArray();
        journal.writer()
                .append(
                        kind,
                        device,
                        number,
                        TIME_NS + number * 100_000_000,
                        new UnsafeBuffer(payload),
                        0,
                        payload.length);
    }

    private int run(final Object command, final List<String> arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(new String[0]));
    }

    private int export(final String options) {
        final List<String> arguments = new ArrayList<>(List.of("export", data.toString(), "-o", output().toString()));
        for (final String option : options.split(" ")) {
            arguments.add(option.replace("$", directory.toString() + "/").replace("_", " "));
        }
        return run(new JournalCommand(), arguments);
    }

    private Path output() {
        return directory.resolve("out.json");
    }

    private List<JsonNode> lines() throws Exception {
        final List<JsonNode> lines = new ArrayList<>();
        for (final String line : Files.readAllLines(log)) {
            lines.add(new ObjectMapper().readTree(line));
        }
        return lines;
    }

    @Test
    void saysInTheAuditLogWhoDidWhatAndWhy() throws Exception {
        assertThat(export("-f geojson --reason near_misses --kind BSM"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).isEqualTo("10 records into " + output() + System.lineSeparator());
        assertThat(err.toString()).isEmpty();
        final List<JsonNode> lines = lines();
        assertThat(lines)
                .extracting(line -> line.path("event").asText())
                .containsExactly("export-started", "export-finished");
        assertThat(lines.getFirst().path("actor").asText()).startsWith(System.getProperty("user.name") + "@");
        final JsonNode began = lines.getFirst().path("details");
        assertThat(began.path("journal").asText()).isEqualTo(data.toString());
        assertThat(began.path("reason").asText()).isEqualTo("near misses");
        assertThat(began.path("format").asText()).isEqualTo("geojson");
        assertThat(began.path("privacy").toString()).isEqualTo("{}");
        assertThat(began.path("arguments").toString()).contains("\"--kind\",\"BSM\"");
        final JsonNode ended = lines.getLast().path("details");
        assertThat(ended.path("started").asText())
                .isEqualTo(lines.getLast().path("before").asText());
        assertThat(ended.path("records").asInt()).isEqualTo(10);
        assertThat(ended.path("files").path(0).path("name").asText()).isEqualTo(output().toString());
        assertThat(ended.path("files").path(0).path("sha256").asText())
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(output()))));
        assertThat(Files.readString(output())).doesNotContain("260");
    }

    @Test
    void whatLiesBesideTablesIsNeitherDeletedNorSworn() throws Exception {
        Files.createDirectory(output());
        Files.writeString(output().resolve("results.csv"), "mine");
        Files.writeString(output().resolve("psm.csv"), "of an earlier export");

        assertThat(export("-f csv --force --reason near_misses"))
                .as(err.toString())
                .isZero();

        assertThat(Files.readString(output().resolve("results.csv"))).isEqualTo("mine");
        assertThat(output().resolve("psm.csv")).doesNotExist();
        final List<String> names = new ArrayList<>();
        lines().getLast()
                .path("details")
                .path("files")
                .forEach(file -> names.add(
                        Path.of(file.path("name").asText()).getFileName().toString()));
        assertThat(names).containsExactly("bsm.csv", "messages.csv", "tracks.csv");
    }

    @Test
    @Timeout(60)
    void whatIsWrittenIntoAPipeIsNotReadAgain() throws Exception {
        pipe(output());
        final AtomicLong octets = new AtomicLong();
        final Thread reader = Thread.ofPlatform().start(() -> {
            try (InputStream in = Files.newInputStream(output())) {
                octets.set(in.transferTo(OutputStream.nullOutputStream()));
            } catch (final IOException e) {
                throw new UncheckedIOException(e);
            }
        });

        assertThat(export("-f geojson --force --reason x")).as(err.toString()).isZero();

        reader.join();
        assertThat(octets).hasPositiveValue();
        assertThat(lines().getLast().path("event").asText()).isEqualTo("export-finished");
        assertThat(lines().getLast().path("details").path("files")).isEmpty();
    }

    private static void pipe(final Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor())
                .isZero();
    }

    /** Its output is a pipe that is full when the process is told to end. */
    @Test
    void anInterruptedExportIsInTheLogAndLeavesNothingBesideItsFile() throws Exception {
        final Path large = directory.resolve("large");
        final JournalConfig config = new JournalConfig(
                large.resolve("journal").toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            final int device = journal.devices().indexOf("veh-1");
            for (int i = 0; i < 5_000; i++) {
                final Bsm bsm = Bsm.newBuilder()
                        .setSecMark(i % 600 * 100)
                        .setPos(Position.newBuilder().setLat(296_000_000 + i).setLon(1_063_000_000))
                        .build();
                append(journal, RecordKind.RECORD_KIND_BSM_VALUE, device, i + 1, bsm);
            }
        }
        final Path beside = Files.createDirectory(directory.resolve("beside"));
        final Path pipe = beside.resolve("pipe");
        pipe(pipe);
        final List<String> command = Jvm.command(Main.class);
        command.addAll(List.of("journal", "export", large.toString(), "-f", "geojson", "--force", "--reason", "x"));
        command.addAll(List.of("-o", pipe.toString()));
        final Process process = new ProcessBuilder(command)
                .redirectError(directory.resolve("err").toFile())
                .start();
        try (InputStream in = Files.newInputStream(pipe)) {
            assertThat(in.read()).isEqualTo('{');
            process.destroy();
            awaitThread(process, "luyun-interrupt");
            in.transferTo(OutputStream.nullOutputStream());
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(130);
        } finally {
            process.destroyForcibly();
        }
        log = large.resolve("audit").resolve("audit.ndjson");
        assertThat(lines())
                .extracting(line -> line.path("event").asText())
                .containsExactly("export-started", "export-failed");
        assertThat(lines().getLast().path("details").path("cause").asText()).isEqualTo("interrupted");
        assertThat(beside).isDirectoryContaining("glob:**/pipe");
        assertThat(Files.readString(directory.resolve("err")))
                .contains("luyun: interrupted; what was written until then stays: " + pipe);
    }

    private static boolean isNamed(final Path thread, final String name) throws IOException {
        try {
            return Files.readString(thread.resolve("comm")).startsWith(name);
        } catch (final IOException e) {
            // a thread that ends between the list and the look has no name any more; the system has two errors for it
            if (Files.exists(thread.resolve("comm"))) {
                throw e;
            }
            return false;
        }
    }

    private static void awaitThread(final Process process, final String name) throws Exception {
        final Path tasks = Path.of("/proc", Long.toString(process.pid()), "task");
        final long untilNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (System.nanoTime() < untilNs) {
            try (Stream<Path> threads = Files.list(tasks)) {
                for (final Path thread : threads.toList()) {
                    if (isNamed(thread, name)) {
                        return;
                    }
                }
            }
        }
        throw new AssertionError("no thread " + name);
    }

    @Test
    void pseudonymsNeedNoReasonAndTheLogHasNoKey() throws Exception {
        assertThat(export("-f geojson --pseudonymise $key --coarsen 50,1"))
                .as(err.toString())
                .isZero();
        assertThat(Files.readString(output())).doesNotContain("veh-1");
        assertThat(err.toString())
                .isEqualTo("1 records left out, of which nothing may be told" + System.lineSeparator());
        assertThat(Files.readString(log)).doesNotContain(KEY);
        assertThat(lines().getFirst().path("details").path("privacy").toString())
                .matches("\\{\"key\":\"[0-9a-f]{16}\",\"coarseMetres\":50.0,\"coarseMillis\":1000}");
        assertThat(lines().getLast().path("details").path("leftOut").asInt()).isEqualTo(1);
    }

    @Test
    void filesTellWhichOptionsWereGivenAndNotWithWhat() throws Exception {
        assertThat(export("-f mcap --pseudonymise $key --device veh-1 --start +0s --reason secret"))
                .as(err.toString())
                .isZero();
        final String file = Files.readString(output(), StandardCharsets.ISO_8859_1);
        assertThat(file)
                .contains("luyun.options")
                .contains("--device --format --output --pseudonymise --reason --start")
                .contains("luyun.privacy")
                .doesNotContain("veh-1", "secret", directory.toString());
    }

    @Test
    void whatWasAskedForIsThere() throws Exception {
        assertThat(export("-f geojson --with elevation --reason x")).isZero();
        assertThat(Files.readString(output())).contains("29.6,260]");
        assertThat(lines().getFirst().path("details").path("privacy").toString())
                .isEqualTo("{\"with\":[\"elevation\"]}");
    }

    @Test
    void nothingIsToldOfWhatIsRedacted() throws Exception {
        Files.writeString(
                directory.resolve("area.json"),
                "{\"type\":\"Polygon\",\"coordinates\":[[[106,29],[107,29],[107,29.60045],[106,29.60045],[106,29]]]}");
        assertThat(export("-f geojson --redact $area.json --reason x"))
                .as(err.toString())
                .isZero();
        assertThat(out.toString()).startsWith("9 records into");
        // the first five are within; a raw message of which nothing may be told
        assertThat(err.toString()).startsWith("2 records left out");
        assertThat(lines().getFirst()
                        .path("details")
                        .path("privacy")
                        .path("redactedSha256")
                        .asText())
                .hasSize(64);
    }

    /** A vehicle that drives into what is redacted and out again, and speaks of its platoon after each BSM. */
    @Test
    void whereVehiclesAreIsKnownAlsoWhenTheirPlacesAreNotChosen() throws Exception {
        data = directory.resolve("platoon");
        final ByteString id = ByteString.copyFromUtf8("12345678");
        final JournalConfig config = new JournalConfig(
                data.resolve("journal").toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            final int device = journal.devices().indexOf("veh-1");
            for (int i = 0; i < 10; i++) {
                final Bsm.Builder bsm = Bsm.newBuilder().setMsgCnt(i).setId(id).setSecMark(i * 100);
                bsm.setPos(Position.newBuilder()
                        .setLat(296_000_000 + Math.abs(i - 5) * 10_000)
                        .setLon(1_063_000_000));
                append(journal, RecordKind.RECORD_KIND_BSM_VALUE, device, 2 * i + 1, bsm.build());
                final Clpmm platoon = Clpmm.newBuilder().setMsgCnt(i).setId(id).build();
                append(journal, RecordKind.RECORD_KIND_CLPMM_VALUE, device, 2 * i + 2, platoon);
            }
        }
        Files.writeString(
                directory.resolve("area.json"),
                "{\"type\":\"Polygon\",\"coordinates\":[[[106,29],[107,29],[107,29.60105],[106,29.60105],[106,29]]]}");
        // three of ten are within, 4 to 6
        for (final String chosen : List.of("--kind CLPMM", "--kind CLPMM,PSM", "--kind CLPMM --device veh-1")) {
            assertThat(export("-f mcap --force --redact $area.json --reason x " + chosen))
                    .as(err.toString())
                    .isZero();
            assertThat(out.toString()).as(chosen).startsWith("7 records into");
        }
        // the last three: of the first one it cannot be known where its vehicle is
        assertThat(export("-f mcap --force --redact $area.json --reason x --kind CLPMM --from 16"))
                .isZero();
        assertThat(out.toString()).startsWith("2 records into");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-f geojson | --reason: must be given without --pseudonymise KEYFILE",
                "-f geojson --reason _ | --reason: must be given without --pseudonymise KEYFILE",
                "-f geojson --pseudonymise $key --with elevation | --reason: must be given with --with",
                "-f geojson --pseudonymise $none --reason x | --pseudonymise $none: is not there",
                "-f geojson --coarsen 25,7 --reason x | --coarsen 25,7: must be METRES or METRES,SECONDS",
                "-f geojson --redact $key --reason x | --redact $key: must be GeoJSON; it is not JSON",
                "-f geojson --with speed --reason x | --with speed: must be one of elevation, plate, vin, text, raw",
                "-f geojson --pseudonymise $key --with raw --reason x | --with raw: cannot go with pseudonyms",
                "-f geojson --step 1 --reason x | --step: is not an option of --format geojson; it belongs to fcd",
                "-f fcd --step 0 --reason x | --step 0.0: must be 0.001 to 3600.0 s",
                "-f mcap --pseudonymise $key --follow veh-1 | --follow veh-1: must be the pseudonym of the device (p and 15",
                "-f geojson --reason x --audit $key/no | the audit log $key/no cannot be written",
            })
    void namesOptionValueAndRuleAndLeavesNothing(final String options, final String message) {
        assertThat(export(options)).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: " + message.replace("$", directory + "/"));
        assertThat(err.toString().strip().lines()).hasSize(1);
        assertThat(output()).doesNotExist();
    }

    @Test
    void whatFailsIsInTheLogAsWell() throws Exception {
        Files.createDirectory(output());
        Files.writeString(output().resolve("x"), "x");
        assertThat(export("-f geojson --reason x")).isEqualTo(2);
        assertThat(err.toString()).contains("is there already; --force overwrites it");
        assertThat(log).doesNotExist();
        assertThat(export("-f geojson --reason x --force")).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: --output " + output() + ": cannot be written");
        assertThat(lines())
                .extracting(line -> line.path("event").asText())
                .containsExactly("export-started", "export-failed");
    }

    @Test
    void aWrongChoiceIsNoExport() {
        assertThat(export("-f geojson --reason x --kind BSN")).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: --kind BSN: must be one of");
        assertThat(log).doesNotExist();
    }

    @Test
    void theAuditLogIsListedAndChecked() throws Exception {
        assertThat(export("-f geojson --reason x")).isZero();
        assertThat(run(new AuditCommand(), List.of("verify", data.toString()))).isZero();
        final String head = out.toString().strip().replaceAll(".* ", "");
        assertThat(head).matches("[0-9a-f]{64}");
        assertThat(export("-f gpx --reason y --force")).isZero();
        assertThat(run(new AuditCommand(), List.of("verify", log.toString(), "--contains", head)))
                .isZero();
        assertThat(run(new AuditCommand(), List.of("ls", data.resolve("audit").toString())))
                .isZero();
        assertThat(out.toString().lines()).hasSize(4);
        assertThat(out.toString()).contains("export-started").contains("\"reason\":\"y\"");
        assertThat(run(new AuditCommand(), List.of("verify", data.toString(), "--contains", "ab")))
                .isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("no line has the hash ab");

        Files.writeString(log, Files.readString(log).replace("\"reason\":\"y\"", "\"reason\":\"z\""));
        assertThat(run(new AuditCommand(), List.of("verify", data.toString()))).isEqualTo(1);
        assertThat(err.toString().strip()).isEqualTo("line 4: does not name the line before it");
        assertThat(run(new AuditCommand(), List.of("ls", data.toString(), "--json")))
                .isEqualTo(1);
        assertThat(run(
                        new AuditCommand(),
                        List.of("verify", directory.resolve("none").toString())))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: DIR ").contains("must be an audit log");
    }

    @Test
    void aJournalAloneHasItsLogBesideIt() throws Exception {
        final List<String> arguments = List.of(
                "export",
                data.resolve("journal").toString(),
                "-f",
                "geojson",
                "-o",
                output().toString(),
                "--reason",
                "x");
        assertThat(run(new JournalCommand(), arguments)).as(err.toString()).isZero();
        assertThat(lines()).hasSize(2);
        assertThat(new String(Files.readAllBytes(log), StandardCharsets.UTF_8)).endsWith("\n");
    }
}
