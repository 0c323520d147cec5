package io.luyun.simulator.score;

import java.util.Arrays;

/**
 * What time it is in the scenes, by what has been sent: a machine that is late plays late, and that is not the server's doing.
 * Written and read on one thread.
 */
final class SceneClock {
    private static final double NS = 1e9;

    private final long[] dueNs;
    private final long[] sentAtNs;
    private int sent;

    /** A clock for messages due so long after the beginning, in rising order. */
    SceneClock(final long[] dueNs) {
        this.dueNs = dueNs.clone();
        sentAtNs = new long[dueNs.length];
    }

    /** The next message is being sent. */
    void sends(final long epochNs) {
        sentAtNs[sent++] = epochNs;
    }

    /** Seconds of the scene at an instant: when the last message sent before it was due, and what has passed since. */
    double secondsAt(final long epochNs) {
        final int found = Arrays.binarySearch(sentAtNs, 0, sent, epochNs);
        final int last = found >= 0 ? found : -found - 2;
        if (last < 0) {
            return 0;
        }
        final double next = last + 1 < sent ? dueNs[last + 1] : Double.POSITIVE_INFINITY;
        return Math.min(next, dueNs[last] + (double) (epochNs - sentAtNs[last])) / NS;
    }
}
