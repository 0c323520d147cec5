package io.luyun.server.net;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.session.Line;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/** A line in memory that appends when it is worked and syncs when it is told to. Any thread. */
final class MemoryLine implements Line {
    /** A record taken. */
    record Taken(
            int kind, int device, long number, long sessionId, long receivedAtNs, ByteString payload, long sequence) {}

    private final ArrayDeque<Taken> intake = new ArrayDeque<>();
    private final List<Taken> journal = new ArrayList<>();
    private final List<String> devices = new ArrayList<>();
    private final Map<Integer, Long> current = new HashMap<>();
    private final Map<Integer, Long> epochs = new HashMap<>();
    private final Map<String, Long> highest = new HashMap<>();
    private long sessions;
    private long appended;
    private int capacity = Integer.MAX_VALUE;
    private boolean appending = true;
    private boolean crowded;
    private boolean restless;
    private volatile Runnable atTurn = () -> {};
    private boolean syncing = true;
    private long duplicates;
    private @Nullable String refusal;
    private @Nullable DeviceServer server;

    void observe(final DeviceServer newServer) {
        server = newServer;
    }

    @Override
    public synchronized int deviceIndex(final String deviceId) {
        int index = devices.indexOf(deviceId);
        if (index < 0) {
            index = devices.size();
            devices.add(deviceId);
        }
        return index;
    }

    @Override
    public synchronized long newSessionId() {
        return ++sessions;
    }

    @Override
    public synchronized @Nullable String refusal() {
        return refusal;
    }

    @Override
    public synchronized boolean offer(
            final int kind,
            final int deviceIndex,
            final long number,
            final long sessionId,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (intake.size() >= capacity) {
            return false;
        }
        final byte[] payload = new byte[length];
        buffer.getBytes(offset, payload);
        intake.add(new Taken(kind, deviceIndex, number, sessionId, receivedAtNs, ByteString.copyFrom(payload), 0));
        return true;
    }

    /** Appends what was offered; syncs it, unless told not to. */
    int work() {
        atTurn.run();
        final List<Runnable> news = new ArrayList<>();
        final int count;
        synchronized (this) {
            count = appending ? intake.size() : 0;
            for (int i = 0; i < count; i++) {
                append(intake.poll(), news);
            }
        }
        news.forEach(Runnable::run);
        if (count > 0 && syncs()) {
            sync();
        }
        return restless() ? 1 : count;
    }

    /** Everything appended is on the disk now. */
    void sync() {
        final long sequence;
        synchronized (this) {
            sequence = appended;
        }
        server.onSynced(sequence);
    }

    @Override
    public synchronized boolean crowded(final int bytes) {
        return crowded;
    }

    synchronized void crowded(final boolean on) {
        crowded = on;
    }

    private synchronized boolean restless() {
        return restless;
    }

    /** What is done at the beginning of each of its turns, on its thread. */
    void atTurn(final Runnable task) {
        atTurn = task;
    }

    /** Whether it says after each of its turns that there was something to do. */
    synchronized void restless(final boolean on) {
        restless = on;
    }

    synchronized void capacity(final int records) {
        capacity = records;
    }

    synchronized void appending(final boolean on) {
        appending = on;
    }

    synchronized void syncing(final boolean on) {
        syncing = on;
    }

    synchronized void refuse(final @Nullable String why) {
        refusal = why;
    }

    synchronized List<Taken> journal() {
        return List.copyOf(journal);
    }

    synchronized List<Taken> journal(final RecordKind kind) {
        return journal.stream()
                .filter(taken -> taken.kind() == kind.getNumber())
                .toList();
    }

    synchronized int offered() {
        return intake.size();
    }

    synchronized long duplicates() {
        return duplicates;
    }

    private synchronized boolean syncs() {
        return syncing;
    }

    private void append(final Taken record, final List<Runnable> news) {
        final DeviceServer target = server;
        long number = record.number();
        if (record.kind() == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
            current.put(record.device(), record.sessionId());
            epochs.put(record.device(), epochOf(record));
            number = highest.getOrDefault(epochKey(record.device()), 0L);
        } else if (record.kind() < 64) {
            if (current.get(record.device()) != record.sessionId()) {
                return;
            }
            final String key = epochKey(record.device());
            if (number <= highest.getOrDefault(key, 0L)) {
                duplicates++;
                final long last = appended;
                news.add(() -> target.onAppended(record.sessionId(), record.kind(), record.number(), last, true));
                return;
            }
            highest.put(key, number);
        }
        final long sequence = ++appended;
        final long told = number;
        journal.add(new Taken(
                record.kind(),
                record.device(),
                record.number(),
                record.sessionId(),
                record.receivedAtNs(),
                record.payload(),
                sequence));
        news.add(() -> target.onAppended(record.sessionId(), record.kind(), told, sequence, false));
    }

    private String epochKey(final int device) {
        return device + "/" + epochs.get(device);
    }

    private static long epochOf(final Taken record) {
        try {
            return SessionOpened.parseFrom(record.payload()).getBootEpoch();
        } catch (final InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
