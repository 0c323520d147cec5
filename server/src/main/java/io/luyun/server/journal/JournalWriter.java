package io.luyun.server.journal;

import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.agrona.BufferUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.MessageHandler;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * Takes records in and appends them. Any thread offers; everything else is the line thread's (whoever runs
 * {@link #doWork}, one thread at a time). Messages (kinds below 64) pass once per device, boot epoch and number, and only
 * from the device's current session or the one beside it; other records always pass. Nothing is allocated except when a device opens a
 * session or a file ends.
 */
public final class JournalWriter {
    /** Kinds from here on are not messages. */
    static final int CONTROL_KINDS = 64;

    private static final int BATCH = 256;

    private static final int SESSION_OFFSET = 0;
    private static final int NUMBER_OFFSET = 8;
    private static final int TIME_OFFSET = 16;
    private static final int DEVICE_OFFSET = 24;
    private static final int PAYLOAD_OFFSET = 28;

    private final ManyToOneRingBuffer intake;
    private final CycleAppender appender;
    private final GroupCommit commit;
    private final Health health;
    private final Scan scan;
    private final OnceTable once;
    private final CopyOnWriteArrayList<JournalFile> files;
    private final DeviceTable devices;
    private final EpochNanoClock clock;
    private final ForwardTime time;
    private final Counters counters;
    private final Latencies latencies;
    private final long run;
    private final long tickNs;
    private final int checkpointRecords;
    private final UnsafeBuffer empty = new UnsafeBuffer(0, 0);
    private final MessageHandler handler = this::take;
    private AppendObserver observer = (sessionId, kind, number, appended, duplicate) -> {};
    private long sequence;
    private long lastTimeNs;
    private long lastTickNs;
    private long checkpointedSequence;
    private int checkpointedFiles;
    private volatile @Nullable Checkpoint pendingCheckpoint;

    JournalWriter(
            final JournalConfig config,
            final CycleAppender appender,
            final GroupCommit commit,
            final Health health,
            final Scan scan,
            final DeviceTable devices,
            final CopyOnWriteArrayList<JournalFile> files,
            final long run,
            final EpochNanoClock clock,
            final Counters counters,
            final Latencies latencies) {
        final int capacity = config.intakeKiB() * 1024;
        this.intake = new ManyToOneRingBuffer(
                new UnsafeBuffer(BufferUtil.allocateDirectAligned(capacity + RingBufferDescriptor.TRAILER_LENGTH, 64)));
        this.appender = appender;
        this.commit = commit;
        this.health = health;
        this.scan = scan;
        this.once = scan.once();
        this.devices = devices;
        this.files = files;
        this.run = run;
        this.clock = clock;
        this.counters = counters;
        this.latencies = latencies;
        this.sequence = scan.sequence();
        this.lastTimeNs = scan.timeNs();
        this.checkpointedSequence = sequence;
        this.time = new ForwardTime(clock, lastTimeNs);
        this.lastTickNs = time.nowNs();
        this.tickNs = TimeUnit.MILLISECONDS.toNanos(config.tickMillis());
        this.checkpointRecords = config.checkpointRecords();
    }

    /** Says who hears of appends and syncs; once, before the journal starts. */
    public void observe(final AppendObserver appends, final SyncObserver syncs) {
        observer = appends;
        commit.observe(syncs);
    }

    /**
     * Hands a record to the line thread; any thread. False when the intake is full.
     *
     * @param kind a number of RecordKind
     * @param deviceIndex the device's number, or -1
     * @param number the message's number within the boot epoch; 0 for other records
     * @param sessionId the session it came from; for SESSION_OPENED the session it opens
     * @param receivedAtNs when its bytes were read, nanoseconds since 1970
     * @param length at most 128 KiB and an eighth of the intake
     */
    public boolean offer(
            final int kind,
            final int deviceIndex,
            final long number,
            final long sessionId,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (length > Frame.PAYLOAD_MAX) {
            throw new IllegalArgumentException("record of " + length + " bytes, at most " + Frame.PAYLOAD_MAX);
        }
        final int index = intake.tryClaim(kind, PAYLOAD_OFFSET + length);
        if (index < 0) {
            counters.increment(Counter.JOURNAL_INTAKE_FULL);
            return false;
        }
        final AtomicBuffer claimed = intake.buffer();
        claimed.putLong(index + SESSION_OFFSET, sessionId);
        claimed.putLong(index + NUMBER_OFFSET, number);
        claimed.putLong(index + TIME_OFFSET, receivedAtNs);
        claimed.putInt(index + DEVICE_OFFSET, deviceIndex);
        claimed.putBytes(index + PAYLOAD_OFFSET, buffer, offset, length);
        intake.commit(index);
        return true;
    }

    /** Line thread: takes a bounded batch from the intake and appends it; returns how many were taken or written. */
    public int doWork() {
        if (health.halted()) {
            return 0;
        }
        try {
            final int taken = intake.read(handler, BATCH);
            final int ticks = tick();
            if (taken + ticks > 0) {
                publish();
            }
            return taken + ticks;
        } catch (final InternalError e) {
            // Compiled code hears a moment after the write that a page of the file could not be had: nobody may be told
            // of that write.
            health.fail("cannot append to the journal", e);
            return 0;
        }
    }

    /**
     * Line thread: appends a record as it is, without intake, numbering and observer; returns its sequence. Its time is
     * raised to that of the record before when it is below.
     */
    public long append(
            final int kind,
            final int deviceIndex,
            final long number,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        if (health.halted() || !write(kind, deviceIndex, number, 0, timeNs, buffer, offset, length)) {
            throw new JournalException("the journal does not take records: " + health.refusal());
        }
        publish();
        return sequence;
    }

    /** Whether more than this, or than half of what it can keep, waits in the intake; any thread. */
    public boolean crowded(final int bytes) {
        return intake.size() > Math.min(bytes, intake.capacity() / 2);
    }

    /** The last sequence appended; any thread. */
    public long appendedSequence() {
        return commit.appended();
    }

    /** The last sequence that survives a loss of power; any thread. */
    public long syncedSequence() {
        return commit.synced();
    }

    /** Whether new sessions and messages may come; any thread. */
    public boolean accepting() {
        return health.refusal() == null;
    }

    /** Why not, in one line for people; null while accepting; any thread. */
    public @Nullable String refusal() {
        return health.refusal();
    }

    /** Whether it has failed for good: only a new start can take records again; any thread. */
    public boolean failed() {
        return health.failed();
    }

    /** How long the oldest appended record has waited for its sync, nanoseconds; 0 when none waits; any thread. */
    public long unsyncedNs() {
        return commit.waitingNs();
    }

    /** Keeper thread: a checkpoint that waits for its sync, if there is one. */
    @Nullable
    Checkpoint pendingCheckpoint() {
        return pendingCheckpoint;
    }

    /** Line thread: the state up to the last record; null when there is none. */
    @Nullable
    Checkpoint checkpoint() {
        final JournalFile current = appender.current();
        final String last = current == null ? scan.file() : current.name();
        if (last.isEmpty()) {
            return null;
        }
        final List<String> names = new ArrayList<>();
        final List<Long> ends = new ArrayList<>();
        for (final JournalFile file : files) {
            names.add(file.name());
            ends.add(file.end());
        }
        return new Checkpoint(
                sequence,
                lastTimeNs,
                last,
                current == null ? scan.position() : appender.position(),
                current == null ? scan.end() : current.end(),
                run,
                names,
                ends,
                devices.ids(),
                once.copy());
    }

    private void take(final int kind, final MutableDirectBuffer buffer, final int index, final int length) {
        if (health.failed()) {
            return;
        }
        final long sessionId = buffer.getLong(index + SESSION_OFFSET);
        final long number = buffer.getLong(index + NUMBER_OFFSET);
        final long receivedAtNs = buffer.getLong(index + TIME_OFFSET);
        final int device = buffer.getInt(index + DEVICE_OFFSET);
        final int payload = index + PAYLOAD_OFFSET;
        final int payloadLength = length - PAYLOAD_OFFSET;
        if (kind < CONTROL_KINDS) {
            takeMessage(kind, device, number, sessionId, receivedAtNs, buffer, payload, payloadLength);
            return;
        }
        long told = number;
        if (kind == RecordKind.RECORD_KIND_SESSION_OPENED_VALUE) {
            final SessionOpened opened = Scan.sessionOpened(buffer, payload, payloadLength);
            told = once.highest(
                    opened.getBeside()
                            ? once.openBeside(device, opened.getBootEpoch(), sessionId)
                            : once.open(device, opened.getBootEpoch(), sessionId));
        } else if (kind == RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE) {
            once.close(device, sessionId);
        }
        if (write(kind, device, number, 0, receivedAtNs, buffer, payload, payloadLength)) {
            observer.onAppended(sessionId, kind, told, sequence, false);
        }
    }

    private void takeMessage(
            final int kind,
            final int device,
            final long number,
            final long sessionId,
            final long receivedAtNs,
            final DirectBuffer buffer,
            final int payload,
            final int payloadLength) {
        final int slot = once.current(device, sessionId);
        if (slot < 0) {
            counters.increment(Counter.JOURNAL_STALE);
        } else if (number <= once.highest(slot)) {
            counters.increment(Counter.JOURNAL_DUPLICATES);
            observer.onAppended(sessionId, kind, number, sequence, true);
        } else if (write(kind, device, number, once.epoch(slot), receivedAtNs, buffer, payload, payloadLength)) {
            once.raise(slot, number);
            latencies.record(Stage.RECEIVE_APPEND, clock.nanoTime() - receivedAtNs);
            observer.onAppended(sessionId, kind, number, sequence, false);
        }
    }

    private boolean write(
            final int kind,
            final int device,
            final long number,
            final long bootEpoch,
            final long timeNs,
            final DirectBuffer buffer,
            final int offset,
            final int length) {
        lastTimeNs = Math.max(lastTimeNs, timeNs);
        try {
            final int lag = Frame.lag(sequence + 1, commit.synced());
            final int bytes = appender.append(
                    sequence + 1, lastTimeNs, number, bootEpoch, device, kind, lag, buffer, offset, length);
            sequence++;
            counters.increment(Counter.JOURNAL_APPENDED);
            counters.add(Counter.JOURNAL_BYTES, bytes);
            return true;
        } catch (final Throwable e) {
            // Chronicle Queue throws checked exceptions undeclared, among them those of a full or broken disk
            health.fail("cannot append to the journal", e);
            return false;
        }
    }

    private int tick() {
        if (tickNs == 0) {
            return 0;
        }
        final long nowNs = time.nowNs();
        if (nowNs - lastTickNs < tickNs) {
            return 0;
        }
        lastTickNs = nowNs;
        return write(RecordKind.RECORD_KIND_TICK_VALUE, -1, 0, 0, nowNs, empty, 0, 0) ? 1 : 0;
    }

    private void publish() {
        commit.onAppended(sequence);
        if (sequence - checkpointedSequence >= checkpointRecords || files.size() != checkpointedFiles) {
            checkpointedSequence = sequence;
            checkpointedFiles = files.size();
            pendingCheckpoint = checkpoint();
        }
    }
}
