package io.luyun.server.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.server.journal.Rig.Seen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Seeks in a journal of several files and runs, sound and damaged, and compares with what a reading from the start finds. */
final class SeekTest {
    @TempDir
    private Path directory;

    private Rig rig;
    private Random random;

    @BeforeEach
    void write() {
        final long seed = System.nanoTime();
        System.out.println("seed " + seed);
        random = new Random(seed);
        rig = new Rig(directory.resolve("journal"));
        long number = 0;
        for (int run = 1; run <= 3; run++) {
            rig.open();
            final int device = rig.session("obu-1", run);
            for (int i = 0; i < 500; i++) {
                // Many records have the time of the one before; now and then one is long.
                rig.nowNs += random.nextInt(3) == 0 ? 1_000_000 : 0;
                rig.nowNs += i % 170 == 169 ? Rig.HOUR_NS : 0;
                final byte[] payload =
                        i == 1 || random.nextInt(200) == 0 ? new byte[100_000] : Rig.payload(device, number);
                rig.offer(Rig.BSM, device, ++number, rig.sessions.get(device), payload);
                rig.work();
            }
            if (run < 3) {
                rig.journal.close();
            }
        }
        // The last run stays open: its file is sparse, and has no end.
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void comesToEverySequence() {
        final List<Seen> all = rig.read();
        final JournalArchive archive = Journal.openReadOnly(rig.directory);
        assertThat(archive.files()).hasSizeGreaterThan(6);
        for (long from = 0; from <= all.size() + 1; from++) {
            try (JournalReader reader = archive.reader(from)) {
                assertThat(reader.next()).isEqualTo(from <= all.size());
                if (from <= all.size()) {
                    assertThat(reader.sequence()).isEqualTo(Math.max(1, from));
                    assertThat(reader.receivedAtNs())
                            .isEqualTo(all.get((int) Math.max(1, from) - 1).timeNs());
                }
                assertThat(reader.damage()).isEmpty();
            }
        }
        assertThat(archive.lastSequence()).isEqualTo(all.size());
        assertThat(archive.lastTimeNs()).isEqualTo(all.getLast().timeNs());
    }

    @Test
    void comesToTheFirstRecordOfEveryTime() {
        final List<Seen> all = rig.read();
        for (int i = 0; i < all.size(); i += 1 + random.nextInt(4)) {
            comesTo(all, all.get(i).timeNs());
            comesTo(all, all.get(i).timeNs() + 1);
        }
        comesTo(all, 1);
        comesTo(all, all.getLast().timeNs() + Rig.HOUR_NS);
    }

    @Test
    void neverPassesWhatIsSoughtWhateverIsDamaged() throws IOException {
        rig.journal.close();
        final JournalArchive archive = Journal.openReadOnly(rig.directory);
        for (int round = 0; round < 12; round++) {
            final Path file = rig.files().get(random.nextInt(rig.files().size()));
            final byte[] sound = Files.readAllBytes(file);
            for (int i = 0; i < 8; i++) {
                final byte[] noise = new byte[1 + random.nextInt(i == 0 ? 40_000 : 20)];
                if (i % 2 == 0) {
                    random.nextBytes(noise);
                }
                Rig.patch(file, random.nextInt(sound.length - noise.length), noise);
            }
            final List<Damage> damage;
            final List<Seen> all;
            try (JournalReader reader = archive.reader(1)) {
                all = Rig.read(reader);
                damage = reader.damage();
            }
            for (int i = 0; i < 12; i++) {
                final long from = 1L + random.nextInt((int) all.getLast().sequence());
                final List<Seen> expected =
                        all.stream().filter(seen -> seen.sequence() >= from).toList();
                final long before = all.stream()
                        .mapToLong(Seen::sequence)
                        .filter(sequence -> sequence < from)
                        .max()
                        .orElse(0);
                final JournalReader reader = archive.reader(from);
                assertThat(Rig.read(reader)).as("round %d from %d", round, from).isEqualTo(expected);
                assertThat(reader.damage().stream().filter(found -> found.firstSequence() > before + 1))
                        .as("round %d from %d", round, from)
                        .containsExactlyElementsOf(damage.stream()
                                .filter(found -> found.firstSequence() > before + 1)
                                .toList());
                assertThat(reader.damage()).allMatch(found -> found.firstSequence() > before);
                assertThat(reader.damage().isEmpty())
                        .isEqualTo(damage.stream().noneMatch(found -> found.firstSequence() > before));
            }
            assertThat(archive.lastSequence()).isEqualTo(all.getLast().sequence());
            Files.write(file, sound);
        }
    }

    /** Wherever a frame begins and however long it is, it is found from its own place and from the one before. */
    @Test
    void findsEveryFrameFromItsPlace() throws IOException {
        final JournalFile file = JournalFile.list(rig.directory).getFirst();
        final long last = JournalFile.list(rig.directory).get(1).firstSequence() - 1;
        int large = 0;
        try (JournalReader reader = Journal.openReadOnly(rig.directory).reader(1);
                OpenFile open = OpenFile.open(file.path());
                FrameFinder finder = new FrameFinder(open)) {
            while (reader.next() && reader.sequence() <= last) {
                large += reader.payloadLength() > 50_000 ? 1 : 0;
                for (final long from : new long[] {reader.recordPosition(), reader.recordPosition() - 4}) {
                    assertThat(finder.find(from, Long.MAX_VALUE)).isEqualTo(reader.recordPosition());
                    assertThat(finder.sequence()).isEqualTo(reader.sequence());
                }
            }
        }
        assertThat(large).isPositive();
    }

    /** It does so by looking at a few places, not by reading. */
    @Test
    void readsLittle() throws IOException {
        final List<Seen> all = rig.read();
        final JournalFile file = JournalFile.list(rig.directory).getFirst();
        final long size = Files.size(file.path());
        final List<Long> far = new ArrayList<>();
        for (final Seen wanted : all.subList(1, 170)) {
            final FrameFinder.Place place = Seek.near(file, Seek.Key.SEQUENCE, wanted.sequence());
            final long landed = place == null ? 0 : place.sequence();
            assertThat(landed).isLessThan(wanted.sequence());
            far.add(wanted.sequence() - landed);
        }
        System.out.println("of " + size + " bytes at most "
                + far.stream().mapToLong(Long::longValue).max() + " records read");
        assertThat(far).allMatch(records -> records <= 60);
    }

    private void comesTo(final List<Seen> all, final long timeNs) {
        final Seen expected =
                all.stream().filter(seen -> seen.timeNs() >= timeNs).findFirst().orElse(null);
        try (JournalReader reader = Journal.openReadOnly(rig.directory).readerAt(timeNs)) {
            assertThat(reader.next()).isEqualTo(expected != null);
            if (expected != null) {
                assertThat(reader.sequence()).isEqualTo(expected.sequence());
            }
            assertThat(reader.damage()).isEmpty();
        }
    }
}
