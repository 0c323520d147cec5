package io.luyun.benchmarks.torture;

import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A small journal with files that are written no more, made by the server's own writer in this process, and what stands in it.
 * Payloads are random bytes: nobody reads them as messages.
 */
public final class SampleJournal {
    /** The device of all its messages. */
    public static final String DEVICE = "sample-1";

    private static final int SHORTEST = 20;
    private static final int LONGEST = 300;
    private static final long STEP_NANOS = 1_000_000;

    private final TreeMap<Long, Entry> entries = new TreeMap<>();
    private final Random random;
    private long number;

    /**
     * A record.
     *
     * @param run of which of the parts it is, 1 the first
     * @param number the device's number of the message; 0 of other records
     * @param checksum of its payload
     */
    public record Entry(int run, int kind, long number, int checksum) {}

    /**
     * One file of it.
     *
     * @param timeNs when its first record was received, nanoseconds since 1970
     * @param messages how many messages stand in it
     * @param kinds of which kinds they are, in turn
     */
    public record Part(long timeNs, int messages, List<RecordKind> kinds) {
        public Part {
            kinds = List.copyOf(kinds);
        }
    }

    private SampleJournal(final long seed) {
        random = new Random(seed);
    }

    /** Writes it into a directory that is not there yet. */
    public static SampleJournal write(final Path directory, final long seed, final List<Part> parts) {
        final SampleJournal sample = new SampleJournal(seed);
        for (int run = 1; run <= parts.size(); run++) {
            sample.write(directory, run, parts.get(run - 1));
        }
        return sample;
    }

    /** Opens a journal as the server does. */
    public static Journal open(final Path directory, final long nowNs) {
        return Journal.open(
                new JournalConfig(directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 1, 0, 1_000, 0),
                () -> nowNs,
                new Counters(),
                new Latencies(),
                error -> {
                    throw new IllegalStateException("the journal " + directory + " failed", error);
                });
    }

    /** Its records by their sequences. */
    public Map<Long, Entry> entries() {
        return entries;
    }

    /** The highest number of a message in it. */
    public long highest() {
        return number;
    }

    /** The checksum of the payload a reader stands at. */
    public static int checksum(final JournalReader reader) {
        final byte[] payload = new byte[reader.payloadLength()];
        reader.buffer().getBytes(reader.payloadOffset(), payload);
        return checksum(payload);
    }

    private void write(final Path directory, final int run, final Part part) {
        long timeNs = part.timeNs();
        try (Journal journal = open(directory, timeNs)) {
            final int device = journal.devices().indexOf(DEVICE);
            final byte[] opened =
                    SessionOpened.newBuilder().setDeviceId(DEVICE).build().toByteArray();
            append(journal, run, RecordKind.RECORD_KIND_SESSION_OPENED, device, 0, timeNs, opened);
            for (int i = 0; i < part.messages(); i++) {
                final byte[] payload = new byte[random.nextInt(SHORTEST, LONGEST)];
                random.nextBytes(payload);
                timeNs += STEP_NANOS;
                append(journal, run, part.kinds().get(i % part.kinds().size()), device, ++number, timeNs, payload);
            }
        }
    }

    private void append(
            final Journal journal,
            final int run,
            final RecordKind kind,
            final int device,
            final long numbered,
            final long timeNs,
            final byte[] payload) {
        final JournalWriter writer = journal.writer();
        final long before = writer.appendedSequence();
        final boolean offered = writer.offer(
                kind.getNumber(), device, numbered, run, timeNs, new UnsafeBuffer(payload), 0, payload.length);
        // At the end of the intake's ring a turn finds nothing but the rest of the ring.
        for (int turn = 0; offered && turn < 2 && writer.appendedSequence() == before; turn++) {
            writer.doWork();
        }
        final long sequence = writer.appendedSequence();
        if (sequence == before) {
            throw new IllegalStateException("the journal does not take records: " + writer.refusal());
        }
        entries.put(sequence, new Entry(run, kind.getNumber(), numbered, checksum(payload)));
    }

    private static int checksum(final byte[] payload) {
        final CRC32C crc = new CRC32C();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
