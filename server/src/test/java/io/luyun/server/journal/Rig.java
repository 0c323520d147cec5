package io.luyun.server.journal;

import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/** A journal driven by hand, under a clock set by hand, that notes what it is told. */
final class Rig implements AutoCloseable {
    static final int BSM = RecordKind.RECORD_KIND_BSM_VALUE;
    static final int OPENED = RecordKind.RECORD_KIND_SESSION_OPENED_VALUE;
    static final long HOUR_NS = 3_600_000_000_000L;

    /** 2026-01-01T00:00:00Z. */
    long nowNs = 1_767_225_600_000_000_000L;

    /** Sequences up to this one are known elsewhere. */
    long used;

    long usableBytes = Long.MAX_VALUE;
    final Counters counters = new Counters();
    final List<Throwable> errors = new ArrayList<>();
    final List<Taken> taken = new ArrayList<>();
    final List<Long> synced = new ArrayList<>();
    final Map<Integer, Long> sessions = new HashMap<>();
    final Path directory;
    Journal journal;
    JournalConfig config;
    JournalGround.Force force = new GroupCommit.ChannelForce();

    record Taken(long sessionId, int kind, long number, long sequence, boolean duplicate) {}

    Rig(final Path directory) {
        this.directory = directory;
        config = config(directory, 0);
    }

    static JournalConfig config(final Path directory, final int tickMillis) {
        return new JournalConfig(
                directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, tickMillis, 1_000_000, 1);
    }

    Rig open() {
        final JournalGround ground = new JournalGround(force, () -> usableBytes, SystemNanoClock.INSTANCE);
        journal = Journal.open(config, () -> nowNs, ground, used, counters, new Latencies(), errors::add);
        journal.writer().observe((s, k, n, q, d) -> taken.add(new Taken(s, k, n, q, d)), synced::add);
        return this;
    }

    Rig reopen() {
        journal.close();
        return open();
    }

    /** Opens a session of the device and returns its device number. */
    int session(final String device, final long bootEpoch) {
        final int index = journal.devices().indexOf(device);
        final long session = journal.devices().newSessionId();
        sessions.put(index, session);
        final byte[] payload = SessionOpened.newBuilder()
                .setSessionId(session)
                .setDeviceId(device)
                .setBootEpoch(bootEpoch)
                .build()
                .toByteArray();
        offer(OPENED, index, 0, session, payload);
        return index;
    }

    void message(final int device, final long number) {
        offer(BSM, device, number, sessions.get(device), payload(device, number));
    }

    static byte[] payload(final int device, final long number) {
        final byte[] bytes = new byte[40 + (int) (number % 7)];
        ByteBuffer.wrap(bytes).putInt(device).putLong(number);
        return bytes;
    }

    void offer(final int kind, final int device, final long number, final long session, final byte[] payload) {
        if (!journal.writer()
                .offer(kind, device, number, session, nowNs, new UnsafeBuffer(payload), 0, payload.length)) {
            throw new IllegalStateException("the intake is full");
        }
    }

    void work() {
        while (journal.writer().doWork() > 0) {
            // until nothing is left
        }
    }

    void sync() {
        journal.commit().sync();
    }

    long count(final Counter counter) {
        return counters.get(counter);
    }

    /** All records, read anew. */
    List<Seen> read() {
        return read(Journal.openReadOnly(directory).reader(1));
    }

    static List<Seen> read(final JournalReader reader) {
        final List<Seen> seen = new ArrayList<>();
        try (reader) {
            while (reader.next()) {
                final byte[] payload = new byte[reader.payloadLength()];
                reader.buffer().getBytes(reader.payloadOffset(), payload);
                seen.add(new Seen(
                        reader.sequence(),
                        reader.kind(),
                        reader.deviceIndex(),
                        reader.number(),
                        reader.bootEpoch(),
                        reader.receivedAtNs(),
                        ByteBuffer.wrap(payload)));
            }
        }
        return seen;
    }

    record Seen(long sequence, int kind, int device, long number, long bootEpoch, long timeNs, ByteBuffer payload) {}

    /** The Chronicle files, oldest first. */
    List<Path> files() throws IOException {
        final List<Path> paths = new ArrayList<>();
        for (final JournalFile file : JournalFile.list(directory)) {
            paths.add(file.path());
        }
        return paths;
    }

    /** Changes bytes of a file. */
    static void patch(final Path file, final long offset, final byte[] bytes) throws IOException {
        try (var channel = Files.newByteChannel(file, java.nio.file.StandardOpenOption.WRITE)) {
            channel.position(offset);
            channel.write(ByteBuffer.wrap(bytes));
        }
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
