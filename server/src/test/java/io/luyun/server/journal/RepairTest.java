package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.server.journal.Rig.Seen;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepairTest {
    private static final long REPAIRED_NS = Rig.HOUR_NS;

    @TempDir
    private Path directory;

    private Rig rig;
    private Path copy;
    private final Map<Long, Long> places = new HashMap<>();
    private final Map<Long, Path> files = new HashMap<>();

    /** 3 runs of 3 files; two devices, of which one speaks in the first run only. */
    @BeforeEach
    void write() throws IOException {
        rig = new Rig(directory.resolve("journal"));
        copy = directory.resolve("copy");
        for (int run = 1; run <= 3; run++) {
            rig.open();
            final int device = rig.session("obu-1", 5);
            final int other = run == 1 ? rig.session("obu-2", 6) : -1;
            for (int i = 1; i <= 120; i++) {
                rig.message(device, (run - 1) * 120 + i);
                if (other >= 0) {
                    rig.message(other, i);
                }
                rig.work();
                rig.nowNs += i % 50 == 0 ? Rig.HOUR_NS : 1_000;
            }
            rig.journal.close();
        }
        try (JournalReader reader = Journal.openReadOnly(rig.directory).reader(1)) {
            while (reader.next()) {
                places.put(reader.sequence(), reader.recordPosition());
                files.put(reader.sequence(), rig.directory.resolve(reader.file()));
            }
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void copiesEverySoundRecordAsItIsAndListsTheRest() throws IOException {
        final int last = places.size();
        damage(7);
        damage(100);
        damage(101);
        Rig.patch(files.get(200L), places.get(200L) - 4, new byte[4]);
        Files.delete(files.get((long) last));
        final List<Seen> readable = rig.read();
        final Map<String, String> before = contents();

        final RepairReport report = repair();

        assertThat(contents().equals(before)).as("never in place").isTrue();
        assertThat(report.records()).isEqualTo(readable.size());
        assertThat(report.complete()).isFalse();
        assertThat(report.damage()).as("the header of 200 too").hasSize(4);
        final JournalReader reader = Journal.openReadOnly(copy).reader(1);
        assertThat(Rig.read(reader)).isEqualTo(readable);
        assertThat(reader.damage()).isEmpty();
        final JournalCheck check = Journal.openReadOnly(copy).check();
        assertThat(check.sound()).isTrue();
        assertThat(check.missing().records()).isEqualTo(last - readable.size());
        final List<Missing> missing = check.missing().ranges();
        assertThat(missing).extracting(Missing::firstSequence).startsWith(7L, 100L);
        assertThat(missing)
                .extracting(Missing::lastSequence)
                .startsWith(7L, 101L)
                .endsWith((long) last);
        assertThat(missing).extracting(Missing::records).startsWith(1L, 2L);
        assertThat(missing.getFirst().noted().getEpochSecond()).isEqualTo(3_600);
        assertThat(missing.getFirst())
                .hasToString("records 7 to 7 in " + rig.directory.relativize(files.get(7L))
                        + ": damaged, a record with a wrong checksum");
        assertThat(missing).isEqualTo(report.missing());
    }

    @Test
    void aServerGoesOnInTheCopy() throws IOException {
        final int last = places.size();
        // The opening of the second device, and the end, of which the checkpoint knows.
        damage(2);
        try (FileChannel channel = FileChannel.open(files.get((long) last), StandardOpenOption.WRITE)) {
            channel.truncate(places.get(last - 4L) + 10);
        }
        final List<Seen> readable = rig.read();
        repair();
        goesOn(readable, last, false);
    }

    @Test
    void aServerGoesOnInTheCopyWithoutACheckpoint() throws IOException {
        damage(2);
        damage(places.size());
        final List<Seen> readable = rig.read();
        repair();
        Files.delete(copy.resolve(Checkpoint.NAME));
        goesOn(readable, places.size(), true);
    }

    private void goesOn(final List<Seen> readable, final int last, final boolean scans) throws IOException {
        final long lastNumber = readable.getLast().number();
        final Rig server = new Rig(copy);
        server.nowNs = rig.nowNs;
        try (server) {
            server.open();
            assertThat(server.journal.scan().damage()).isEmpty();
            assertThat(server.journal.scan().records()).isEqualTo(scans ? readable.size() : 0);
            assertThat(server.journal.scan().lastSequence()).isEqualTo(last);
            assertThat(server.journal.devices().idOf(0)).isEqualTo("obu-1");
            assertThat(server.journal.devices().idOf(1))
                    .as("its opening is lost, its name is not")
                    .isEqualTo("obu-2");
            assertThat(JournalFile.lastRun(copy)).isEqualTo(4);
            final int device = server.session("obu-1", 5);
            server.message(device, lastNumber);
            server.message(device, lastNumber + 1);
            server.message(server.session("obu-2", 6), 120);
            server.work();
            assertThat(server.count(Counter.JOURNAL_DUPLICATES)).isEqualTo(2);
        }
        assertThat(server.errors).isEmpty();
        final JournalReader reader = Journal.openReadOnly(copy).reader(1);
        final List<Seen> all = Rig.read(reader);
        assertThat(all.subList(0, readable.size())).isEqualTo(readable);
        assertThat(all.subList(readable.size(), all.size()))
                .extracting(Seen::sequence)
                .containsExactly(last + 1L, last + 2L, last + 3L);
        assertThat(reader.damage()).isEmpty();
        assertThat(Journal.openReadOnly(copy).check().sound()).isTrue();
    }

    @Test
    void copiesAJournalThatIsBeingWritten() throws IOException {
        damage(7);
        rig.open();
        final int device = rig.session("obu-1", 5);
        rig.message(device, 500);
        rig.work();
        final List<Seen> readable = rig.read();
        repair();
        assertThat(Rig.read(Journal.openReadOnly(copy).reader(1))).isEqualTo(readable);
        rig.message(device, 501);
        rig.work();
        assertThat(rig.read()).hasSize(readable.size() + 1);
        assertThat(rig.errors).isEmpty();
    }

    @Test
    void aCopyOfACopyKnowsWhatBothMiss() throws IOException {
        damage(7);
        repair();
        final Path second = directory.resolve("second");
        try (JournalReader reader = Journal.openReadOnly(copy).reader(8)) {
            assertThat(reader.next()).isTrue();
            Rig.patch(copy.resolve(reader.file()), reader.recordPosition() + 60, new byte[] {1});
        }
        assertThat(Journal.openReadOnly(copy).check().damage())
                .as("what is known is not damage, what lies beside it is")
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.firstSequence()).isEqualTo(8);
                    assertThat(found.lastSequence()).isEqualTo(8);
                });
        Journal.openReadOnly(copy).repair(second, () -> REPAIRED_NS);
        final JournalCheck check = Journal.openReadOnly(second).check();
        assertThat(check.sound()).isTrue();
        assertThat(check.missing().records()).isEqualTo(2);
        assertThat(check.missing().ranges()).extracting(Missing::firstSequence).containsExactly(7L, 8L);
    }

    @Test
    void whatADamagedListNamedIsDamage() throws IOException {
        damage(7);
        damage(100);
        repair();
        final Path list = copy.resolve(MissingFile.NAME);
        final List<String> lines = new ArrayList<>(Files.readAllLines(list));
        assertThat(lines).hasSize(3);
        lines.set(1, lines.get(1).replace("\"lastSequence\":7", "\"lastSequence\":9"));
        Files.write(list, lines);
        final JournalArchive archive = Journal.openReadOnly(copy);
        assertThat(archive.findings())
                .containsExactly(
                        "the file missing is not sound, line 2: wrong checksum: what it named counts as damaged");
        assertThat(archive.check().damage())
                .singleElement()
                .satisfies(found -> assertThat(found.firstSequence()).isEqualTo(7));
        lines.removeLast();
        Files.write(list, lines);
        assertThat(archive.findings()).hasSize(2).first().asString().contains("line 1: 2 lines follow, there are 1");
    }

    @Test
    void refusesWhatIsInTheWay() throws IOException {
        Files.createDirectory(copy);
        repair();
        assertThatThrownBy(this::repair)
                .isInstanceOf(JournalException.class)
                .hasMessage(copy + " is not empty: a copy goes into a directory of its own");
        final Path other = directory.resolve("other");
        Files.createDirectory(directory.resolve("other.partial"));
        assertThatThrownBy(() -> Journal.openReadOnly(rig.directory).repair(other, () -> REPAIRED_NS))
                .isInstanceOf(JournalException.class)
                .hasMessageContaining("other.partial is in the way");
        assertThat(other).doesNotExist();
    }

    private void damage(final long sequence) throws IOException {
        final byte[] noise = new byte[20];
        new Random(sequence).nextBytes(noise);
        Rig.patch(files.get(sequence), places.get(sequence) + Frame.HEADER_LENGTH, noise);
    }

    private RepairReport repair() {
        return Journal.openReadOnly(rig.directory).repair(copy, () -> REPAIRED_NS);
    }

    private Map<String, String> contents() throws IOException {
        final Map<String, String> contents = new HashMap<>();
        try (Stream<Path> all = Files.walk(rig.directory)) {
            for (final Path path : all.filter(Files::isRegularFile).toList()) {
                contents.put(path.toString(), new String(Files.readAllBytes(path), StandardCharsets.ISO_8859_1));
            }
        }
        return contents;
    }
}
