package io.luyun.simulator.replay;

import org.HdrHistogram.Histogram;

/**
 * How well the pace was kept: how far from its time each message was sent, and whether the whole ran too fast or too slow. A stretch
 * is what is played without a pause, a seek or another rate; time between stretches does not count. One thread.
 */
final class PaceMeter {
    private static final long MAX_NS = 3_600_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;
    private static final double PERCENT = 100;

    private final Histogram offNs = new Histogram(MAX_NS, 3);
    private double rate = 1;
    private boolean begun;
    private long lastDueNs;
    private long lastActualNs;
    private long lastTimeNs;
    private long sumDueNs;
    private long sumActualNs;
    private double sumPlayedNs;
    private long lagNs;

    /** A new stretch begins, at this rate. */
    void begin(final double newRate) {
        begun = false;
        rate = newRate;
    }

    /**
     * A message was sent.
     *
     * @param timeNs its receive time
     * @param dueNs when it should have been; means nothing where there is no pace to keep
     * @param actualNs when it was
     */
    void sent(final long timeNs, final long dueNs, final long actualNs) {
        final boolean paced = rate < Schedule.MAX_RATE;
        if (paced) {
            lagNs = actualNs - dueNs;
            offNs.recordValue(Math.min(Math.abs(lagNs), MAX_NS));
        }
        if (begun) {
            sumActualNs += actualNs - lastActualNs;
            sumDueNs += paced ? dueNs - lastDueNs : actualNs - lastActualNs;
            sumPlayedNs += paced ? (dueNs - lastDueNs) * rate : timeNs - lastTimeNs;
        }
        begun = true;
        lastDueNs = dueNs;
        lastActualNs = actualNs;
        lastTimeNs = timeNs;
    }

    /** How late the last message was. */
    long lagNs() {
        return lagNs;
    }

    /** What was measured so far. */
    Pace pace() {
        return new Pace(
                offNs.copy(),
                sumActualNs / NANOS_PER_SECOND,
                sumActualNs > 0 ? sumPlayedNs / sumActualNs : 0,
                sumActualNs > 0 ? PERCENT * ((double) sumDueNs / sumActualNs - 1) : 0);
    }
}
