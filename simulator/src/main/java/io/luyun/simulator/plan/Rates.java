package io.luyun.simulator.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * How many steps a second there are, over time: stretches in each of which the rate stays or changes evenly. Behind the last one its
 * last rate goes on. Immutable.
 *
 * <p>A step is due when the number of steps so far, the integral of the rate, becomes a whole number. So a rate may change without any step
 * being left out or sent twice.
 */
public final class Rates {
    /** Highest rate, steps a second. */
    public static final double MOST = 100_000;

    private static final double NS = 1e9;

    private final List<Stretch> stretches;
    /** Steps before each stretch. */
    private final double[] stepsBefore;
    /** Seconds before each stretch, and before what follows the last one. */
    private final double[] secondsBefore;

    /**
     * A part of the time.
     *
     * @param seconds how long
     * @param from steps a second at its start
     * @param to steps a second at its end
     */
    public record Stretch(double seconds, double from, double to) {
        /** Checks the ranges. */
        public Stretch {
            Range.check("seconds", seconds, 0.001, 1e7);
            Range.check("rate", from, 0, MOST);
            Range.check("rate", to, 0, MOST);
        }

        double steps() {
            return seconds * (from + to) / 2;
        }
    }

    /**
     * Rates of these stretches, one after the other.
     *
     * @throws IllegalArgumentException when there are none, or no step ever
     */
    public Rates(final List<Stretch> stretches) {
        if (stretches.isEmpty() || stretches.stream().allMatch(stretch -> stretch.steps() == 0)) {
            throw new IllegalArgumentException("rates without any step");
        }
        this.stretches = List.copyOf(stretches);
        stepsBefore = new double[stretches.size() + 1];
        secondsBefore = new double[stretches.size() + 1];
        for (int i = 0; i < stretches.size(); i++) {
            stepsBefore[i + 1] = stepsBefore[i] + stretches.get(i).steps();
            secondsBefore[i + 1] = secondsBefore[i] + stretches.get(i).seconds();
        }
    }

    /** The same rate for ever. */
    public static Rates constant(final double stepsPerSecond) {
        return new Rates(List.of(new Stretch(1, stepsPerSecond, stepsPerSecond)));
    }

    /** All stretches. */
    public List<Stretch> stretches() {
        return stretches;
    }

    /** Seconds all stretches take. */
    public double seconds() {
        return secondsBefore[stretches.size()];
    }

    /** When a step is due, nanoseconds after the start; {@link Long#MAX_VALUE} when it never is. */
    public long atNs(final long step) {
        for (int i = 0; i < stretches.size(); i++) {
            if (step < stepsBefore[i + 1]) {
                return Math.round((secondsBefore[i] + within(stretches.get(i), step - stepsBefore[i])) * NS);
            }
        }
        final double last = stretches.getLast().to();
        return last == 0
                ? Long.MAX_VALUE
                : Math.round((seconds() + (step - stepsBefore[stretches.size()]) / last) * NS);
    }

    /**
     * How long a step lasts, nanoseconds: up to the next one, but no longer than at the rate it began with, so that what belongs to the step
     * before a rest is not spread over the rest.
     */
    public long lengthNs(final long step) {
        final long atNs = atNs(step);
        final long nextNs = atNs(step + 1);
        final double rate = atNs == Long.MAX_VALUE ? 0 : at(atNs / NS);
        final long usual = rate > 0 ? Math.round(NS / rate) : Long.MAX_VALUE;
        return Math.max(1, Math.min(nextNs == Long.MAX_VALUE ? usual : nextNs - atNs, usual));
    }

    /** Number of steps due before a time, seconds after the start. */
    public long stepsBefore(final double seconds) {
        double rest = seconds;
        double steps = 0;
        for (final Stretch stretch : stretches) {
            final double part = Math.min(rest, stretch.seconds());
            steps += part * (stretch.from() + rate(stretch, part)) / 2;
            rest -= part;
        }
        // a step due at this very time is not before it; what rounding adds is no step
        return (long) Math.ceil(steps + rest * stretches.getLast().to() - 1e-6);
    }

    /** Steps a second at a time, seconds after the start. */
    public double at(final double seconds) {
        for (int i = 0; i < stretches.size(); i++) {
            if (seconds < secondsBefore[i + 1]) {
                return rate(stretches.get(i), seconds - secondsBefore[i]);
            }
        }
        return stretches.getLast().to();
    }

    /** The same until a time at which the last stretch has ended, and from there on this rate. */
    public Rates then(final double seconds, final double stepsPerSecond) {
        final List<Stretch> more = new ArrayList<>(stretches);
        if (seconds > seconds()) {
            final double last = stretches.getLast().to();
            more.add(new Stretch(seconds - seconds(), last, last));
        }
        more.add(new Stretch(0.001, stepsPerSecond, stepsPerSecond));
        return new Rates(more);
    }

    private static double rate(final Stretch stretch, final double seconds) {
        return stretch.from() + (stretch.to() - stretch.from()) * seconds / stretch.seconds();
    }

    /** Seconds into a stretch after which so many of its steps are over. */
    private static double within(final Stretch stretch, final double steps) {
        final double slope = (stretch.to() - stretch.from()) / stretch.seconds();
        // In this form of the solution nothing cancels, whether the rate rises, falls or stays.
        final double end = Math.sqrt(Math.max(0, stretch.from() * stretch.from() + 2 * slope * steps));
        return steps == 0 ? 0 : 2 * steps / (stretch.from() + end);
    }
}
