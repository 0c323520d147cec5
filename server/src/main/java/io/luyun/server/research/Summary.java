package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Damage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What the records of a selection amount to: by kind, by hour, by device, alerts raised by kind. Its size grows with devices and
 * hours alone.
 */
public final class Summary {
    private static final long NANOS_AN_HOUR = 3_600_000_000_000L;

    private final SortedMap<Integer, Count> kinds = new TreeMap<>();
    private final SortedMap<Long, Long> hours = new TreeMap<>();
    private final SortedMap<String, Count> alerts = new TreeMap<>();
    private final Map<Integer, DeviceSummary> devices = new HashMap<>();
    private final Bins rate = new Bins();
    private final MessageHead head = new MessageHead();
    private List<Damage> damage = List.of();
    private long records;
    private long bytes;
    private long firstSequence;
    private long lastSequence;
    private long firstNs;
    private long lastNs;

    /** How many, how many bytes, and when. */
    public static final class Count {
        private final Bins rate = new Bins();
        private long records;
        private long bytes;

        private void add(final long timeNs, final int length) {
            records++;
            bytes += length;
            rate.add(timeNs);
        }

        /** How many. */
        public long records() {
            return records;
        }

        /** Bytes of their payloads. */
        public long bytes() {
            return bytes;
        }

        /** When they were. */
        public Bins rate() {
            return rate;
        }
    }

    private Summary() {}

    /** Reads all that a cursor has. */
    public static Summary of(final RecordCursor cursor) {
        final Summary summary = new Summary();
        while (cursor.next()) {
            summary.add(cursor);
        }
        summary.damage = cursor.damage();
        return summary;
    }

    private void add(final RecordCursor cursor) {
        final long timeNs = cursor.record().receivedAtNs();
        final int kind = cursor.record().kind();
        final int length = cursor.record().payloadLength();
        lastSequence = cursor.record().sequence();
        lastNs = timeNs;
        if (records++ == 0) {
            firstSequence = lastSequence;
            firstNs = timeNs;
        }
        bytes += length;
        rate.add(timeNs);
        kinds.computeIfAbsent(kind, _ -> new Count()).add(timeNs, length);
        hours.merge(Math.floorDiv(timeNs, NANOS_AN_HOUR) * NANOS_AN_HOUR, 1L, Long::sum);
        if (cursor.message()) {
            head.read(kind, cursor.payload());
            devices.computeIfAbsent(cursor.record().deviceIndex(), _ -> new DeviceSummary(cursor.deviceId()))
                    .add(cursor, head);
        } else if (kind == RecordKind.RECORD_KIND_ALERT_VALUE) {
            addAlert(cursor, timeNs, length);
        }
    }

    private void addAlert(final RecordCursor cursor, final long timeNs, final int length) {
        try {
            final Alert alert = Alert.parseFrom(cursor.payload());
            if (alert.getState() == AlertState.ALERT_STATE_RAISED) {
                alerts.computeIfAbsent(alert.getKind().name().replace("ALERT_KIND_", ""), _ -> new Count())
                        .add(timeNs, length);
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException(
                    "record " + cursor.record().sequence() + " is not what its checksum says", e);
        }
    }

    /** By number of RecordKind. */
    public SortedMap<Integer, Count> kinds() {
        return kinds;
    }

    /** Records by the beginning of the hour, ns since 1970. */
    public SortedMap<Long, Long> hours() {
        return hours;
    }

    /** Alerts raised, by kind: FCW. */
    public SortedMap<String, Count> alerts() {
        return alerts;
    }

    /** Devices in the order of their ids. */
    public List<DeviceSummary> devices() {
        final List<DeviceSummary> sorted = new ArrayList<>(devices.values());
        sorted.sort((a, b) -> a.id().compareTo(b.id()));
        return sorted;
    }

    /** All records over time. */
    public Bins rate() {
        return rate;
    }

    /** Damaged ranges. */
    public List<Damage> damage() {
        return damage;
    }

    /** How many records. */
    public long records() {
        return records;
    }

    /** Bytes of their payloads. */
    public long bytes() {
        return bytes;
    }

    /** The first one's sequence, 0 when there is none. */
    public long firstSequence() {
        return firstSequence;
    }

    /** The last one's. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Receive time of the first one, ns since 1970. */
    public long firstNs() {
        return firstNs;
    }

    /** Receive time of the last one, ns since 1970. */
    public long lastNs() {
        return lastNs;
    }
}
