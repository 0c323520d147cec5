package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.journal.Rig.Seen;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Damages a journal of several runs and files at 1,000 random places at once: whatever is not a record any more is named, every
 * record that still is one is served as it was written.
 */
final class ManyDamagesTest {
    private static final int PLACES = 1_000;
    private static final int RUNS = 3;
    private static final int FILES_A_RUN = 4;
    private static final int RECORDS_A_FILE = 4_000;

    @TempDir
    private Path directory;

    private Rig rig;
    private Random random;
    private final List<Stored> stored = new ArrayList<>();
    private List<Seen> all;

    private static final int LAST_GROUPS = 200;

    /** Where a record lies. */
    private record Stored(int file, long header, long end) {}

    @BeforeEach
    void write() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        random = new Random(seed);
        rig = new Rig(directory.resolve("journal"));
        for (int run = 1; run <= RUNS; run++) {
            rig.open();
            final int device = rig.session("obu-" + run % 2, run);
            for (int i = 1; i <= FILES_A_RUN * RECORDS_A_FILE; i++) {
                rig.message(device, i);
                if (i % 100 == 0) {
                    rig.work();
                    rig.sync();
                }
                rig.nowNs += i % RECORDS_A_FILE == 0 ? Rig.HOUR_NS : 1_000;
            }
            rig.journal.close();
        }
        try (JournalReader reader = Journal.openReadOnly(rig.directory).reader(1)) {
            final List<String> names = new ArrayList<>();
            while (reader.next()) {
                if (names.isEmpty() || !names.getLast().equals(reader.file())) {
                    names.add(reader.file());
                }
                stored.add(new Stored(
                        names.size() - 1, reader.recordPosition() - FileWalker.HEADER, reader.nextPosition()));
            }
        }
        all = rig.read();
        assertThat(rig.files()).hasSize(RUNS * FILES_A_RUN);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void findsEveryDamageAndServesEveryOtherRecord() throws IOException {
        final List<byte[]> sound = contents();
        for (int i = 0; i < PLACES; i++) {
            damageOne(stored.get(random.nextInt(stored.size())));
        }
        final List<byte[]> damaged = contents();
        final BitSet intact = new BitSet();
        final BitSet touched = new BitSet();
        for (int i = 0; i < stored.size(); i++) {
            final Stored at = stored.get(i);
            final byte[] before = sound.get(at.file());
            final byte[] after = damaged.get(at.file());
            final int frame = (int) at.header() + FileWalker.HEADER;
            intact.set(i, Arrays.equals(before, frame, (int) at.end(), after, frame, (int) at.end()));
            touched.set(i, !Arrays.equals(before, (int) at.header(), (int) at.end(), after, (int) at.header(), (int)
                    at.end()));
        }
        System.out.println(touched.cardinality() + " records touched, " + intact.cardinality() + " of " + stored.size()
                + " intact");
        assertThat(intact.cardinality()).isBetween(stored.size() / 2, stored.size() - PLACES / 4);

        final JournalReader reader = Journal.openReadOnly(rig.directory).reader(1);
        assertThat(Rig.read(reader))
                .isEqualTo(intact.stream().mapToObj(all::get).toList());
        final BitSet named = new BitSet();
        final BitSet near = new BitSet();
        for (final Damage found : reader.damage()) {
            named.set((int) found.firstSequence() - 1, (int) found.lastSequence());
            near.set((int) Math.max(0, found.firstSequence() - 2), (int) found.lastSequence() + 1);
        }
        final BitSet lost = new BitSet();
        lost.set(0, stored.size());
        lost.andNot(intact);
        assertThat(named).as("what is named is what is lost").isEqualTo(lost);
        touched.andNot(near);
        assertThat(touched).as("touched but not told of").isEqualTo(new BitSet());

        final JournalCheck check = Journal.openReadOnly(rig.directory).check();
        assertThat(check.sound()).isFalse();
        assertThat(check.records()).isEqualTo(intact.cardinality());
        assertThat(check.damage()).isEqualTo(reader.damage());
    }

    @Test
    void goesOnBehindIt() throws IOException {
        for (int i = 0; i < PLACES; i++) {
            // Not the last ones: without the checkpoint nothing else says that they had been synced.
            damageOne(stored.get(random.nextInt(stored.size() - LAST_GROUPS)));
        }
        Files.delete(rig.directory.resolve(Checkpoint.NAME));
        final List<Seen> readable = rig.read();
        rig.open();
        final int device = rig.session("obu-1", 9);
        rig.message(device, 1);
        rig.work();
        final int sealed = rig.journal.scan().damage().size();
        final List<Seen> again = rig.read();
        assertThat(sealed).isPositive();
        assertThat(again.subList(0, readable.size())).isEqualTo(readable);
        assertThat(again).hasSize(readable.size() + sealed + 2);
        assertThat(again.getLast().number()).isEqualTo(1);
    }

    private List<byte[]> contents() throws IOException {
        final List<byte[]> contents = new ArrayList<>();
        for (final Path file : rig.files()) {
            contents.add(Files.readAllBytes(file));
        }
        return contents;
    }

    private void damageOne(final Stored at) throws IOException {
        final long place = at.header() + random.nextLong(at.end() - at.header());
        final byte[] bytes = switch (random.nextInt(5)) {
            case 0 -> flipped(at.file(), place);
            case 1 -> new byte[1 + random.nextInt(random.nextBoolean() ? 60 : 3_000)];
            case 2 -> garbage();
            case 3 -> flipped(at.file(), at.header() + random.nextInt(FileWalker.HEADER));
            default -> header((int) (at.end() - at.header()));
        };
        final boolean header = bytes.length == FileWalker.HEADER;
        try (RandomAccessFile file =
                new RandomAccessFile(rig.files().get(at.file()).toFile(), "rw")) {
            file.seek(header ? at.header() : place);
            file.write(bytes, 0, (int) Math.min(bytes.length, file.length() - file.getFilePointer()));
        }
    }

    private byte[] flipped(final int index, final long place) throws IOException {
        final byte[] one = new byte[1];
        try (RandomAccessFile file = new RandomAccessFile(rig.files().get(index).toFile(), "r")) {
            file.seek(place);
            file.readFully(one);
        }
        one[0] ^= (byte) (1 << random.nextInt(8));
        return one;
    }

    private byte[] garbage() {
        final byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 60 : 3_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** A header that means something else: nothing, unfinished, Chronicle's own, too long, too short. */
    private byte[] header(final int length) {
        final int[] headers = {
            0,
            0x8000_0000,
            0xC000_0000,
            0x4000_0000 | length - FileWalker.HEADER,
            0x4000_0000 | length * 7,
            length * 9,
            0x3FFF_FFFF,
            0x7FFF_FFFF,
            length - 8,
            4
        };
        return ByteBuffer.allocate(FileWalker.HEADER)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(headers[random.nextInt(headers.length)])
                .array();
    }
}
