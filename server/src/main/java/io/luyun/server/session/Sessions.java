package io.luyun.server.session;

import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.v1.AckLevel;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.MutableDirectBuffer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * All sessions of one event loop and what they share: readers, checks, a scratch buffer. Owned by that loop's thread; a
 * session's id names its loop in the lowest bits.
 */
public final class Sessions {
    /** Low bits of a session id that name its loop. */
    public static final int LOOP_BITS = 4;

    private static final int SCRATCH_BYTES = 4_096;

    final Environment env;
    final DeviceFrameReader frame = new DeviceFrameReader();
    final MessageChecks checks;
    final Admission admission;
    final Refusal refusal = new Refusal();
    final MutableDirectBuffer scratch = new UnsafeBuffer(new byte[SCRATCH_BYTES]);
    final long ackIntervalNs;

    private final int loop;
    private final Long2ObjectHashMap<Session> byId = new Long2ObjectHashMap<>();
    /** Sessions that wait for the disk. */
    private final List<Session> waiting = new ArrayList<>();
    /** Sessions whose acknowledgement waits for its time, the next one first: all wait equally long. */
    private final ArrayDeque<Session> held = new ArrayDeque<>();

    private long synced;
    private boolean settleSoon;
    private volatile boolean anyWaiting;
    private volatile int eager;

    /**
     * What sessions of all loops share.
     *
     * @param insecure devices whose entry asks for no token need no proof
     * @param maxFrameBytes told to devices
     * @param version of the server, told to devices
     */
    public record Environment(
            SessionConfig config,
            DeviceRegistry registry,
            Line line,
            ControlRecords control,
            EpochNanoClock clock,
            Counters counters,
            boolean insecure,
            int maxFrameBytes,
            String version) {}

    public Sessions(final int loop, final Environment environment) {
        this.loop = loop;
        this.env = environment;
        this.checks = new MessageChecks(environment.config().clockToleranceMillis());
        this.admission = new Admission(environment, checks);
        this.ackIntervalNs = TimeUnit.MICROSECONDS.toNanos(environment.config().ackIntervalMicros());
    }

    /** The loop a session belongs to. */
    public static int loopOf(final long sessionId) {
        return (int) sessionId & ((1 << LOOP_BITS) - 1);
    }

    /** A connection has come that speaks the server's own language. */
    public FrameSession accept(final FrameConnection connection) {
        return new FrameSession(this, connection);
    }

    /** The journal has taken a record of one of these sessions. */
    public void onAppended(
            final long sessionId, final int kind, final long number, final long sequence, final boolean duplicate) {
        final Session session = byId.get(sessionId);
        if (session != null) {
            session.onAppended(kind, number, sequence);
        }
    }

    /** The journal is on the disk up to this sequence. */
    public void onSynced(final long sequence) {
        synced = Math.max(synced, sequence);
        settle();
    }

    /** Sends the acknowledgements that are due. */
    public void settle() {
        settleSoon = false;
        if (waiting.isEmpty() && held.isEmpty()) {
            return;
        }
        final long nowNs = env.clock().nanoTime();
        settleWaiting(nowNs);
        settleHeld(nowNs);
    }

    /** When the next acknowledgement is due that is held back; Long.MAX_VALUE when none is. */
    public long nextDueNs() {
        final Session next = held.peekFirst();
        return next == null ? Long.MAX_VALUE : next.dueNs;
    }

    /** Whether everything taken has been acknowledged. */
    public boolean settled() {
        for (final Session session : byId.values()) {
            if (!session.settled()) {
                return false;
            }
        }
        return true;
    }

    /** Whether something is due that does not wait for the disk. */
    public boolean settlesSoon() {
        return settleSoon;
    }

    /** Whether some session wants to hear of appends before they are synced. Any thread. */
    public boolean eager() {
        return eager > 0;
    }

    /** Whether any session waits for the journal. Any thread. */
    public boolean waiting() {
        return anyWaiting;
    }

    /** Offers the control records that found the intake full; true when none is left. */
    public boolean drainControl() {
        return env.control().drain();
    }

    /** The registry has changed: ends the sessions it no longer allows and narrows or widens the others. */
    public void onRegistryChanged() {
        for (final Session session : List.copyOf(byId.values())) {
            session.onRegistryChanged();
        }
    }

    /** The server goes down: ends the sessions there still are. */
    public void onShutdown() {
        for (final Session session : List.copyOf(byId.values())) {
            session.onShutdown();
        }
    }

    /** The session of this id. */
    public @Nullable Session find(final long sessionId) {
        return byId.get(sessionId);
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    long register(final Session session, final AckLevel level) {
        final long id = env.line().newSessionId() << LOOP_BITS | loop;
        byId.put(id, session);
        env.counters().increment(Counter.SESSIONS_OPENED);
        eager += level == AckLevel.ACK_LEVEL_SYNCED ? 0 : 1;
        return id;
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // one writer
    void unregister(final Session session, final AckLevel level) {
        eager -= level == AckLevel.ACK_LEVEL_SYNCED ? 0 : 1;
        byId.remove(session.id());
        env.counters().increment(Counter.SESSIONS_CLOSED);
    }

    /** It owes an acknowledgement for what is not on the disk yet. */
    void awaits(final Session session) {
        if (!session.waiting && !session.held) {
            session.waiting = true;
            waiting.add(session);
            anyWaiting = true;
        }
    }

    void settleSoon() {
        settleSoon = true;
    }

    /** It owes an acknowledgement, but has sent one just now: the next one takes along what comes until it is due. */
    void hold(final Session session, final long nowNs) {
        if (!session.held) {
            session.held = true;
            session.dueNs = nowNs + ackIntervalNs;
            held.addLast(session);
        }
    }

    /** Sequence up to which this loop knows the journal to be on the disk. */
    public long synced() {
        return synced;
    }

    private void settleWaiting(final long nowNs) {
        for (int i = waiting.size() - 1; i >= 0; i--) {
            final Session session = waiting.get(i);
            if (session.settle(nowNs)) {
                session.waiting = false;
                final Session last = waiting.removeLast();
                if (i < waiting.size()) {
                    waiting.set(i, last);
                }
            }
        }
        if (waiting.isEmpty() && anyWaiting) {
            anyWaiting = false;
        }
    }

    private void settleHeld(final long nowNs) {
        Session next = held.peekFirst();
        while (next != null && next.dueNs <= nowNs) {
            held.removeFirst();
            next.held = false;
            if (!next.settle(nowNs)) {
                awaits(next);
            }
            next = held.peekFirst();
        }
    }
}
