package io.luyun.server.world;

/**
 * How old a report was when it came, by the stamps of one clock that may be wrong by any constant: a report that took the
 * least time of the last seconds is new, all others are as old as they took longer. A sender that stamps late, or is far
 * away, looks new all the same; what a roadside unit lags behind others is learned by {@link Unit}.
 *
 * <p>Reports older than the limit are stale. When nothing but stale reports has come for a second, at the pace of time, the
 * clock was set back and begins anew; reports that come faster than they were stamped are a backlog and stay stale.
 */
final class StampClock {
    /** The report is too old to be used. */
    static final long STALE = -1;

    private static final long BUCKET_NS = 2_000_000_000L;
    private static final long STEP_NS = 1_000_000_000L;
    private static final long UNKNOWN = Long.MIN_VALUE;
    /** A run of reports that covers so much more time than it took is a backlog. */
    private static final double BACKLOG_PACE = 1.5;

    private long offsetNs = UNKNOWN;
    private long leastNs;
    private long leastBeforeNs;
    private long bucketAtNs;
    private long runAtNs = UNKNOWN;
    private long runStampNs;

    void reset() {
        offsetNs = UNKNOWN;
        runAtNs = UNKNOWN;
    }

    /**
     * Age of a report.
     *
     * @param secMark millisecond within the minute, or ABSENT
     * @return 0 and more, or {@link #STALE}
     */
    long ageNs(final int secMark, final long receivedAtNs, final long staleNs) {
        if (secMark == Participant.ABSENT) {
            return 0;
        }
        final long expectedNs = offsetNs == UNKNOWN ? receivedAtNs : receivedAtNs - offsetNs;
        final long stampNs = MessageTime.ofSecMark(secMark, expectedNs);
        final long tookNs = receivedAtNs - stampNs;
        if (offsetNs == UNKNOWN) {
            set(tookNs, receivedAtNs);
        } else if (tookNs - offsetNs > staleNs) {
            if (!isStep(stampNs, receivedAtNs)) {
                return STALE;
            }
            set(tookNs, receivedAtNs);
        }
        runAtNs = UNKNOWN;
        if (receivedAtNs - bucketAtNs > BUCKET_NS) {
            leastBeforeNs = leastNs;
            leastNs = tookNs;
            bucketAtNs = receivedAtNs;
        }
        leastNs = Math.min(leastNs, tookNs);
        offsetNs = Math.min(leastNs, leastBeforeNs);
        return tookNs - offsetNs;
    }

    private boolean isStep(final long stampNs, final long receivedAtNs) {
        final long lastedNs = receivedAtNs - runAtNs;
        if (runAtNs == UNKNOWN
                || stampNs < runStampNs
                || stampNs - runStampNs > BACKLOG_PACE * lastedNs + BUCKET_NS / 10) {
            runAtNs = receivedAtNs;
            runStampNs = stampNs;
            return false;
        }
        return lastedNs >= STEP_NS;
    }

    private void set(final long knownNs, final long atNs) {
        offsetNs = knownNs;
        leastNs = knownNs;
        leastBeforeNs = knownNs;
        bucketAtNs = atNs;
    }
}
