package io.luyun.benchmarks.torture.kill;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What happens at the armed point of a server under test, in that server's process. Static, since woven code has nothing else to
 * call; any thread.
 */
public final class Passages {
    /** As of a process that was killed by signal 9. */
    static final int KILLED = 137;

    private static final AtomicLong LEFT = new AtomicLong();
    private static volatile boolean holds;

    private Passages() {}

    /**
     * Before the first class of the server is loaded.
     *
     * @param passages at which passage, 1 the first
     * @param holdsThere whether the thread is held there for good; otherwise the process ends without a further instruction
     */
    static void arm(final long passages, final boolean holdsThere) {
        LEFT.set(passages);
        holds = holdsThere;
    }

    /** Woven code calls this. */
    public static void pass() {
        if (LEFT.decrementAndGet() == 0) {
            if (!holds) {
                Runtime.getRuntime().halt(KILLED);
            }
            while (true) {
                LockSupport.park(LEFT);
            }
        }
    }
}
