package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.exchange.mcap.McapExporter;
import io.luyun.server.exchange.mcap.McapOptions;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Files out of a journal and back into one. */
final class JournalImportTest {
    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private String sample() {
        SampleJournal.write(directory.resolve("data"), 1);
        return "data";
    }

    /** All records of a data directory, or those of a selection, as they are. */
    private void export(final String data, final String file, final Selection selection) throws IOException {
        try (Records records = Recording.open(directory.resolve(data)).records(selection);
                McapExporter exporter = McapExporter.open(directory.resolve(file), McapOptions.NONE)) {
            while (records.next()) {
                exporter.add(records);
            }
        }
    }

    private String at(final String name) {
        return directory.resolve(name).toString();
    }

    private byte[] bytes(final String name) throws IOException {
        return Files.readAllBytes(directory.resolve(name));
    }

    /** Every record of a data directory as text: what it says besides its place in the journal, where asked. */
    private List<String> records(final String data, final boolean sequences) {
        final List<String> lines = new ArrayList<>();
        try (Records records = Recording.open(directory.resolve(data)).records(Selection.ALL)) {
            while (records.next()) {
                lines.add((sequences ? records.sequence() + " " : "") + records.receivedAtNs() + " " + records.kind()
                        + " "
                        + records.deviceId() + " " + records.number() + " " + records.bootEpoch() + " "
                        + HexFormat.of().formatHex(records.payload()));
            }
            assertThat(records.damage()).isEmpty();
        }
        return lines;
    }

    @Test
    void bringsAnMcapFileBackRecordByRecord() throws IOException {
        export(sample(), "a.mcap", Selection.ALL);
        assertThat(run("import", at("a.mcap"), "-o", at("back")))
                .as(out + "" + err)
                .isZero();

        assertThat(records("back", true)).isEqualTo(records("data", true)).hasSizeGreaterThan(400);
        assertThat(run("verify", at("back/journal"))).as(out.toString()).isZero();
        export("back", "b.mcap", Selection.ALL);
        assertThat(bytes("b.mcap")).isEqualTo(bytes("a.mcap"));
    }

    @Test
    void makesUpSessionsWhereASelectionHasNone() throws Exception {
        export(
                sample(),
                "a.mcap",
                Selection.ALL
                        .withKinds(Set.of(RecordKind.RECORD_KIND_BSM_VALUE, RecordKind.RECORD_KIND_ALERT_VALUE))
                        .withTimes(SampleJournal.TIME_NS + 1_000_000_000L, Long.MAX_VALUE));
        // alerts rest on messages that are not in the selection
        assertThat(run("import", at("a.mcap"), "-o", at("back")))
                .as(out.toString())
                .isEqualTo(3);

        assertThat(out.toString()).contains("a record that an alert rests on");
        assertThat(run("verify", at("back/journal"))).as(out.toString()).isZero();
        final List<String> before = records("data", false).stream()
                .filter(line -> line.split(" ")[1].equals("1")
                        && Long.parseLong(line.split(" ")[0]) >= SampleJournal.TIME_NS + 1_000_000_000L)
                .toList();
        assertThat(records("back", false).stream().filter(line -> line.split(" ")[1].equals("1")))
                .hasSizeGreaterThan(200)
                .containsAll(before);
        try (Records alerts = Recording.open(directory.resolve("back"))
                .records(Selection.ALL.withKinds(Set.of(RecordKind.RECORD_KIND_ALERT_VALUE)))) {
            assertThat(alerts.next()).isTrue();
            assertThat(Alert.parseFrom(alerts.payload()).getCauseSequencesCount())
                    .isLessThan(2);
        }
    }

    @Test
    void alertsNameTheirRecordsByTheSequencesThoseGot() throws Exception {
        export(sample(), "a.mcap", Selection.ALL.withSequences(100, Long.MAX_VALUE));
        assertThat(run("import", at("a.mcap"), "-o", at("back"))).isIn(0, 3);

        int checked = 0;
        final List<String> old = records("data", true);
        final List<String> now = records("back", true);
        try (Records alerts = Recording.open(directory.resolve("back"))
                .records(Selection.ALL.withKinds(Set.of(RecordKind.RECORD_KIND_ALERT_VALUE)))) {
            while (alerts.next()) {
                final Alert alert = Alert.parseFrom(alerts.payload());
                for (final long cause : alert.getCauseSequencesList()) {
                    final String record = now.stream()
                            .filter(line -> line.startsWith(cause + " ") && !line.contains(" 96 "))
                            .findFirst()
                            .orElseThrow();
                    assertThat(old.stream().map(line -> line.substring(line.indexOf(' '))))
                            .contains(record.substring(record.indexOf(' ')));
                    checked++;
                }
            }
        }
        assertThat(checked).isPositive();
    }

    @Test
    void saysWhatOfACutFileIsThere() throws IOException {
        SampleJournal.write(directory.resolve("data"), 5, 500);
        export("data", "a.mcap", Selection.ALL);
        final byte[] whole = bytes("a.mcap");
        Files.write(directory.resolve("cut.mcap"), Arrays.copyOf(whole, whole.length / 2));

        assertThat(run("import", at("cut.mcap"), "-o", at("back"))).isEqualTo(3);
        assertThat(out.toString()).contains("cut.mcap: ").contains("damaged: the file ends within the record at octet");
        assertThat(run("verify", at("back/journal"))).isZero();
        final List<String> back = records("back", true);
        assertThat(back)
                .hasSizeGreaterThan(1_000)
                .isEqualTo(records("data", true).subList(0, back.size()));
    }

    @Test
    void stepsOverAChunkWithAWrongChecksum() throws IOException {
        SampleJournal.write(directory.resolve("data"), 6, 300);
        export("data", "a.mcap", Selection.ALL);
        final byte[] bytes = bytes("a.mcap");
        bytes[5_000] ^= 1;
        Files.write(directory.resolve("bad.mcap"), bytes);

        assertThat(run("import", at("bad.mcap"), "-o", at("back"))).isEqualTo(3);
        assertThat(out.toString()).contains("damaged: at octet ").contains("a chunk");
        final List<String> back = records("back", false).stream()
                .filter(line -> line.split(" ")[1].equals("1"))
                .toList();
        assertThat(back).hasSizeGreaterThan(100);
        assertThat(records("data", false)).containsAll(back);
    }

    @Test
    void refusesWhatIsNoFileOfIts() throws IOException {
        Files.writeString(directory.resolve("a.mcap"), "no such thing");
        Files.writeString(directory.resolve("a.txt"), "no such thing");
        Files.createDirectory(directory.resolve("full"));
        Files.writeString(directory.resolve("full/x"), "");

        assertThat(run("import", at("a.mcap"), "-o", at("back"))).isEqualTo(2);
        assertThat(run("import", at("a.txt"), "-o", at("back"))).isEqualTo(2);
        assertThat(run("import", at("none.mcap"), "-o", at("back"))).isEqualTo(2);
        assertThat(run("import", at("a.mcap"), "-o", at("full"))).isEqualTo(2);
        assertThat(err.toString().lines())
                .hasSize(4)
                .satisfiesExactly(
                        line -> assertThat(line).contains("a.mcap: is no MCAP file"),
                        line -> assertThat(line).contains("a.txt: must be .mcap, "),
                        line -> assertThat(line).contains("none.mcap: must be a file"),
                        line -> assertThat(line).contains("--output").contains("must be empty"));
        assertThat(directory.resolve("back")).doesNotExist();
    }
}
