package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class JournalCommandTest {
    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Throwable> errors = new ArrayList<>();

    @BeforeEach
    void write() {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            final byte[] payload =
                    ServerStarted.newBuilder().setVersion("1.2").build().toByteArray();
            for (int i = 0; i < 10; i++) {
                journal.writer()
                        .append(
                                RecordKind.RECORD_KIND_SERVER_STARTED_VALUE,
                                -1,
                                0,
                                TIME_NS + i,
                                new UnsafeBuffer(payload),
                                0,
                                payload.length);
            }
        }
        assertThat(errors).isEmpty();
    }

    private int run(final String... arguments) {
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int cat(final String... arguments) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int code = new CommandLine(new JournalCatCommand(new StandardOut(bytes, false)))
                .setErr(new PrintWriter(err))
                .execute(arguments);
        out.append(bytes.toString(StandardCharsets.UTF_8));
        return code;
    }

    @Test
    void aDirectoryThatIsNoJournalIsNotSound() throws Exception {
        final Path other = Files.createDirectory(directory.resolve("other"));

        assertThat(run("verify", other.toString())).isEqualTo(2);

        assertThat(err.toString()).contains("no journal at " + other);
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void listsFiles() throws Exception {
        assertThat(run("ls", directory.toString(), "--json")).isZero();
        final JsonNode file =
                new ObjectMapper().readTree(out.toString()).get("files").get(0);
        assertThat(file.get("name").asText()).startsWith("run-00000001/").endsWith(".cq4");
        assertThat(file.get("firstSequence").asLong()).isEqualTo(1);
    }

    @Test
    void printsRecords() {
        assertThat(cat(directory.toString(), "--from", "4", "--count", "1", "--kind", "server_started", "--json"))
                .isZero();
        assertThat(out.toString().strip())
                .isEqualTo("{\"sequence\":4,\"time\":\"2026-01-01T00:00:00.000000003Z\",\"kind\":\"SERVER_STARTED\","
                        + "\"payload\":{\"version\":\"1.2\"}}");
        assertThat(cat(directory.toString())).isZero();
        assertThat(out.toString()).hasLineCount(11).contains("10 2026-01-01T00:00:00.000000009Z SERVER_STARTED");
    }

    @Test
    void verifies() throws Exception {
        assertThat(run("verify", directory.toString(), "--json")).isZero();
        final JsonNode verdict = new ObjectMapper().readTree(out.toString());
        assertThat(verdict.get("sound").asBoolean()).isTrue();
        assertThat(verdict.get("records").asLong()).isEqualTo(10);
        assertThat(verdict.get("kinds").get("SERVER_STARTED").asLong()).isEqualTo(10);
        // Header of Chronicle, of the frame, five bytes of payload, padding, checksum.
        assertThat(verdict.get("bytes").asLong()).isEqualTo(10 * (4 + 48 + 8 + 4));
        final double rate = verdict.get("gigabytesPerSecond").asDouble();
        assertThat(rate * verdict.get("seconds").asDouble()).isCloseTo(640e-9, within(1e-12));
        assertThat(run("verify", directory.toString())).isZero();
        assertThat(out.toString()).contains("sound: 10 records (1 to 10)").contains("640 bytes of records in ");
    }

    @Test
    void namesTheDamagedRangeAndFails() throws Exception {
        damageTheLastRecord();
        assertThat(run("verify", directory.toString())).isEqualTo(1);
        assertThat(out.toString())
                .contains("damaged: records 10 to 10 in run-00000001/")
                .contains("NOT SOUND: 9 records");
        assertThat(cat(directory.toString())).as("done, with data lost").isEqualTo(3);
        assertThat(err.toString()).contains("damaged: records 10 to 10");
    }

    @Test
    void repairsIntoAnotherDirectory() throws Exception {
        damageTheLastRecord();
        final Path copy = directory.resolve("copy");

        assertThat(run("verify", directory.toString(), "--repair", copy.toString()))
                .as("done, with data lost")
                .isEqualTo(3);

        assertThat(out.toString())
                .contains("missing in the copy: records 10 to 10 in run-00000001/", copy + ": 9 records copied, ");
        out.getBuffer().setLength(0);
        assertThat(run("verify", copy.toString())).isZero();
        assertThat(out.toString())
                .contains("known missing: records 10 to 10 in run-00000001/", "a record with a wrong checksum")
                .contains("sound, 1 ranges known missing (1 records): 9 records (1 to 9)");
        out.getBuffer().setLength(0);
        assertThat(run("verify", copy.toString(), "--json")).isZero();
        final JsonNode missing =
                new ObjectMapper().readTree(out.toString()).get("missing").get(0);
        assertThat(missing.get("firstSequence").asLong()).isEqualTo(10);
        assertThat(missing.get("reason").asText()).isEqualTo("damaged");
        assertThat(cat(copy.toString()))
                .as("known to be missing is not damaged")
                .isZero();
        assertThat(run("stats", copy.toString())).isZero();
        assertThat(err.toString()).isEmpty();
        assertThat(run("verify", directory.toString(), "--repair", copy.toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .isEqualTo("luyun: " + copy + " is not empty: a copy goes into a directory of its own\n");
    }

    private void damageTheLastRecord() throws Exception {
        final Path file;
        try (var paths = Files.newDirectoryStream(directory.resolve("run-00000001"), "*.cq4")) {
            file = paths.iterator().next();
        }
        final byte[] bytes = Files.readAllBytes(file);
        int at = bytes.length - 1;
        while (bytes[at] == 0) {
            at--;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {(byte) ~bytes[at - 8]}), at - 8);
        }
    }

    @Test
    void refusesWhatIsNoJournal() {
        assertThat(run("verify", directory.resolve("nothing").toString())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: no journal at " + directory.resolve("nothing") + "\n");
    }
}
