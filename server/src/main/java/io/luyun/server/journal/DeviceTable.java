package io.luyun.server.journal;

import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The small numbers that stand for device ids in records, and the numbers of sessions. Any thread. A device keeps its
 * number for the life of the journal once a SESSION_OPENED record of it has been written.
 */
public final class DeviceTable {
    private final ConcurrentHashMap<String, Integer> indexes = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<String> ids = new CopyOnWriteArrayList<>();
    private final AtomicLong lastSessionId = new AtomicLong();

    DeviceTable() {}

    /** The device's number, from 0; given out anew to a device not seen before. */
    public int indexOf(final String deviceId) {
        final Integer known = indexes.get(deviceId);
        return known != null ? known : add(deviceId);
    }

    /** The device's id, or null for a number not given out. */
    public @Nullable String idOf(final int index) {
        return index >= 0 && index < ids.size() ? ids.get(index) : null;
    }

    /** How many numbers have been given out. */
    public int size() {
        return ids.size();
    }

    /**
     * A session number never given out before in the life of the journal. It stays below 2^59, so that the caller may
     * shift a few bits of its own under it.
     */
    public long newSessionId() {
        return lastSessionId.incrementAndGet();
    }

    List<String> ids() {
        return List.of(ids.toArray(new String[0]));
    }

    /** Session numbers of this run begin here: runs are numbered from 1 and never twice. */
    void startRun(final long run) {
        lastSessionId.set(run << 32);
    }

    /** What a record of an earlier run says: this number stands for this device. */
    synchronized void restore(final int index, final String deviceId) {
        reserve(index);
        if (!ids.get(index).equals(deviceId)) {
            indexes.remove(ids.get(index));
            ids.set(index, deviceId);
            indexes.put(deviceId, index);
        }
    }

    /** A number is in use by a device whose id is not known (yet): nobody else gets it. */
    synchronized void reserve(final int index) {
        while (ids.size() <= index) {
            final String placeholder = "#" + ids.size();
            indexes.put(placeholder, ids.size());
            ids.add(placeholder);
        }
    }

    private synchronized int add(final String deviceId) {
        final Integer known = indexes.get(deviceId);
        if (known != null) {
            return known;
        }
        final int index = ids.size();
        ids.add(deviceId);
        indexes.put(deviceId, index);
        return index;
    }
}
