package io.luyun.server.evidence;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How fast records are worked through. */
@FunctionalInterface
interface Pace {
    /** As fast as they come. */
    Pace FULL = () -> {};

    /** One more record is done; may wait. */
    void step();

    /**
     * A quarter of one processor at most: a thread's priority means nothing to Linux, and the line must not feel that evidence is
     * written. For one thread.
     */
    static Pace quarter() {
        return new Quarter();
    }

    /** Rests three times as long as it worked. */
    final class Quarter implements Pace {
        private static final int BATCH = 512;
        private static final long MOST_NS = TimeUnit.MILLISECONDS.toNanos(200);
        private int count;
        private long startedNs = System.nanoTime();

        @Override
        public void step() {
            if (++count >= BATCH) {
                LockSupport.parkNanos(Math.min(MOST_NS, 3 * (System.nanoTime() - startedNs)));
                count = 0;
                startedNs = System.nanoTime();
            }
        }
    }
}
