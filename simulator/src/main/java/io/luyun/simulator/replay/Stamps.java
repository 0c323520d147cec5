package io.luyun.simulator.replay;

import io.luyun.simulator.recording.Restamp;
import java.util.function.LongUnaryOperator;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * The times and ids messages get: those of the journal, or the times moved to when each is due, so that the sender's clock stands to
 * the time of sending as it stood to the time of receipt. One thread.
 */
final class Stamps {
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final NanoClock clock;
    private final EpochNanoClock epochClock;
    private final boolean now;
    private final boolean asRecorded;
    private final Restamp restamp;
    private long epochMinusClockNs;

    /**
     * Stamps.
     *
     * @param now whether times move to when a message is due
     * @param ids from an id of eight octets to that it gets; null for the same
     */
    Stamps(
            final boolean now,
            final @Nullable LongUnaryOperator ids,
            final NanoClock clock,
            final EpochNanoClock epochClock) {
        this.now = now;
        this.clock = clock;
        this.epochClock = epochClock;
        asRecorded = !now && ids == null;
        restamp = new Restamp(ids);
        set();
    }

    /** Looks at the clock of the day; between two such looks it is taken to run as the other clock does. */
    void set() {
        epochMinusClockNs = epochClock.nanoTime() - clock.nanoTime();
    }

    /** The time that belongs to a record, ns since 1970. */
    long utcNs(final Recorded record, final long dueNs) {
        return now ? dueNs + epochMinusClockNs : record.timeNs();
    }

    /** The message with its times and ids. */
    byte[] stamped(final Recorded record, final long utcNs) {
        if (asRecorded) {
            return record.payload();
        }
        final long atMs = Math.floorDiv(record.timeNs(), NANOS_PER_MILLI);
        final long moreMs = now ? Math.floorDiv(utcNs - record.timeNs(), NANOS_PER_MILLI) : 0;
        return restamp.move(record.kind(), record.payload(), atMs, moreMs);
    }
}
