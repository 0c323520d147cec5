package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

final class FollowTest {
    @TempDir
    private Path directory;

    private Rig rig;
    private int device;
    private long number;

    @BeforeEach
    void open() {
        rig = new Rig(directory.resolve("journal")).open();
        device = rig.session("obu-1", 7);
        append(10);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void goesOnBehindWhatIsAppended() {
        try (JournalReader reader = follow(1)) {
            sees(reader, 1, 11);
            for (int i = 0; i < 5; i++) {
                append(3);
                sees(reader, 12 + 3 * i, 14 + 3 * i);
            }
        }
    }

    @Test
    void goesOnInTheNextFile() {
        try (JournalReader reader = follow(1)) {
            sees(reader, 1, 11);
            append(2);
            rig.nowNs += Rig.HOUR_NS;
            append(3);
            sees(reader, 12, 16);
            for (int i = 0; i < 3; i++) {
                rig.nowNs += Rig.HOUR_NS;
                append(1);
                sees(reader, 17 + i, 17 + i);
            }
        }
    }

    @Test
    void goesOnInTheNextRun() {
        try (JournalReader reader = follow(1)) {
            sees(reader, 1, 11);
            for (int i = 0; i < 3; i++) {
                append(1);
                rig.reopen();
                rig.session("obu-1", 7);
                append(1);
                sees(reader, 12 + 3 * i, 14 + 3 * i);
            }
        }
    }

    @Test
    void goesOnBehindAProcessThatWasKilled() throws IOException {
        try (JournalReader reader = follow(1)) {
            sees(reader, 1, 11);
            final long end;
            try (JournalReader last = Journal.openReadOnly(rig.directory).reader(11)) {
                assertThat(last.next()).isTrue();
                end = last.nextPosition();
            }
            rig.journal.close();
            final ByteBuffer unfinished = ByteBuffer.allocate(60).order(ByteOrder.LITTLE_ENDIAN);
            unfinished.putInt(0x8000_0040).putInt(Frame.MAGIC).putInt(40).putLong(12);
            Rig.patch(rig.files().getFirst(), end, unfinished.array());
            sees(reader, 12, 11);
            rig.open();
            rig.session("obu-1", 7);
            append(2);
            sees(reader, 12, 14);
        }
    }

    @Test
    void beginsWhereNothingIsYet() {
        try (JournalReader reader = follow(15)) {
            sees(reader, 15, 14);
            append(1);
            sees(reader, 15, 14);
            rig.nowNs += Rig.HOUR_NS;
            append(5);
            sees(reader, 15, 17);
        }
        rig.nowNs += 10;
        try (JournalReader reader = Journal.openReadOnly(rig.directory).followAt(rig.nowNs)) {
            sees(reader, 18, 17);
            append(1);
            sees(reader, 18, 18);
        }
    }

    @Test
    void beginsInAnEmptyJournal() {
        rig.close();
        final Path other = directory.resolve("other");
        rig = new Rig(other).open();
        try (JournalReader reader = Journal.openReadOnly(other).follow(1)) {
            sees(reader, 1, 0);
            device = rig.session("obu-2", 1);
            append(1);
            sees(reader, 1, 2);
        }
    }

    /** The live end may be damaged too: told once, and what comes behind is read. */
    @Test
    void stepsOverDamageAtTheEnd() throws IOException {
        try (JournalReader reader = follow(11)) {
            assertThat(reader.next()).isTrue();
            append(1);
            try (JournalReader last = Journal.openReadOnly(rig.directory).reader(12)) {
                assertThat(last.next()).isTrue();
                Rig.patch(rig.files().getFirst(), last.recordPosition() + Frame.HEADER_LENGTH, new byte[] {1, 2, 3});
            }
            for (int i = 0; i < 3; i++) {
                assertThat(reader.next()).isFalse();
                assertThat(reader.damage())
                        .singleElement()
                        .satisfies(found -> assertThat(found.firstSequence()).isEqualTo(12));
            }
            append(2);
            assertThat(reader.next()).isTrue();
            assertThat(reader.sequence()).isEqualTo(13);
            assertThat(reader.damage())
                    .singleElement()
                    .satisfies(found -> assertThat(found.lastSequence()).isEqualTo(12));
        }
    }

    @Test
    @Timeout(60)
    void seesEverythingInOrderWhileAnotherWrites() throws Exception {
        final int records = 60_000;
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        final AtomicBoolean ended = new AtomicBoolean();
        final Thread writer = new Thread(() -> {
            try {
                for (int i = 1; i <= records; i++) {
                    append(1);
                    rig.nowNs += i % 2_000 == 0 ? Rig.HOUR_NS : 1_000;
                    if (i % 15_000 == 0) {
                        rig.reopen();
                        rig.session("obu-1", 7);
                    }
                }
                rig.work();
            } catch (final RuntimeException | Error e) {
                failure.set(e);
            } finally {
                ended.set(true);
            }
        });
        try (JournalReader reader = follow(1)) {
            writer.start();
            long expected = 1;
            boolean last = false;
            while (!last) {
                last = ended.get();
                while (reader.next()) {
                    assertThat(reader.sequence()).isEqualTo(expected++);
                }
                assertThat(reader.damage()).isEmpty();
            }
            writer.join();
            assertThat(failure.get()).isNull();
            assertThat(expected).isEqualTo(11 + records + 4 + 1);
        }
        assertThat(JournalFile.lastRun(rig.directory)).isEqualTo(5);
    }

    private JournalReader follow(final long from) {
        return Journal.openReadOnly(rig.directory).follow(from);
    }

    private void append(final int count) {
        for (int i = 0; i < count; i++) {
            rig.message(device, ++number);
            rig.work();
        }
    }

    /** The records from the first to the last, then nothing, and no damage; asked twice. */
    private static void sees(final JournalReader reader, final long first, final long last) {
        for (long sequence = first; sequence <= last; sequence++) {
            assertThat(reader.next()).as("record %d", sequence).isTrue();
            assertThat(reader.sequence()).isEqualTo(sequence);
        }
        assertThat(reader.next()).isFalse();
        assertThat(reader.next()).isFalse();
        assertThat(reader.damage()).isEmpty();
    }
}
