package io.luyun.server.research;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Damage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a selection amount to: by kind, by hour, by device, alerts raised by kind. Its size grows with devices and
 * hours alone.
 */
public final class Summary {
    private static final long NANOS_AN_HOUR = 3_600_000_000_000L;

    private final SortedMap<Integer, Count> kinds = new TreeMap<>();
    private final SortedMap<Long, Long> hours = new TreeMap<>();
    private final SortedMap<String, Count> alerts = new TreeMap<>();
    private final Map<String, DeviceSummary> devices = new HashMap<>();
    private final Bins rate = new Bins();
    private final MessageHead head = new MessageHead();
    /** The same as the kinds, to be found without a search. */
    private @Nullable Count[] byKind = {};

    private List<Damage> damage = List.of();
    private long hourNs = Long.MIN_VALUE / 2;
    private long ofHour;
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

    /** Reads all that a row of records has. */
    public static Summary of(final Records records) {
        final Summary summary = new Summary();
        while (records.next()) {
            summary.add(records);
        }
        summary.closeHour();
        summary.damage = records.damage();
        return summary;
    }

    private void add(final Records record) {
        final long timeNs = record.receivedAtNs();
        final int kind = record.kind();
        final int length = record.payloadLength();
        firstNs = records == 0 ? timeNs : firstNs;
        lastNs = timeNs;
        records++;
        bytes += length;
        rate.add(timeNs);
        count(kind).add(timeNs, length);
        if (timeNs - hourNs >= NANOS_AN_HOUR || timeNs < hourNs) {
            closeHour();
            hourNs = Math.floorDiv(timeNs, NANOS_AN_HOUR) * NANOS_AN_HOUR;
        }
        ofHour++;
        if (kind == RecordKind.RECORD_KIND_ALERT_VALUE) {
            addAlert(record, timeNs, length);
        } else {
            firstSequence = firstSequence == 0 ? record.sequence() : firstSequence;
            lastSequence = record.sequence();
        }
        if (record.message()) {
            head.read(record);
            devices.computeIfAbsent(record.deviceId(), DeviceSummary::new).add(record, head);
        }
    }

    private Count count(final int kind) {
        if (kind >= byKind.length) {
            byKind = Arrays.copyOf(byKind, kind + 1);
        }
        Count count = byKind[kind];
        if (count == null) {
            count = new Count();
            byKind[kind] = count;
            kinds.put(kind, count);
        }
        return count;
    }

    private void closeHour() {
        if (ofHour > 0) {
            hours.merge(hourNs, ofHour, Long::sum);
            ofHour = 0;
        }
    }

    private void addAlert(final Records record, final long timeNs, final int length) {
        try {
            final Alert alert = Alert.parseFrom(record.payload());
            if (alert.getState() == AlertState.ALERT_STATE_RAISED) {
                alerts.computeIfAbsent(alert.getKind().name().replace("ALERT_KIND_", ""), _ -> new Count())
                        .add(timeNs, length);
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("record " + record.sequence() + " is not what its checksum says", e);
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

    /** Sequence of the first one that is no alert, since alerts are numbered apart; 0 when there is none. */
    public long firstSequence() {
        return firstSequence;
    }

    /** That of the last one. */
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
