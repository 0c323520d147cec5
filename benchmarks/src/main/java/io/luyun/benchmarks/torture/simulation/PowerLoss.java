package io.luyun.benchmarks.torture.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/** What a loss of power leaves of a file behind the place up to which it was forced. */
final class PowerLoss {
    /** The place of a file that was never forced. */
    static final long NEVER = -1;

    private static final int SECTOR = 512;
    private static final int PAGE = 4_096;

    /** Which of the pieces that were not forced are on the disk. */
    enum Leaves {
        NOTHING,
        A_PREFIX,
        ANY_SUBSET,
        EVERYTHING
    }

    private final long seed;
    private final Leaves leaves;
    private final int piece;

    PowerLoss(final SplittableRandom random) {
        seed = random.nextLong();
        leaves = Leaves.values()[random.nextInt(Leaves.values().length)];
        piece = random.nextBoolean() ? SECTOR : PAGE;
    }

    Leaves leaves() {
        return leaves;
    }

    /**
     * Makes the file that is there afterwards.
     *
     * @param key the file's name, of which the same part is lost in the same simulation
     * @param safe up to where it was forced, or NEVER
     * @return false when there is none
     */
    boolean leave(final String key, final Path from, final Path to, final long safe) throws IOException {
        final SplittableRandom random = SimulatedDisk.random(seed, key);
        if (safe == NEVER && random.nextInt(3) == 0) {
            return false;
        }
        final byte[] data = SparseFile.read(from);
        final int begin = (int) Math.min(data.length, Math.max(0, safe));
        int kept = begin;
        final int prefix = begin + (data.length > begin ? random.nextInt(data.length - begin + 1) : 0);
        for (int at = begin; at < data.length; ) {
            final int end = Math.min(data.length, (at / piece + 1) * piece);
            final boolean there = switch (leaves) {
                case NOTHING -> false;
                case A_PREFIX -> end <= prefix;
                case ANY_SUBSET -> random.nextBoolean();
                case EVERYTHING -> true;
            };
            if (there) {
                kept = end;
            } else {
                Arrays.fill(data, at, end, (byte) 0);
            }
            at = end;
        }
        final long length = Files.size(from);
        // Zeros at the end of what was forced are data, too: no file gets shorter than that.
        final long least = Math.max(kept, Math.min(length, safe));
        SparseFile.write(to, data, random.nextInt(3) == 0 ? least : length);
        return true;
    }

    @Override
    public String toString() {
        return leaves + " in pieces of " + piece;
    }
}
