package io.luyun.benchmarks.torture.crowd;

import java.util.List;
import java.util.Locale;

/**
 * One figure of times without and with a fault, measured in turns. What times without it differ by is noise: a limit closer than that
 * cannot be told to hold, and is told to be broken only when it is passed by more.
 *
 * @param without at least one, in order
 * @param with at least one, in order
 */
public record Sides(List<Double> without, List<Double> with) {
    /** What may be said of a limit. */
    public enum Finding {
        /** It holds. */
        HOLDS,
        /** It does not. */
        PASSED,
        /** The noise is larger than what it allows. */
        UNDECIDED
    }

    public Sides {
        without = List.copyOf(without);
        with = List.copyOf(with);
        if (without.isEmpty() || with.isEmpty()) {
            throw new IllegalArgumentException("nothing to compare: " + without + ", " + with);
        }
    }

    /** Whether it rises by no more than this, at most, part of one and by no more than so much. */
    public Finding risesAtMost(final double part, final double much) {
        final double base = median(without);
        return find(median(with) - base, Math.min(base * part, much));
    }

    /** Whether it falls by no more than this part of one. */
    public Finding fallsAtMost(final double part) {
        final double base = median(without);
        return find(base - median(with), base * part);
    }

    private Finding find(final double change, final double allowed) {
        final double noise = without.stream()
                        .mapToDouble(Double::doubleValue)
                        .max()
                        .orElseThrow()
                - without.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        if (change > allowed + noise) {
            return Finding.PASSED;
        }
        if (noise > allowed || change > allowed) {
            return Finding.UNDECIDED;
        }
        return Finding.HOLDS;
    }

    /** Both sides, and that nothing can be said where that is so. */
    public String text(final String format, final Finding finding) {
        return "%s without, %s with%s"
                .formatted(
                        all(format, without),
                        all(format, with),
                        finding == Finding.UNDECIDED ? " (no verdict: noise)" : "");
    }

    private static String all(final String format, final List<Double> values) {
        return String.join(
                " ",
                values.stream()
                        .map(value -> String.format(Locale.ROOT, format, value))
                        .toList());
    }

    /** The middle one, or between the middle ones. */
    public static double median(final List<Double> values) {
        final List<Double> sorted = values.stream().sorted().toList();
        final int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
