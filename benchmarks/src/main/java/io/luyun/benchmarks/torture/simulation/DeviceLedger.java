package io.luyun.benchmarks.torture.simulation;

import io.luyun.proto.v1.AckLevel;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What one device has sent and what it was told of it, kept outside of the server. */
final class DeviceLedger {
    private final String deviceId;
    private final AckLevel level;
    private final Map<Long, Epoch> epochs = new LinkedHashMap<>();
    private long sent;
    private long acknowledged;
    /** Whether acknowledgements still come from a server whose promise its death has ended. */
    private boolean late;

    /** Of one message. */
    private static final class Entry {
        private final int crc;
        private boolean promised;
        private boolean refused;

        Entry(final int crc) {
            this.crc = crc;
        }
    }

    /** Of one boot epoch, by number. */
    private static final class Epoch {
        private final Map<Long, Entry> entries = new HashMap<>();
        private long acknowledgedTo;
    }

    DeviceLedger(final String deviceId, final AckLevel level) {
        this.deviceId = deviceId;
        this.level = level;
    }

    String deviceId() {
        return deviceId;
    }

    long sent() {
        return sent;
    }

    long acknowledged() {
        return acknowledged;
    }

    void onNumbered(final long epoch, final long number, final int crc) {
        epochs.computeIfAbsent(epoch, e -> new Epoch()).entries.put(number, new Entry(crc));
        sent++;
    }

    void onRefused(final long epoch, final long number) {
        final Epoch of = epochs.get(epoch);
        final Entry entry = of == null ? null : of.entries.get(number);
        if (entry != null) {
            entry.refused = true;
        }
    }

    /** Everything up to this number is safe to the device's level. */
    void onAcknowledged(final long epoch, final long number) {
        final Epoch of = epochs.get(epoch);
        if (of == null) {
            Violation.unless(
                    number == 0, "%s is told of number %d of an epoch in which it sent nothing", deviceId, number);
            return;
        }
        for (long next = of.acknowledgedTo + 1; next <= number; next++) {
            final Entry entry = of.entries.get(next);
            if (entry != null && !entry.refused) {
                entry.promised = level != AckLevel.ACK_LEVEL_RECEIVED && !late;
                acknowledged++;
            }
        }
        of.acknowledgedTo = Math.max(of.acknowledgedTo, number);
    }

    /** The server names the last number it has when a session opens: nothing promised may be above it. */
    void onWelcome(final long epoch, final long last) {
        final Epoch of = epochs.get(epoch);
        if (of != null) {
            of.entries.forEach((number, entry) -> Violation.unless(
                    !entry.promised || number <= last,
                    "%s was acknowledged number %d of epoch %d and is now told that the journal ends with %d",
                    deviceId,
                    number,
                    epoch,
                    last));
        }
        late = false;
        onAcknowledged(epoch, last);
    }

    /** The server has died: what was promised to less than that is promised no longer. */
    void onDeath(final boolean powerCut) {
        if (level == AckLevel.ACK_LEVEL_RECEIVED || (powerCut && level == AckLevel.ACK_LEVEL_APPENDED)) {
            late = true;
            epochs.values().forEach(epoch -> epoch.entries.values().forEach(entry -> entry.promised = false));
        }
    }

    /** The journal has a message of this device. */
    void check(final long epoch, final long number, final int crc, final long sequence) {
        final Epoch of = epochs.get(epoch);
        final Entry entry = of == null ? null : of.entries.get(number);
        if (entry == null) {
            throw new Violation(String.format(
                    "record %d is a message that %s never sent: number %d of epoch %d",
                    sequence, deviceId, number, epoch));
        }
        Violation.unless(
                entry.crc == crc,
                "record %d is not what %s sent as number %d of epoch %d",
                sequence,
                deviceId,
                number,
                epoch);
        Violation.unless(!entry.refused, "record %d is number %d of %s, which was refused", sequence, number, deviceId);
    }

    /**
     * Everything promised is there.
     *
     * @param there whether the journal has a number of an epoch
     */
    void checkPromised(final Content there) {
        epochs.forEach((epoch, of) -> of.entries.forEach((number, entry) -> Violation.unless(
                !entry.promised || there.has(epoch, number),
                "number %d of epoch %d was acknowledged to %s (%s) and is not in the journal",
                number,
                epoch,
                deviceId,
                level)));
    }

    /** What the journal has of the device. */
    interface Content {
        boolean has(long epoch, long number);
    }
}
