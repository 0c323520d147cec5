package io.luyun.benchmarks.torture.fuzz;

import java.util.Locale;

/**
 * What became of the inputs of one target.
 *
 * @param uncaught inputs the decoder threw something on
 * @param firstBroken the first input that broke a rule, and which; empty for none
 * @param p9999Nanos of the clock on the wall: other threads, the compiler and the collector count
 * @param maxNanos likewise
 * @param slowestNanos of processor time, of the slowest input, the least of several tries
 * @param largestOctets allocated by one input
 * @param leaks buffers lost; below 0 where they could not be counted
 */
public record FuzzResult(
        String name,
        long seed,
        long inputs,
        double inputsPerSecond,
        long uncaught,
        String firstBroken,
        long p9999Nanos,
        long maxNanos,
        long slowestNanos,
        long largestOctets,
        int leaks,
        Limits limits) {
    private static final double NANOS_PER_MILLI = 1_000_000;
    private static final double OCTETS_PER_KIB = 1_024;

    /** Whether nothing was uncaught, lost or beyond the limits. */
    public boolean holds() {
        return uncaught == 0 && leaks <= 0 && slowestNanos <= limits.nanos() && largestOctets <= limits.octets();
    }

    private String verdict() {
        if (holds()) {
            return "ok";
        }
        return (uncaught > 0 || leaks > 0 ? "BROKEN " : "ABOVE ITS LIMITS ") + firstBroken;
    }

    /** One line of a table. */
    public String line() {
        return String.format(
                Locale.ROOT,
                "%-16s %10d %9.0f/s %8d uncaught  p99.99 %8.3f ms  max %8.3f ms  slowest %8.3f ms  %8.1f KiB  %s leaks  %s",
                name,
                inputs,
                inputsPerSecond,
                uncaught,
                p9999Nanos / NANOS_PER_MILLI,
                maxNanos / NANOS_PER_MILLI,
                slowestNanos / NANOS_PER_MILLI,
                largestOctets / OCTETS_PER_KIB,
                leaks < 0 ? "?" : Integer.toString(leaks),
                verdict());
    }
}
