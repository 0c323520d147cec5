package io.luyun.server.exchange.mcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.luyun.server.exchange.SampleJournal;
import io.luyun.server.exchange.intake.MergedSources;
import io.luyun.server.exchange.intake.NewRecording;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.agrona.concurrent.EpochNanoClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever stands in a file, the reader says so or reads on, and sets nothing aside that the file does not have. */
final class McapFuzzTest {
    private static final int ROUNDS = 800;

    private static final int IMPORTS = 30;

    /** A chunk may be as long, packed and unpacked, and rooms are made twice as long as they must be. */
    private static final long MOST_ALLOCATED = 5L * ChunkReader.MOST;

    @TempDir
    private Path directory;

    @Test
    void damageIsSaidAndNotThrown() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("McapFuzzTest seed " + seed);
        final Random random = new Random(seed);
        final byte[] packed = small();
        final byte[] bare = bare();
        final Path file = directory.resolve("fuzz.mcap");
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int lost = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Files.write(file, mutated(round % 2 == 0 ? packed : bare, random));
            final long before = threads.getCurrentThreadAllocatedBytes();
            try (McapReader reader = new McapReader(file)) {
                while (reader.next()) {
                    assertThat(reader.offset() + reader.length()).isLessThanOrEqualTo(reader.bytes().length);
                }
                lost += reader.lost() > 0 ? 1 : 0;
            } catch (final McapException e) {
                assertThat(e).hasMessageContaining("fuzz.mcap");
            } catch (final RuntimeException | IOException | OutOfMemoryError e) {
                fail("seed " + seed + " round " + round, e);
            }
            assertThat(threads.getCurrentThreadAllocatedBytes() - before)
                    .as("octets in round %s of seed %s", round, seed)
                    .isLessThan(MOST_ALLOCATED);
        }
        assertThat(lost).isGreaterThan(ROUNDS / 4);
    }

    @Test
    void whatAJournalIsMadeOfIsAlwaysAJournal() throws IOException {
        final long seed = System.nanoTime();
        System.out.println("McapFuzzTest seed " + seed);
        final Random random = new Random(seed);
        small();
        final byte[] bare = bare();
        final Path file = directory.resolve("fuzz.mcap");
        long records = 0;
        for (int round = 0; round < IMPORTS; round++) {
            Files.write(file, mutated(bare, random));
            final Path data = directory.resolve("back" + round);
            try (McapImport source = new McapImport(file);
                    NewRecording recording = new NewRecording(data, McapFuzzTest::open)) {
                new MergedSources(List.of(source)).give(recording, (timeNs, given) -> {});
                records += recording.records();
            } catch (final McapException e) {
                assertThat(e).hasMessageContaining("fuzz.mcap");
            }
            if (Files.isDirectory(data.resolve("journal"))) {
                assertThat(Journal.openReadOnly(data.resolve("journal")).check().sound())
                        .as("seed %s round %s", seed, round)
                        .isTrue();
            }
        }
        assertThat(records).isPositive();
    }

    private static Journal open(final Path at, final EpochNanoClock clock) {
        final JournalConfig config =
                new JournalConfig(at.toString(), 2_000, 256, 2_048, 1, "FAST_DAILY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, clock, new Counters(), new Latencies(), error -> fail("", error));
    }

    /** The first chunk of the file, not packed and without checksums, so that mutations reach what is within. */
    private byte[] bare() throws IOException {
        final Octets file = new Octets(1 << 16);
        file.u64(Opcode.MAGIC);
        try (McapInput in = new McapInput(directory.resolve("whole.mcap"), 8)) {
            final byte[] head = new byte[Opcode.HEAD];
            final ChunkReader chunk = new ChunkReader();
            while (chunk.length() == 0) {
                in.read(head, Opcode.HEAD);
                final OctetReader record = new OctetReader().on(head, 0, Opcode.HEAD);
                if (record.u8() == Opcode.CHUNK) {
                    chunk.read(in, record.u64());
                } else {
                    in.skip(record.u64());
                }
            }
            final int begun = file.begin(Opcode.CHUNK);
            file.u64(0);
            file.u64(0);
            file.u64(chunk.length());
            file.u32(0);
            file.text("");
            file.u64(chunk.length());
            file.bytes(chunk.records(), 0, chunk.length());
            file.end(begun);
        }
        final int end = file.begin(Opcode.DATA_END);
        file.u32(0);
        file.end(end);
        return Arrays.copyOf(file.array(), file.length());
    }

    /** A file with the sample's first records. */
    private byte[] small() throws IOException {
        SampleJournal.write(directory, 3);
        final Path file = directory.resolve("whole.mcap");
        try (Records all = Recording.open(directory).records(Selection.ALL.withSequences(1, 60));
                McapExporter exporter = McapExporter.open(file, McapOptions.NONE)) {
            while (all.next()) {
                exporter.add(all);
            }
        }
        return Files.readAllBytes(file);
    }

    private static byte[] mutated(final byte[] whole, final Random random) {
        byte[] bytes = whole.clone();
        final int times = 1 + random.nextInt(4);
        for (int i = 0; i < times; i++) {
            final int at = random.nextInt(bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
                case 3 -> {
                    // a length, huge or negative
                    for (int octet = at; octet < Math.min(bytes.length, at + 8); octet++) {
                        bytes[octet] = (byte) (random.nextBoolean() ? 0xFF : random.nextInt());
                    }
                }
                default -> System.arraycopy(bytes, 0, bytes, at, Math.min(bytes.length - at, random.nextInt(64)));
            }
        }
        return bytes;
    }
}
