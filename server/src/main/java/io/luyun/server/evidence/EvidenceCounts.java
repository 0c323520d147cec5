package io.luyun.server.evidence;

import java.util.concurrent.atomic.AtomicLong;

/** What has become of incidents since the start. Any thread. */
public final class EvidenceCounts {
    private final AtomicLong begun = new AtomicLong();
    private final AtomicLong shared = new AtomicLong();
    private final AtomicLong suppressed = new AtomicLong();
    private final AtomicLong sealed = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();

    private volatile int pending;

    /** So many are not sealed yet. */
    void pending(final int now) {
        pending = now;
    }

    void begun() {
        begun.incrementAndGet();
    }

    void shared() {
        shared.incrementAndGet();
    }

    void suppressed() {
        suppressed.incrementAndGet();
    }

    void sealed() {
        sealed.incrementAndGet();
    }

    void failed() {
        failed.incrementAndGet();
    }

    /** Incidents that were not sealed at the last turn of the room. */
    public int pendingCount() {
        return pending;
    }

    /** Incidents begun. */
    public long begunCount() {
        return begun.get();
    }

    /** Triggers that were added to an incident that was pending. */
    public long sharedCount() {
        return shared.get();
    }

    /** Triggers that were only counted, since there were too many incidents. */
    public long suppressedCount() {
        return suppressed.get();
    }

    /** Packages sealed. */
    public long sealedCount() {
        return sealed.get();
    }

    /** Attempts to seal that failed; they are made again. */
    public long failedCount() {
        return failed.get();
    }
}
