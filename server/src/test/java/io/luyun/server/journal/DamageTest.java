package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Rig.Seen;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damages the one file of a closed journal of 501 records, the first a SESSION_OPENED, and opens it again. */
final class DamageTest {
    private static final int RECORDS = 501;
    private static final int SEALED = RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE;

    @TempDir
    private Path directory;

    private Rig rig;
    private Path file;
    private long[] frames;

    @BeforeEach
    void write() throws IOException {
        rig = new Rig(directory.resolve("journal")).open();
        final int device = rig.session("obu-1", 7);
        for (int number = 1; number < RECORDS; number++) {
            rig.message(device, number);
            if (number == RECORDS - 100) {
                // the records behind this say that those before had been synced
                rig.work();
                rig.sync();
            }
        }
        rig.work();
        rig.journal.close();
        file = rig.files().getFirst();
        frames = new long[RECORDS + 1];
        try (JournalReader reader = Journal.openReadOnly(rig.directory).reader(1)) {
            while (reader.next()) {
                frames[(int) reader.sequence()] = reader.recordPosition();
            }
        }
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aSoundJournalIsSound() {
        final JournalCheck check = Journal.openReadOnly(rig.directory).check();
        assertThat(check.sound()).isTrue();
        assertThat(check.records()).isEqualTo(RECORDS);
    }

    @Test
    void findsAFlippedBitInAPayload() throws IOException {
        Rig.patch(file, frames[250] + Frame.HEADER_LENGTH + 20, new byte[] {1});
        finds(250, 250, RECORDS - 1);
    }

    @Test
    void findsAFlippedBitInAFrameHeader() throws IOException {
        Rig.patch(file, frames[250] + Frame.TIME_OFFSET, new byte[] {(byte) 0x55});
        finds(250, 250, RECORDS - 1);
    }

    @Test
    void findsAZeroedDocumentHeaderAndKeepsItsRecord() throws IOException {
        Rig.patch(file, frames[250] - 4, new byte[4]);
        finds(250, 249, RECORDS);
    }

    @Test
    void findsAZeroedHeaderOfTheFirstRecordAndKeepsIt() throws IOException {
        Rig.patch(file, frames[1] - 4, new byte[4]);
        // "1 to 0" would say that everything from the first on is lost.
        finds(2, 1, RECORDS);
    }

    @Test
    void findsADocumentHeaderThatSaysUnfinished() throws IOException {
        Rig.patch(file, frames[250] - 4, new byte[] {0, 0, 0, (byte) 0x80});
        finds(250, 249, RECORDS);
    }

    @Test
    void findsADocumentHeaderWithAWrongLength() throws IOException {
        Rig.patch(file, frames[250] - 4, new byte[] {4, 1, 0, 0});
        finds(250, 249, RECORDS);
    }

    @Test
    void findsADocumentHeaderLongerThanTheFile() throws IOException {
        Rig.patch(file, frames[250] - 4, new byte[] {0, 0, 0, 0x3F});
        finds(250, 249, RECORDS);
    }

    @Test
    void findsAnEndMarkInTheMiddle() throws IOException {
        Rig.patch(file, frames[250] - 4, new byte[] {0, 0, 0, (byte) 0xC0});
        finds(250, 249, RECORDS);
    }

    @Test
    void findsAZeroedPage() throws IOException {
        final long page = (frames[250] & -4096L) + 4096;
        Rig.patch(file, page, new byte[4096]);
        int first = 1;
        while (frames[first + 1] <= page) {
            first++;
        }
        int last = first;
        while (last < RECORDS && frames[last + 1] < page + 4096) {
            last++;
        }
        finds(first, last, RECORDS - (last - first + 1));
    }

    @Test
    void findsThatTheFileBeginsWithNothing() throws IOException {
        Rig.patch(file, 0, new byte[(int) frames[3] + 8]);
        finds(1, 3, RECORDS - 3);
    }

    @Test
    void findsATruncatedFile() throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(frames[400] + 10);
        }
        finds(400, RECORDS, 399);
    }

    @Test
    void findsAZeroedEnd() throws IOException {
        Rig.patch(file, frames[RECORDS] - 4, new byte[100]);
        finds(RECORDS, RECORDS, RECORDS - 1);
    }

    @Test
    void findsAZeroedHeaderOfTheLastRecordAndKeepsIt() throws IOException {
        Rig.patch(file, frames[RECORDS] - 4, new byte[4]);
        finds(RECORDS, RECORDS - 1, RECORDS);
    }

    @Test
    void findsADocumentHeaderThatSaysChroniclesOwn() throws IOException {
        Rig.patch(file, frames[250] - 1, new byte[] {0x40});
        finds(250, 249, RECORDS);
    }

    @Test
    void findsThatTheFileIsGone() throws IOException {
        Files.delete(file);
        finds(1, RECORDS, 0);
    }

    @Test
    void findsADamagedFileBehindTheCheckpointToo() throws IOException {
        Files.delete(rig.directory.resolve(Checkpoint.NAME));
        Rig.patch(file, frames[250] + Frame.HEADER_LENGTH, new byte[40]);
        rig.open();
        assertThat(rig.journal.scan().damage()).singleElement().satisfies(found -> {
            assertThat(found.firstSequence()).isEqualTo(250);
            assertThat(found.lastSequence()).isEqualTo(250);
        });
        sealedAndGoingOn(RECORDS - 1);
        rig.reopen();
        assertThat(rig.journal.scan().damage()).as("told once").isEmpty();
    }

    @Test
    void distrustsADamagedCheckpoint() throws IOException {
        Rig.patch(rig.directory.resolve(Checkpoint.NAME), 30, new byte[] {77});
        rig.open();
        assertThat(rig.journal.scan().checkpointSequence()).isZero();
        assertThat(rig.journal.scan().records()).isEqualTo(RECORDS);
        assertThat(rig.journal.scan().damage()).isEmpty();
    }

    @Test
    void survivesDamageAnywhere() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final byte[] sound = Files.readAllBytes(file);
        final List<Seen> all = rig.read();
        final long begin = frames[1] - 4;
        final long end = frames[RECORDS] + 90;
        for (int round = 0; round < 400; round++) {
            final byte[] damaged = sound.clone();
            final int at = (int) (begin + random.nextLong(end - begin));
            final int length = 1 + random.nextInt(random.nextBoolean() ? 4 : 2_000);
            for (int i = at; i < Math.min(end, at + length); i++) {
                damaged[i] = (byte) random.nextInt();
            }
            Files.write(file, damaged);
            final List<Seen> seen = rig.read();
            assertThat(all).containsAll(seen);
            assertThat(seen).as("round %d", round).hasSizeGreaterThan(RECORDS - 4 - length / 80);
            if (seen.size() < RECORDS) {
                assertThat(Journal.openReadOnly(rig.directory).check().damage())
                        .as("round %d", round)
                        .isNotEmpty();
            }
        }
        Files.write(file, sound);
    }

    /** Every reader and the check find it at once; the reader of a reopened journal steps over it to the new records. */
    private void finds(final long first, final long last, final int readable) throws IOException {
        final JournalCheck check = Journal.openReadOnly(rig.directory).check();
        assertThat(check.sound()).isFalse();
        assertThat(check.damage().getFirst().firstSequence()).isEqualTo(first);
        assertThat(check.damage().getLast().lastSequence()).isEqualTo(last);
        assertThat(check.records()).isEqualTo(readable);
        rig.open();
        sealedAndGoingOn(readable);
    }

    private void sealedAndGoingOn(final int readable) throws IOException {
        final int found = rig.journal.scan().damage().size();
        final int device = rig.session("obu-1", 8);
        for (int number = 1; number <= 10; number++) {
            rig.message(device, number);
        }
        rig.work();
        final List<Seen> live = Rig.read(rig.journal.reader(1));
        assertThat(live).hasSize(readable + found + 11).isEqualTo(rig.read());
        assertThat(live.getLast().number()).isEqualTo(10);
        assertThat(live.getLast().sequence()).isEqualTo(RECORDS + found + 11);
        assertThat(rig.count(Counter.JOURNAL_DAMAGE)).isPositive();
        final List<Seen> sealed =
                live.stream().filter(seen -> seen.kind() == SEALED).toList();
        assertThat(sealed).hasSize(found);
        for (int i = 0; i < found; i++) {
            final DamageSealed record = DamageSealed.parseFrom(sealed.get(i).payload());
            assertThat(record.getFirstSequence())
                    .isEqualTo(rig.journal.scan().damage().get(i).firstSequence());
        }
    }
}
