package io.luyun.server.ops.history;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a journal holds that is asked for often, read once from its beginning and then on as it grows, by a thread of its own that
 * leaves the machine to others: how many messages when, who acknowledged which alert, which device has which number. It begins with
 * the first question. Any thread asks.
 */
public final class JournalIndex implements AutoCloseable {
    /** Length of the spans in which messages are counted. */
    public static final long SPAN_NS = TimeUnit.SECONDS.toNanos(10);

    private static final int SPANS = 260_000;
    private static final int ACKNOWLEDGEMENTS = 50_000;
    private static final int BATCH = 20_000;
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long CAUGHT_UP_NS = TimeUnit.MILLISECONDS.toNanos(250);
    /** Kinds from here on are not messages of devices. */
    private static final int CONTROL_KINDS = 64;

    private final Path directory;
    private final ErrorHandler errors;
    private final TreeMap<Long, long[]> messagesBySpan = new TreeMap<>();
    private final TreeMap<Long, List<Acknowledged>> byAlert = new TreeMap<>(Long::compareUnsigned);
    private final Int2ObjectHashMap<String> names = new Int2ObjectHashMap<>();
    private @Nullable Thread thread;
    private long lastSequence;
    private long indexedUntilNs;
    private boolean complete;
    private volatile boolean closed;

    /**
     * An acknowledgement.
     *
     * @param by the device of whoever acknowledged
     * @param atNs when, ns since 1970
     */
    public record Acknowledged(long alertId, String by, long atNs, String note) {}

    /**
     * Messages of a time.
     *
     * @param counts by parts of it, all equally long
     * @param indexedUntilNs what is later has not been counted yet, ns since 1970
     * @param complete whether all that there is has been counted
     */
    public record Timeline(List<Long> counts, long indexedUntilNs, boolean complete) {}

    /** One of a journal in a directory, which need not be there yet. */
    public JournalIndex(final Path directory, final ErrorHandler errors) {
        this.directory = directory;
        this.errors = errors;
    }

    /** Who acknowledged an alert, in order. */
    public synchronized List<Acknowledged> acknowledgements(final long alertId) {
        begin();
        return List.copyOf(byAlert.getOrDefault(alertId, List.of()));
    }

    /** Id of a device by its number in records; {@code #} and the number where it is not known (yet). */
    public synchronized String deviceName(final int index) {
        begin();
        final String name = names.get(index);
        return name == null ? "#" + index : name;
    }

    /** Messages between two times, in so many parts. A part shorter than {@link #SPAN_NS} has its share of the span. */
    public synchronized Timeline timeline(final long fromNs, final long untilNs, final int parts) {
        begin();
        final double[] sums = new double[parts];
        final double partNs = (untilNs - fromNs) / (double) parts;
        messagesBySpan
                .subMap(Math.floorDiv(fromNs, SPAN_NS), true, Math.floorDiv(untilNs - 1, SPAN_NS), true)
                .forEach((span, count) -> {
                    final double start = span * (double) SPAN_NS - fromNs;
                    for (int i = (int) Math.max(0, start / partNs); i < parts; i++) {
                        final double overlap =
                                Math.min(start + SPAN_NS, (i + 1) * partNs) - Math.max(start, i * partNs);
                        if (overlap <= 0) {
                            break;
                        }
                        sums[i] += count[0] * overlap / SPAN_NS;
                    }
                });
        final List<Long> counts = new ArrayList<>(parts);
        for (final double sum : sums) {
            counts.add(Math.round(sum));
        }
        return new Timeline(counts, indexedUntilNs, complete);
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private void begin() {
        if (thread == null && !closed) {
            thread = Thread.ofPlatform().name("luyun-index").daemon().start(this::run);
        }
    }

    private void run() {
        while (!closed) {
            boolean more = false;
            try {
                more = Journal.existsAt(directory) && readOn();
            } catch (final RuntimeException | InvalidProtocolBufferException e) {
                // the journal may be whole again at the next look; without this thread nobody would look
                errors.onError(e);
            }
            LockSupport.parkNanos(more ? PAUSE_NS : CAUGHT_UP_NS);
        }
    }

    /** Reads a batch; whether there may be more. */
    private boolean readOn() throws InvalidProtocolBufferException {
        try (JournalReader reader = Journal.openReadOnly(directory).reader(lastSequence + 1)) {
            int read = 0;
            synchronized (this) {
                while (read < BATCH && reader.next()) {
                    read++;
                    take(reader);
                }
                complete = read < BATCH;
            }
            return read == BATCH;
        }
    }

    private void take(final JournalReader reader) throws InvalidProtocolBufferException {
        lastSequence = reader.sequence();
        indexedUntilNs = reader.receivedAtNs();
        switch (reader.kind()) {
            case RecordKind.RECORD_KIND_SESSION_OPENED_VALUE ->
                names.put(
                        reader.deviceIndex(),
                        SessionOpened.parseFrom(Past.of(reader).payload()).getDeviceId());
            case RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE -> acknowledged(Past.of(reader));
            default -> {
                if (reader.kind() < CONTROL_KINDS) {
                    messagesBySpan
                            .computeIfAbsent(Math.floorDiv(reader.receivedAtNs(), SPAN_NS), _ -> new long[1])[0]++;
                }
            }
        }
        if (messagesBySpan.size() > SPANS) {
            messagesBySpan.pollFirstEntry();
        }
    }

    private void acknowledged(final Past record) throws InvalidProtocolBufferException {
        final var said = AlertAcknowledged.parseFrom(record.payload()).getAcknowledgement();
        final String by = names.get(record.deviceIndex());
        byAlert.computeIfAbsent(said.getAlertId(), _ -> new ArrayList<>())
                .add(new Acknowledged(
                        said.getAlertId(),
                        by == null ? "#" + record.deviceIndex() : by,
                        record.atNs(),
                        said.getNote()));
        if (byAlert.size() > ACKNOWLEDGEMENTS) {
            byAlert.pollFirstEntry();
        }
    }
}
