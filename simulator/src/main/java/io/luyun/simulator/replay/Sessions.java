package io.luyun.simulator.replay;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many of the sessions a target wants are open. Confined to its loop, but for {@link #announced}. */
final class Sessions {
    /** Whatever is not open by then opens while the others play. */
    private static final long ALL_NS = TimeUnit.SECONDS.toNanos(10);
    /** With nothing open by then and trouble met, there is no target. */
    private static final long FIRST_NS = TimeUnit.SECONDS.toNanos(3);

    private static final long NOT_YET = Long.MIN_VALUE;

    private final AtomicInteger announced = new AtomicInteger();
    private long beginNs = NOT_YET;
    private int asked;
    private int opened;
    private int failed;
    private @Nullable String firstFailure;
    private @Nullable String trouble;
    private @Nullable String closed;

    /**
     * One more will be asked for, by a task the loop has not run yet; from any thread. Whoever reads ahead has read before the loop
     * has asked, and playing must not begin in between: what is played to sessions nobody has asked for is lost.
     */
    void announced() {
        announced.incrementAndGet();
    }

    /** One more is asked for. */
    void asked() {
        asked++;
    }

    /** One is open for the first time. */
    void opened() {
        opened++;
    }

    /** One will not open, or not again. */
    void failed(final String why, final boolean wasOpen) {
        failed++;
        opened -= wasOpen ? 1 : 0;
        if (firstFailure == null) {
            firstFailure = why;
        }
        if (failed == asked) {
            closed = firstFailure;
        }
    }

    /** One did not open, and tries again. */
    void troubled(final String why) {
        trouble = why;
    }

    /** Whether there is nothing to wait for before the playing begins. */
    boolean settled(final long nowNs) {
        if (beginNs == NOT_YET) {
            beginNs = nowNs;
        }
        final long waitedNs = nowNs - beginNs;
        if (opened == 0 && trouble != null && waitedNs > FIRST_NS) {
            closed = trouble;
        }
        return opened + failed >= Math.max(asked, announced.get()) || waitedNs > ALL_NS || closed != null;
    }

    /** Why none is open and none will be; null otherwise. */
    @Nullable
    String closed() {
        return closed;
    }
}
