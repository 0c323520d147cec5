package io.luyun.simulator.replay;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * Reads the journal ahead of the player, on a thread of its own, into a queue bounded in records and in octets. It starts anew where
 * the player asks for another time, and at the beginning when it goes round.
 */
final class ReadAhead implements RecordFeed, AutoCloseable {
    private static final int MOST_RECORDS = 16_384;
    private static final long MOST_BYTES = 32 << 20;
    private static final int SAMPLE = 512;
    private static final long FULL_PARK_NS = 2_000_000;
    private static final long IDLE_PARK_NS = 10_000_000;
    private static final long CLOSE_MILLIS = 2_000;
    /** Kinds from here on are not messages of devices, or not in the language of the house. */
    private static final int FIRST_OTHER_KIND = 63;

    private static final byte[] NOTHING = new byte[0];

    private final Recording recording;
    private final Selection selection;
    private final Excerpt excerpt;
    private final Devices devices;
    private final Thread thread;
    private final OneToOneConcurrentArrayQueue<Recorded> queue = new OneToOneConcurrentArrayQueue<>(MOST_RECORDS);
    private final List<Recorded> first = new ArrayList<>();
    private final AtomicLong bytes = new AtomicLong();
    private final Set<Damage> met = new LinkedHashSet<>();
    private volatile Seek wanted = new Seek(0, Long.MIN_VALUE);
    private volatile long beginNs;
    private volatile boolean primed;
    private volatile boolean closed;
    private volatile List<Damage> damage = List.of();
    private volatile @Nullable RuntimeException failure;
    private long endNs;
    private int pass;

    /** Where the player wants to be; numbered from 1. */
    private record Seek(int number, long timeNs) {}

    /**
     * Which part of the records that are wanted is played.
     *
     * @param offsetNs so long after the first of them it begins
     * @param durationNs so much of the journal is played
     * @param loop whether it begins anew at the end
     */
    record Excerpt(long offsetNs, long durationNs, boolean loop) {}

    /**
     * Does not read yet.
     *
     * @param devices closed when the reading has ended
     */
    ReadAhead(final Recording recording, final Selection selection, final Excerpt excerpt, final Devices devices) {
        this.recording = recording;
        this.selection = selection;
        this.excerpt = excerpt;
        this.devices = devices;
        thread = Thread.ofPlatform().name("read-ahead").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    @Override
    public boolean primed() {
        return primed;
    }

    @Override
    public long beginNs() {
        return beginNs;
    }

    @Override
    public List<Recorded> sample() {
        return first;
    }

    @Override
    public @Nullable Recorded peek() {
        while (true) {
            final Recorded next = queue.peek();
            if (next == null || next.seek() == wanted.number()) {
                return next;
            }
            remove();
        }
    }

    @Override
    public void remove() {
        final Recorded removed = queue.poll();
        if (removed != null) {
            bytes.addAndGet(-removed.payload().length);
        }
    }

    @Override
    public void seek(final long timeNs) {
        wanted = new Seek(wanted.number() + 1, timeNs);
    }

    /** Records read ahead. */
    int waiting() {
        return queue.size();
    }

    /** Damaged ranges met so far. */
    List<Damage> damage() {
        return damage;
    }

    /** Why the reading ended before its end; null when it did not. */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    @Override
    public void close() {
        finish();
    }

    /** Reads no more; what it has met is told then. */
    void finish() {
        closed = true;
        devices.stop();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (final InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        // closed by this thread: whoever waits for its end does not wait for ever, and what is read must not be taken
        // from it
        try (devices) {
            read();
        } catch (final RuntimeException e) {
            failure = e;
            end(wanted);
        }
    }

    private void read() {
        Seek seek = wanted;
        if (!findBegin()) {
            end(seek);
            return;
        }
        while (!closed) {
            final long fromNs = Math.max(beginNs, seek.timeNs());
            final boolean any = readFrom(fromNs, seek);
            pass++;
            if (wanted.number() != seek.number()) {
                seek = wanted;
            } else if (excerpt.loop() && (any || fromNs > beginNs)) {
                seek = new Seek(seek.number(), Long.MIN_VALUE);
            } else {
                end(seek);
                seek = awaitSeek(seek);
            }
        }
    }

    private boolean findBegin() {
        try (RecordCursor records = recording.messages(selection)) {
            if (!records.next()) {
                remember(records);
                return false;
            }
            beginNs = records.record().receivedAtNs() + excerpt.offsetNs();
            endNs = beginNs > Long.MAX_VALUE - excerpt.durationNs() ? Long.MAX_VALUE : beginNs + excerpt.durationNs();
            return true;
        }
    }

    /** Reads up to the end, or until another time is asked for; whether there was anything. */
    private boolean readFrom(final long fromNs, final Seek seek) {
        final Selection rest =
                selection.withTimes(Math.max(selection.fromNs(), fromNs), Math.min(selection.untilNs(), endNs));
        boolean any = false;
        try (RecordCursor records = recording.messages(rest)) {
            while (records.next() && offer(recorded(records, seek), seek)) {
                any = true;
            }
            remember(records);
        }
        return any;
    }

    private void remember(final RecordCursor records) {
        if (met.addAll(records.damage())) {
            damage = List.copyOf(met);
        }
    }

    private Recorded recorded(final RecordCursor records, final Seek seek) {
        final int kind = records.record().kind();
        final long sequence = records.record().sequence();
        final boolean message = records.message() && kind < FIRST_OTHER_KIND;
        return new Recorded(
                seek.number(),
                pass,
                sequence,
                records.record().receivedAtNs(),
                kind,
                message ? devices.of(records.deviceId(), sequence, kind) : null,
                message ? records.payload() : NOTHING);
    }

    /** Puts it into the queue when there is room; false when nobody wants it any more. */
    private boolean offer(final Recorded next, final Seek seek) {
        if (queue.size() >= MOST_RECORDS - 1 || bytes.get() > MOST_BYTES) {
            primed = true;
            // not woken for each that is played
            while (queue.size() > MOST_RECORDS / 2 || bytes.get() > MOST_BYTES / 2) {
                if (closed || wanted.number() != seek.number()) {
                    return false;
                }
                LockSupport.parkNanos(FULL_PARK_NS);
            }
        }
        if (!primed && first.size() < SAMPLE) {
            first.add(next);
        }
        bytes.addAndGet(next.payload().length);
        queue.add(next);
        return !closed && wanted.number() == seek.number();
    }

    /** Nothing more comes unless another time is asked for. */
    private void end(final Seek seek) {
        while (!queue.offer(Recorded.end(seek.number(), pass)) && !closed && wanted.number() == seek.number()) {
            LockSupport.parkNanos(FULL_PARK_NS);
        }
        primed = true;
    }

    private Seek awaitSeek(final Seek seek) {
        while (!closed && wanted.number() == seek.number()) {
            LockSupport.parkNanos(IDLE_PARK_NS);
        }
        return wanted;
    }
}
