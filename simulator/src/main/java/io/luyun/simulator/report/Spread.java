package io.luyun.simulator.report;

import java.util.Arrays;

/**
 * The same figure of several runs.
 *
 * @param least the smallest
 * @param median the middle one, or the mean of the two in the middle
 * @param most the largest
 * @param sum all together
 */
record Spread(double least, double median, double most, double sum) {
    /** Of one value at least. */
    static Spread of(final double... values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        final int middle = sorted.length / 2;
        return new Spread(
                sorted[0],
                sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2,
                sorted[sorted.length - 1],
                Arrays.stream(sorted).sum());
    }
}
