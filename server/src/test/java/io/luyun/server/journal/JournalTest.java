package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Rig.Seen;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JournalTest {
    @TempDir
    private Path directory;

    private Rig rig;

    @BeforeEach
    void open() {
        rig = new Rig(directory.resolve("journal")).open();
    }

    @AfterEach
    void close() {
        rig.close();
        assertThat(rig.errors).isEmpty();
    }

    @Test
    void readsWhatWasAppended() {
        final int device = rig.session("obu-1", 7);
        for (int number = 1; number <= 1_000; number++) {
            rig.message(device, number);
        }
        rig.work();
        try (JournalReader live = rig.journal.reader(1)) {
            final List<Seen> seen = Rig.read(live);
            assertThat(seen).hasSize(1_001).isEqualTo(rig.read());
            for (int i = 1; i < seen.size(); i++) {
                assertThat(seen.get(i))
                        .isEqualTo(new Seen(
                                i + 1, Rig.BSM, device, i, 7, rig.nowNs, ByteBuffer.wrap(Rig.payload(device, i))));
            }
        }
        assertThat(rig.taken).hasSize(1_001);
        assertThat(rig.taken.getLast().sequence())
                .isEqualTo(1_001)
                .isEqualTo(rig.journal.writer().appendedSequence());
        assertThat(rig.journal.devices().idOf(device)).isEqualTo("obu-1");
        rig.sync();
        assertThat(rig.synced).containsExactly(1_001L);
    }

    @Test
    void readsFromTheMiddleAndGoesOnLive() {
        final int device = rig.session("obu-1", 7);
        for (int number = 1; number <= 100; number++) {
            rig.message(device, number);
        }
        rig.work();
        try (JournalReader reader = rig.journal.reader(51)) {
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(51);
            while (reader.next()) {
                assertThat(reader.number()).isEqualTo(reader.sequence() - 1);
            }
            rig.nowNs += Rig.HOUR_NS;
            rig.message(device, 101);
            rig.work();
            assertThat(reader.next()).isTrue();
            assertThat(reader.number()).isEqualTo(101);
            assertThat(reader.next()).isFalse();
        }
        assertThat(rig.read()).hasSize(102);
    }

    @Test
    void takesAMessageOnce() {
        final int device = rig.session("obu-1", 7);
        rig.message(device, 1);
        rig.message(device, 2);
        rig.message(device, 1);
        rig.message(device, 2);
        rig.message(device, 5);
        rig.message(device, 4);
        rig.work();
        assertThat(rig.count(Counter.JOURNAL_DUPLICATES)).isEqualTo(3);
        assertThat(rig.read()).extracting(Seen::number).containsExactly(0L, 1L, 2L, 5L);
        assertThat(rig.taken.get(3)).isEqualTo(new Rig.Taken(rig.sessions.get(device), Rig.BSM, 1, 3, true));
    }

    @Test
    void takesAMessageOnceAcrossReopeningsAndEpochs() {
        for (int round = 0; round < 6; round++) {
            final long epoch = 100L + round % 3;
            final int device = rig.session("obu-1", epoch);
            final int other = rig.session("obu-2", epoch);
            assertThat(other).isNotEqualTo(device);
            rig.work();
            final long highest = round < 3 ? 0 : (round - 2) * 10L;
            assertThat(rig.taken.get(rig.taken.size() - 2).number()).isEqualTo(highest);
            for (int number = 1; number <= (round + 1) * 10; number++) {
                rig.message(device, number);
            }
            rig.work();
            rig.reopen();
        }
        assertThat(Journal.openReadOnly(rig.directory).check().sound()).isTrue();
        assertThat(rig.read()).filteredOn(seen -> seen.kind() == Rig.BSM).hasSize(40 + 50 + 60);
    }

    @Test
    void keepsTheHighestNumberWithoutACheckpoint() throws Exception {
        final int device = rig.session("obu-1", 7);
        rig.message(device, 9);
        rig.work();
        rig.journal.close();
        Files.delete(rig.directory.resolve(Checkpoint.NAME));
        rig.open();
        assertThat(rig.journal.scan().checkpointSequence()).isZero();
        assertThat(rig.journal.scan().records()).isEqualTo(2);
        assertThat(rig.session("obu-1", 7)).isEqualTo(device);
        rig.message(device, 9);
        rig.work();
        assertThat(rig.count(Counter.JOURNAL_DUPLICATES)).isEqualTo(1);
        assertThat(rig.taken).extracting(Rig.Taken::number).endsWith(9L, 9L);
    }

    @Test
    void scansOnlyWhatIsBehindTheCheckpoint() throws Exception {
        final int device = rig.session("obu-1", 7);
        rig.message(device, 1);
        rig.work();
        rig.reopen();
        assertThat(rig.journal.scan().records()).isZero();
        assertThat(rig.journal.scan().checkpointSequence()).isEqualTo(2);
        rig.journal.close();
        Files.delete(rig.directory.resolve(Checkpoint.NAME));
        rig.open();
        assertThat(rig.journal.scan().records()).isEqualTo(2);
        rig.reopen();
        assertThat(rig.journal.scan().records()).as("nothing was written since").isZero();
        assertThat(rig.journal.scan().lastSequence()).isEqualTo(2);
    }

    @Test
    void dropsMessagesOfASessionThatIsNotCurrent() {
        final int device = rig.session("obu-1", 7);
        final long old = rig.sessions.get(device);
        rig.message(device, 1);
        rig.session("obu-1", 7);
        rig.offer(Rig.BSM, device, 2, old, Rig.payload(device, 2));
        rig.message(device, 2);
        rig.offer(RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE, device, 0, old, new byte[0]);
        rig.message(device, 3);
        rig.offer(RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE, device, 0, rig.sessions.get(device), new byte[0]);
        rig.message(device, 4);
        rig.offer(Rig.BSM, 999, 4, 12, new byte[8]);
        rig.work();
        assertThat(rig.count(Counter.JOURNAL_STALE)).isEqualTo(3);
        assertThat(rig.read())
                .filteredOn(seen -> seen.kind() == Rig.BSM)
                .extracting(Seen::number)
                .containsExactly(1L, 2L, 3L);
        rig.reopen();
        rig.message(device, 5);
        rig.work();
        assertThat(rig.count(Counter.JOURNAL_STALE)).isEqualTo(4);
    }

    @Test
    void sessionNumbersNeverComeTwice() {
        final long first = rig.journal.devices().newSessionId();
        rig.reopen();
        assertThat(rig.journal.devices().newSessionId()).isGreaterThan(first);
        rig.reopen();
        assertThat(rig.journal.devices().newSessionId()).isGreaterThan(first).isLessThan(1L << 59);
    }

    @Test
    void timeOnlyGoesForwards() {
        rig.journal.close();
        rig.config = Rig.config(rig.directory, 100);
        rig.open();
        final int device = rig.session("obu-1", 7);
        final long[] jumps = {
            0, 2 * Rig.HOUR_NS, -2 * Rig.HOUR_NS, -Rig.HOUR_NS / 2, 500_000_000, -500_000_000, 30 * Rig.HOUR_NS
        };
        long number = 0;
        for (final long jump : jumps) {
            rig.nowNs += jump;
            for (int i = 0; i < 20; i++) {
                rig.nowNs += 50_000_000;
                rig.message(device, ++number);
                rig.work();
            }
            if (jump < 0) {
                rig.reopen();
                rig.session("obu-1", 7);
            }
        }
        final List<Seen> seen = rig.read();
        assertThat(seen).filteredOn(record -> record.kind() == Rig.BSM).hasSize((int) number);
        assertThat(seen)
                .filteredOn(record -> record.kind() == RecordKind.RECORD_KIND_TICK_VALUE)
                .hasSizeBetween(60, 80);
        for (int i = 1; i < seen.size(); i++) {
            assertThat(seen.get(i).sequence()).isEqualTo(i + 1);
            assertThat(seen.get(i).timeNs())
                    .isGreaterThanOrEqualTo(seen.get(i - 1).timeNs());
        }
        assertThat(Rig.read(rig.journal.reader(1))).isEqualTo(seen);
    }

    @Test
    void hasOneWriter() {
        assertThatThrownBy(() -> new Rig(rig.directory).open())
                .isInstanceOf(JournalException.class)
                .hasMessage("the journal " + rig.directory + " is in use by process "
                        + ProcessHandle.current().pid());
    }

    @Test
    void opensWhatAPowerCutLeftWithoutItsFormat() throws IOException {
        rig.close();
        Files.write(rig.directory.resolve("format"), new byte[0]);
        rig = new Rig(rig.directory).open();
        rig.close();
        assertThat(rig.directory.resolve("format")).hasContent("luyun journal 1");
    }

    @Test
    void refusesAnotherFormat() throws IOException {
        rig.close();
        Files.writeString(rig.directory.resolve("format"), "luyun journal 9\n");
        final Rig other = new Rig(rig.directory);
        assertThatThrownBy(other::open)
                .isInstanceOf(JournalException.class)
                .hasMessage("the journal " + rig.directory + " has another format: luyun journal 9");
        assertThatThrownBy(() -> Journal.openReadOnly(rig.directory))
                .isInstanceOf(JournalException.class)
                .hasMessage("the journal " + rig.directory + " has another format: luyun journal 9");
    }

    @Test
    void readsOnWhenTheFileFormatIsDamaged() throws IOException {
        rig.message(rig.session("obu-1", 7), 1);
        rig.work();
        rig.close();
        Files.writeString(rig.directory.resolve("format"), "luyun kournal 1\n");
        assertThat(Journal.openReadOnly(rig.directory).check().records()).isEqualTo(2);
        assertThat(Journal.openReadOnly(rig.directory).findings())
                .containsExactly("the file format is not sound; a server does not start on this journal");
    }

    @Test
    void refusesWhenFullAndTakesAgain() {
        final int device = rig.session("obu-1", 7);
        final long session = rig.sessions.get(device);
        final var payload = new org.agrona.concurrent.UnsafeBuffer(new byte[1_000]);
        int offered = 0;
        while (rig.journal.writer().offer(Rig.BSM, device, offered + 1, session, rig.nowNs, payload, 0, 1_000)) {
            offered++;
        }
        assertThat(offered).isGreaterThan(900);
        assertThat(rig.count(Counter.JOURNAL_INTAKE_FULL)).isEqualTo(1);
        rig.work();
        rig.message(device, offered + 1);
        rig.work();
        assertThat(rig.read()).hasSize(offered + 2);
    }
}
