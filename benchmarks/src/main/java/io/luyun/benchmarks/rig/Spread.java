package io.luyun.benchmarks.rig;

import java.util.List;
import java.util.Locale;

/** Middle and ends of some measurements. */
public record Spread(double median, double min, double max) {
    /** Of at least one. */
    public static Spread of(final List<Double> values) {
        final List<Double> sorted = values.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        final double median =
                sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Spread(median, sorted.getFirst(), sorted.getLast());
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "median %.3f (%.3f to %.3f)", median, min, max);
    }
}
