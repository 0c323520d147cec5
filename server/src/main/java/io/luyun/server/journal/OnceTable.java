package io.luyun.server.journal;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Hashing;

/**
 * What makes a message stand in the journal once: the highest number per device and boot epoch, and each device's
 * current sessions: the one it has, and the one beside it. Line thread; nothing is allocated unless a device or an epoch is new.
 */
final class OnceTable {
    private static final int NONE = -1;

    private final Map<Key, Integer> slots = new HashMap<>();
    private int[] deviceOf = new int[64];
    private long[] epochOf = new long[64];
    private long[] highest = new long[64];
    private int size;

    /** By device: its current session (0 none) and the slot used last. */
    private long[] sessions = new long[64];

    private int[] lastSlot = filled(64);

    /** By device: the session beside that (0 none) and its slot. */
    private long[] besides = new long[64];

    private int[] besideSlot = filled(64);

    /** Makes this the current session of the device; returns the slot of its epoch. */
    int open(final int device, final long bootEpoch, final long sessionId) {
        final int slot = slot(device, bootEpoch);
        sessions[device] = sessionId;
        return slot;
    }

    /** Makes this the session beside the device's current one; returns the slot of its epoch. */
    int openBeside(final int device, final long bootEpoch, final long sessionId) {
        growDevices(device);
        final int slot = slots.computeIfAbsent(new Key(device, bootEpoch), this::add);
        besides[device] = sessionId;
        besideSlot[device] = slot;
        return slot;
    }

    /** The session has ended; nothing happens when it is not a current one. */
    void close(final int device, final long sessionId) {
        if (device >= 0 && device < sessions.length) {
            if (sessions[device] == sessionId) {
                sessions[device] = 0;
            } else if (besides[device] == sessionId) {
                besides[device] = 0;
            }
        }
    }

    /** The slot of the device's current session or of the one beside it, or -1 when this is neither. */
    int current(final int device, final long sessionId) {
        if (device < 0 || device >= sessions.length || sessionId == 0) {
            return NONE;
        }
        if (sessions[device] == sessionId) {
            return lastSlot[device];
        }
        return besides[device] == sessionId ? besideSlot[device] : NONE;
    }

    /** The slot of a device and boot epoch; a new one when need be. */
    int slot(final int device, final long bootEpoch) {
        growDevices(device);
        final int last = lastSlot[device];
        if (last != NONE && epochOf[last] == bootEpoch) {
            return last;
        }
        final int slot = slots.computeIfAbsent(new Key(device, bootEpoch), this::add);
        lastSlot[device] = slot;
        return slot;
    }

    long epoch(final int slot) {
        return epochOf[slot];
    }

    int device(final int slot) {
        return deviceOf[slot];
    }

    long highest(final int slot) {
        return highest[slot];
    }

    void raise(final int slot, final long number) {
        highest[slot] = Math.max(highest[slot], number);
    }

    /** Takes over the highest numbers of another table. */
    void raise(final OnceTable other) {
        for (int slot = 0; slot < other.size; slot++) {
            raise(slot(other.deviceOf[slot], other.epochOf[slot]), other.highest[slot]);
        }
    }

    int size() {
        return size;
    }

    /** A copy without sessions, for the checkpoint. */
    OnceTable copy() {
        final OnceTable copy = new OnceTable();
        copy.deviceOf = Arrays.copyOf(deviceOf, Math.max(1, size));
        copy.epochOf = Arrays.copyOf(epochOf, Math.max(1, size));
        copy.highest = Arrays.copyOf(highest, Math.max(1, size));
        copy.size = size;
        return copy;
    }

    private int add(final Key key) {
        if (size == highest.length) {
            deviceOf = Arrays.copyOf(deviceOf, size * 2);
            epochOf = Arrays.copyOf(epochOf, size * 2);
            highest = Arrays.copyOf(highest, size * 2);
        }
        deviceOf[size] = key.device();
        epochOf[size] = key.bootEpoch();
        return size++;
    }

    private void growDevices(final int device) {
        if (device >= sessions.length) {
            final int old = sessions.length;
            sessions = Arrays.copyOf(sessions, Math.max(device + 1, old * 2));
            lastSlot = Arrays.copyOf(lastSlot, sessions.length);
            Arrays.fill(lastSlot, old, lastSlot.length, NONE);
            besides = Arrays.copyOf(besides, sessions.length);
            besideSlot = Arrays.copyOf(besideSlot, sessions.length);
            Arrays.fill(besideSlot, old, besideSlot.length, NONE);
        }
    }

    private static int[] filled(final int length) {
        final int[] array = new int[length];
        Arrays.fill(array, NONE);
        return array;
    }

    private record Key(int device, long bootEpoch) {
        @Override
        public int hashCode() {
            return Hashing.hash(bootEpoch * 31 + device);
        }
    }
}
