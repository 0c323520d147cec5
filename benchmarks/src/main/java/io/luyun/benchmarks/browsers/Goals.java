package io.luyun.benchmarks.browsers;

/**
 * What may not be exceeded.
 *
 * @param browserPercent what one browser may cost the server of a core
 * @param alertRatio alert p99 with all browsers over that without
 * @param foreignPercent what others may use of a core in a second that counts
 * @param lagMillis how late one in a hundred messages of the generator may be in a turn that counts
 */
public record Goals(double browserPercent, double alertRatio, double foreignPercent, double lagMillis) {
    /** Checks the ranges. */
    public Goals {
        above("max-cpu-percent", browserPercent);
        above("max-alert-ratio", alertRatio);
        above("max-foreign", foreignPercent);
        above("max-lag", lagMillis);
    }

    private static void above(final String name, final double value) {
        if (!(value > 0)) {
            throw new IllegalArgumentException("--" + name + " is " + value + ", must be above 0");
        }
    }
}
