package io.luyun.server.ops.history;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.agrona.collections.LongArrayList;
import org.jspecify.annotations.Nullable;

/**
 * The alerts of a journal of alerts, each with its last step, the newest {@value #KEPT} of them; reads on at each question, for which the
 * others wait. Any thread.
 */
public final class AlertHistory {
    /** Alerts kept. */
    public static final int KEPT = 50_000;

    /** Steps of an alert that are kept: the first and the last ones. What goes on for days has very many. */
    public static final int STEPS = 500;

    private final Path directory;
    private final TreeMap<Long, Entry> byId = new TreeMap<>(Long::compareUnsigned);
    private long lastSequence;

    private static final class Entry {
        final LongArrayList steps = new LongArrayList();
        Alert last = Alert.getDefaultInstance();
    }

    /** Those of a journal in a directory, which need not be there yet. */
    public AlertHistory(final Path directory) {
        this.directory = directory;
    }

    /**
     * The last steps of alerts that are wanted, the newest alert first.
     *
     * @param before id below which they are; -1 for all
     * @param limit at most so many
     * @throws io.luyun.server.journal.JournalException when the journal cannot be read
     */
    public synchronized List<Alert> newest(final long before, final int limit, final Predicate<Alert> wanted) {
        readOn();
        final List<Alert> found = new ArrayList<>();
        for (final Entry entry : byId.headMap(before, false).descendingMap().values()) {
            if (wanted.test(entry.last)) {
                found.add(entry.last);
                if (found.size() == limit) {
                    break;
                }
            }
        }
        return found;
    }

    /** The first step of an alert and the last ones, at most {@value #STEPS}, in order; empty when it is not among those kept. */
    public List<Alert> steps(final long id) throws InvalidProtocolBufferException {
        final long[] sequences = sequences(id);
        final List<Alert> steps = new ArrayList<>();
        if (sequences.length > 0) {
            final JournalArchive archive = Journal.openReadOnly(directory);
            for (final long sequence : sequences) {
                final Past step = Past.read(archive, sequence);
                if (step != null) {
                    steps.add(Alert.parseFrom(step.payload()));
                }
            }
        }
        return steps;
    }

    private synchronized long[] sequences(final long id) {
        readOn();
        final Entry entry = byId.get(id);
        return entry == null ? new long[0] : entry.steps.toLongArray();
    }

    /** The last step of an alert; null when it is not among those kept. */
    public synchronized @Nullable Alert last(final long id) {
        readOn();
        final Entry entry = byId.get(id);
        return entry == null ? null : entry.last;
    }

    private void readOn() {
        if (!Journal.existsAt(directory)) {
            return;
        }
        try (JournalReader reader = Journal.openReadOnly(directory).reader(lastSequence + 1)) {
            while (reader.next()) {
                lastSequence = reader.sequence();
                if (reader.kind() == RecordKind.RECORD_KIND_ALERT_VALUE) {
                    take(Past.of(reader));
                }
            }
        }
    }

    private void take(final Past record) {
        try {
            final Alert alert = Alert.parseFrom(record.payload());
            final Entry entry = byId.computeIfAbsent(alert.getAlertId(), _ -> new Entry());
            if (entry.steps.size() == STEPS) {
                entry.steps.removeAt(1);
            }
            entry.steps.addLong(record.sequence());
            entry.last = alert;
            if (byId.size() > KEPT) {
                byId.pollFirstEntry();
            }
        } catch (final InvalidProtocolBufferException e) {
            throw new IllegalStateException("alert " + record.sequence() + " is not what its checksum says", e);
        }
    }
}
