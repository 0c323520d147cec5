package io.luyun.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One run of the guard as it is printed and kept. Figures of different machines are not comparable, ratios nearly are.
 *
 * @param version of what was measured
 * @param source what git calls it; absent where it cannot be asked
 * @param date when the run ended, ISO 8601 UTC
 * @param form long or short
 * @param machine where
 * @param note what is to be known about this run; absent for nothing
 * @param kept whether every limit was
 * @param stages every limit with what was measured
 */
record GuardRun(
        String version,
        @Nullable String source,
        String date,
        String form,
        GuardMachine machine,
        @Nullable String note,
        boolean kept,
        List<Stage> stages) {
    /**
     * One limit and what was measured for it.
     *
     * @param benchmark class and method
     * @param nanos time for an operation; absent when it was not measured
     * @param errorNanos half of its 99.9 % confidence interval; absent where JMH gives none
     * @param bytes allocated for an operation
     * @param reference what it was compared with; absent when only bytes are limited
     * @param referenceNanos its time for an operation
     * @param ratio of the two times
     * @param maxRatio limit of the ratio
     * @param maxBytes limit of the bytes
     * @param kept whether both limits were
     */
    record Stage(
            String benchmark,
            @Nullable Double nanos,
            @Nullable Double errorNanos,
            @Nullable Double bytes,
            @Nullable String reference,
            @Nullable Double referenceNanos,
            @Nullable Double ratio,
            @Nullable Double maxRatio,
            @Nullable Double maxBytes,
            boolean kept) {
        /** What tells it from the others: a benchmark may have several references. */
        String name() {
            return reference == null ? benchmark : benchmark + " / " + reference;
        }
    }

    GuardRun {
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(machine, "machine");
        stages = List.copyOf(stages);
    }

    /** The verdicts in the form that is kept. */
    static List<Stage> stages(final List<Guard.Verdict> verdicts) {
        final List<Stage> stages = new ArrayList<>();
        for (final Guard.Verdict verdict : verdicts) {
            final Limits.Limit limit = verdict.limit();
            final Guard.Figure figure = verdict.figure();
            final Guard.Figure reference = verdict.reference();
            stages.add(new Stage(
                    limit.benchmark(),
                    figure == null ? null : finite(figure.nanos()),
                    figure == null ? null : finite(figure.error()),
                    figure == null ? null : finite(figure.bytes()),
                    limit.reference(),
                    reference == null ? null : finite(reference.nanos()),
                    finite(verdict.ratio()),
                    limit.maxRatio(),
                    limit.maxBytes(),
                    verdict.kept()));
        }
        return stages;
    }

    /** JSON has no word for what is not a number. Six digits are more than any machine repeats. */
    private static @Nullable Double finite(final double value) {
        return Double.isFinite(value) ? Math.rint(value * 1e6) / 1e6 : null;
    }
}
