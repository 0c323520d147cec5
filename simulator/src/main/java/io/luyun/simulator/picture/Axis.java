package io.luyun.simulator.picture;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;

/**
 * A scale from the least to the most, with its marks. Immutable.
 *
 * @param label what it shows, with its unit
 * @param logarithmic whether equal steps are equal factors
 * @param least left or lower end; above 0 when logarithmic
 * @param most the other end, above the least
 * @param ticks marks between them
 */
public record Axis(String label, boolean logarithmic, double least, double most, List<Tick> ticks) {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final double[] FINE = {1, 2, 5};
    /** Above so many decades 2 and 5 between them have no room. */
    private static final double FEW_DECADES = 2.9;

    private static final double LEAST_FACTOR = 10;

    /**
     * A mark.
     *
     * @param at its value
     * @param label what stands beside it
     */
    public record Tick(double at, String label) {}

    public Axis {
        ticks = List.copyOf(ticks);
    }

    /** Equal steps, from 0 to a round number not below the most. */
    public static Axis linear(
            final String label, final double most, final int steps, final DoubleFunction<String> text) {
        final double top = most > 0 ? most : 1;
        final double step = round(top / steps);
        final double end = Math.ceil(top / step - 1e-9) * step;
        return new Axis(label, false, 0, end, marks(step, end, text));
    }

    /** Equal steps, from 0 to the most exactly. */
    public static Axis exact(
            final String label, final double most, final int steps, final DoubleFunction<String> text) {
        final double end = most > 0 ? most : 1;
        return new Axis(label, false, 0, end, marks(round(end / steps), end, text));
    }

    /** Decades that hold the least and the most. */
    public static Axis log(
            final String label, final double least, final double most, final DoubleFunction<String> text) {
        final double low = Math.pow(10, Math.floor(Math.log10(least) + 1e-9));
        final double high = round(Math.max(most, low * LEAST_FACTOR));
        final List<Tick> ticks = new ArrayList<>();
        final boolean fine = Math.log10(high / low) <= FEW_DECADES;
        for (double decade = low; decade <= high * 1.001; decade *= 10) {
            for (final double factor : fine ? FINE : new double[] {1}) {
                final double at = decade * factor;
                if (at <= high * 1.001) {
                    ticks.add(new Tick(at, text.apply(at)));
                }
            }
        }
        return new Axis(label, true, low, high, ticks);
    }

    /** Percentiles by their number of nines, from 0 to the most of them: 1 is 90 %, 2 is 99 %. */
    public static Axis nines(final String label, final double most) {
        final double end = Math.max(1, most);
        final List<Tick> ticks = new ArrayList<>();
        ticks.add(new Tick(0, "0 %"));
        ticks.add(new Tick(Math.log10(2), "50 %"));
        for (int nines = 1; nines <= end + 1e-9; nines++) {
            ticks.add(new Tick(
                    nines,
                    String.format(Locale.ROOT, "%." + Math.max(0, nines - 2) + "f %%", 100 - Math.pow(10, 2 - nines))));
        }
        return new Axis(label, false, 0, end, ticks);
    }

    /** Where a value lies, 0 at the least and 1 at the most; below the least is at the least. */
    double share(final double value) {
        final double share = logarithmic
                ? Math.log(Math.max(value, least) / least) / Math.log(most / least)
                : (value - least) / (most - least);
        return Math.clamp(share, 0, 1);
    }

    private static List<Tick> marks(final double step, final double end, final DoubleFunction<String> text) {
        final List<Tick> ticks = new ArrayList<>();
        for (int i = 0; i * step <= end * (1 + 1e-9); i++) {
            ticks.add(new Tick(i * step, text.apply(i * step)));
        }
        return ticks;
    }

    private static double round(final double value) {
        final double decade = Math.pow(10, Math.floor(Math.log10(value)));
        for (final double step : STEPS) {
            if (decade * step >= value * (1 - 1e-9)) {
                return decade * step;
            }
        }
        return decade * 10;
    }
}
