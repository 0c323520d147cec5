package io.luyun.server.research;

import java.util.Arrays;

/**
 * Counts over time in bins of one width, which doubles whenever there would be too many: any span in constant memory. Times must
 * not go back by more than the width of the first bin.
 */
public final class Bins {
    private static final int MOST = 1_024;
    private static final long FINEST_NS = 100_000_000L;
    private static final double NANOS_A_SECOND = 1e9;
    /** Of a column: what the last bin has at least, however late it begins. */
    private static final double LEAST_PART = 1e-9;

    private final long[] counts = new long[MOST];
    private long widthNs = FINEST_NS;
    private long beginNs = Long.MIN_VALUE;
    private int used;

    Bins() {}

    void add(final long timeNs) {
        if (beginNs == Long.MIN_VALUE) {
            beginNs = timeNs;
        }
        long bin = Math.max(0, timeNs - beginNs) / widthNs;
        while (bin >= MOST) {
            for (int i = 0; i < MOST / 2; i++) {
                counts[i] = counts[2 * i] + counts[2 * i + 1];
            }
            Arrays.fill(counts, MOST / 2, MOST, 0);
            widthNs *= 2;
            bin /= 2;
        }
        counts[(int) bin]++;
        used = Math.max(used, (int) bin + 1);
    }

    /** When the first one begins, ns since 1970; MIN_VALUE for none. */
    public long beginNs() {
        return beginNs;
    }

    /** How wide they are, ns. */
    public long widthNs() {
        return widthNs;
    }

    /**
     * Counts a second in so many columns of one width, from the first time on. What lies across the edge of a column counts for both
     * in parts, so that even traffic is an even line.
     *
     * @param spanNs what all of them cover: the last time counted lies within it
     */
    public double[] rates(final long fromNs, final long spanNs, final int columns) {
        final double[] rates = new double[columns];
        final double columnNs = (double) spanNs / columns;
        for (int i = 0; i < used; i++) {
            final double begin = Math.min((beginNs - fromNs + i * widthNs) / columnNs, columns - LEAST_PART);
            final double end = Math.min(begin + widthNs / columnNs, columns);
            for (int column = (int) begin; column < end; column++) {
                final double part = Math.min(end, column + 1.0) - Math.max(begin, column);
                rates[column] += counts[i] * part / (end - begin) * NANOS_A_SECOND / columnNs;
            }
        }
        return rates;
    }

    /**
     * The counts in so many bins of one width, from the first time on.
     *
     * @param spanNs what all of them cover
     */
    public long[] over(final long fromNs, final long spanNs, final int bins) {
        final long[] result = new long[bins];
        for (int i = 0; i < used; i++) {
            final double part = ((beginNs - fromNs) + (i + 0.5) * widthNs) / Math.max(1, spanNs);
            result[Math.clamp((long) (part * bins), 0, bins - 1)] += counts[i];
        }
        return result;
    }
}
