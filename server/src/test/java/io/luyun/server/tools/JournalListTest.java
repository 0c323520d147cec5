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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Journals in a tree of directories, listed. */
final class JournalListTest {
    /** 2026-01-01T00:00:00Z. */
    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    private static final Path LOCKS = Path.of("/proc/locks");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Throwable> errors = new ArrayList<>();

    @AfterEach
    void noErrors() {
        assertThat(errors).isEmpty();
    }

    private Journal open(final String path) {
        final JournalConfig config = new JournalConfig(
                directory.resolve(path).toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add);
    }

    private static void append(final Journal journal, final long behindNs) {
        journal.writer()
                .append(
                        RecordKind.RECORD_KIND_SERVER_STARTED_VALUE,
                        -1,
                        0,
                        TIME_NS + behindNs,
                        new UnsafeBuffer("server-x".getBytes(StandardCharsets.US_ASCII)),
                        0,
                        8);
    }

    /** A run of its own with so many records, a second apart. */
    private void write(final String path, final int records, final long behindSeconds) {
        try (Journal journal = open(path)) {
            for (int i = 0; i < records; i++) {
                append(journal, (behindSeconds + i) * 1_000_000_000L);
            }
        }
    }

    private int ls(final Path path, final String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        final List<String> arguments = new ArrayList<>(List.of("ls", path.toString()));
        arguments.addAll(List.of(options));
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(new String[0]));
    }

    private JsonNode json(final Path path) throws Exception {
        assertThat(ls(path, "--json")).as(err.toString()).isZero();
        return new ObjectMapper().readTree(out.toString());
    }

    @Test
    void listsTheFilesOfAJournal() throws Exception {
        write("journal", 3, 0);
        write("journal", 0, 0);
        write("journal", 2, 10);
        final Path journal = directory.resolve("journal");
        assertThat(ls(journal)).isZero();
        final List<String> lines = out.toString().lines().toList();
        assertThat(lines.getFirst()).matches(" +bytes +from +to +from +to +file");
        assertThat(lines.get(1))
                .matches(" *[\\d,]+ +1 +3  2026-01-01T00:00:00Z +2026-01-01T00:00:02Z +run-00000001/\\S+\\.cq4");
        assertThat(lines.get(lines.size() - 2))
                .matches(" *[\\d,]+ +4 +5  2026-01-01T00:00:10Z +2026-01-01T00:00:11Z +run-0000000\\d/\\S+\\.cq4");
        assertThat(lines.getLast()).matches(" *[\\d,]+ bytes in " + (lines.size() - 2) + " files");
        final JsonNode json = json(journal);
        assertThat(json.get("files")).hasSize(lines.size() - 2);
        assertThat(json.get("firstSequence").asInt()).isEqualTo(1);
        assertThat(json.get("lastSequence").asInt()).isEqualTo(5);
        assertThat(json.get("to").asText()).isEqualTo("2026-01-01T00:00:11Z");
        long bytes = 0;
        for (final JsonNode file : json.get("files")) {
            bytes += Files.size(journal.resolve(file.get("name").asText()));
        }
        assertThat(json.get("bytes").asLong()).isEqualTo(bytes);
    }

    @Test
    void listsTheJournalsBelowADirectory() throws Exception {
        write("b/data/journal", 2, 0);
        write("b/data/alerts", 1, 5);
        write("a", 0, 0);
        Files.createDirectories(directory.resolve("c/nothing"));
        assertThat(ls(directory)).isZero();
        assertThat(out.toString().lines().map(line -> line.replaceAll(" +", " ").strip()))
                .satisfiesExactly(
                        head -> assertThat(head).isEqualTo("bytes from to from to files live journal"),
                        empty -> assertThat(empty).matches("[\\d,]+ 0 0 - - \\d - a"),
                        alerts -> assertThat(alerts)
                                .matches("[\\d,]+ 1 1 2026-01-01T00:00:05Z 2026-01-01T00:00:05Z 1 - b/data/alerts"),
                        journal -> assertThat(journal)
                                .matches("[\\d,]+ 1 2 2026-01-01T00:00:00Z 2026-01-01T00:00:01Z 1 - b/data/journal"));
        final JsonNode journals = json(directory.resolve("b/data")).get("journals");
        assertThat(journals.findValuesAsText("journal"))
                .containsExactly(
                        directory.resolve("b/data/alerts").toString(),
                        directory.resolve("b/data/journal").toString());
        assertThat(journals.get(1).get("lastSequence").asInt()).isEqualTo(2);
        assertThat(json(directory.resolve("a")).has("from"))
                .as("of an empty one")
                .isFalse();
    }

    @Test
    void tellsWhichIsBeingWritten() throws Exception {
        // elsewhere the list of locks may name another device than the file itself, and nobody is told to be writing
        final String system = Files.getFileStore(directory).type();
        if (!Files.isReadable(LOCKS) || !Set.of("ext4", "xfs", "tmpfs").contains(system)) {
            System.out.println("SKIPPED: JournalListTest.tellsWhichIsBeingWritten, on " + system);
            Assumptions.abort("on " + system);
        }
        write("ended", 1, 0);
        try (Journal journal = open("journal")) {
            append(journal, 0);
            append(journal, 1);
            final JsonNode json = json(directory.resolve("journal"));
            assertThat(json.get("live").asBoolean()).isTrue();
            assertThat(json.get("lastSequence").asInt()).isEqualTo(2);
            assertThat(ls(directory)).isZero();
            assertThat(out.toString()).containsPattern("  -     ended\n").containsPattern("  live  journal\n");
            append(journal, 2);
            assertThat(ls(directory.resolve("journal"))).isZero();
            assertThat(out.toString()).contains(" 3  2026-01-01T").endsWith(" files, being written\n");
        }
        assertThat(json(directory.resolve("journal")).get("live").asBoolean()).isFalse();
    }

    @Test
    void endsWithTheLastSoundRecordOfADamagedFile() throws Exception {
        write("journal", 3, 0);
        final Path file = directory
                .resolve("journal")
                .resolve(json(directory.resolve("journal")).at("/files/0/name").asText());
        final byte[] bytes = Files.readAllBytes(file);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("server-x")]++;
        Files.write(file, bytes);
        assertThat(json(directory.resolve("journal")).get("lastSequence").asInt())
                .isEqualTo(2);
    }

    @Test
    void refusesWhatHasNoJournal() throws Exception {
        assertThat(ls(directory)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: no journal at " + directory + ", nor below it\n");
        final Path nowhere = directory.resolve("nowhere");
        assertThat(ls(nowhere)).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: no directory at " + nowhere + "\n");
    }
}
