package io.luyun.simulator.recording;

import java.util.List;

/**
 * Frames and when each is due.
 *
 * @param frames the frames
 * @param dueNs of each how long after the first; never falls
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Recording(List<? extends FeedFrame> frames, long[] dueNs) {
    private static final double NANOS_PER_SECOND = 1e9;

    /** Frames and times belong together. */
    public Recording {
        if (frames.size() != dueNs.length) {
            throw new IllegalArgumentException(frames.size() + " frames and " + dueNs.length + " times");
        }
        frames = List.copyOf(frames);
    }

    /** So many frames a second. */
    public static Recording even(final List<? extends FeedFrame> frames, final double rate) {
        final long[] dueNs = new long[frames.size()];
        for (int i = 0; i < dueNs.length; i++) {
            dueNs[i] = (long) (i * NANOS_PER_SECOND / rate);
        }
        return new Recording(frames, dueNs);
    }

    /**
     * As recorded, or so much faster.
     *
     * @param timesNs when each was recorded; one that goes back counts as the one before
     */
    public static Recording timed(final List<? extends FeedFrame> frames, final long[] timesNs, final double speed) {
        final long[] dueNs = new long[timesNs.length];
        for (int i = 1; i < dueNs.length; i++) {
            dueNs[i] = Math.max(dueNs[i - 1], (long) ((timesNs[i] - timesNs[0]) / speed));
        }
        return new Recording(frames, dueNs);
    }
}
