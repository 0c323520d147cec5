package io.luyun.server;

import java.io.IOException;
import java.util.function.LongSupplier;

/**
 * Bytes that a round of work allocates: the least of a few. What a compiler does away with is there until it has compiled, and on a busy
 * machine it gets to that later; what a message really costs is there in every round.
 */
public final class LeastAllocation {
    private static final int ROUNDS = 12;

    private LeastAllocation() {}

    /** A round of work. */
    public interface Round {
        void run() throws IOException;
    }

    /**
     * Works until a round has allocated little enough, or no more rounds are left.
     *
     * @param allocated bytes the thread that works has allocated in its life
     * @param enough so few are little enough
     */
    public static long of(final LongSupplier allocated, final double enough, final Round round) throws IOException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS && least >= enough; i++) {
            final long before = allocated.getAsLong();
            round.run();
            least = Math.min(least, allocated.getAsLong() - before);
        }
        return least;
    }
}
