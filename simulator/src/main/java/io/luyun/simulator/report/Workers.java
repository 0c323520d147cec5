package io.luyun.simulator.report;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One run out of the reports of the processes that made it together: messages, rates, connections and the generators' processor time
 * are added, histograms merged. Percentiles of a second cannot be merged; the worst of the workers stands for all. Each worker saw
 * the same server, so of that the most seen counts. Stateless.
 */
public final class Workers {
    private static final double NANOS = 1e9;

    private Workers() {}

    /**
     * The run.
     *
     * @throws IllegalArgumentException when the reports cannot be of one run: in one line, why
     */
    public static RunReport joined(final Runs workers) {
        final List<RunReport> all = workers.reports();
        final RunReport first = all.getFirst();
        for (int i = 1; i < all.size(); i++) {
            final RunReport.Scenario one = first.about().scenario();
            final RunReport.Scenario other = all.get(i).about().scenario();
            if (!one.equals(other)
                    || all.get(i).stages().size() != first.stages().size()) {
                throw new IllegalArgumentException(workers.names().get(i) + ": is not of one run with "
                        + workers.names().getFirst() + ": scenario, seed and number of stages must be the same");
            }
        }
        return new RunReport(
                about(all),
                new RunReport.Machine(
                        first.machine().generator(),
                        all.stream()
                                .map(report -> report.machine().server())
                                .filter(Objects::nonNull)
                                .findFirst()
                                .orElse(null)),
                RunReport.Validity.of(workers.reasons()),
                workers.ledger(),
                workers.merged(),
                series(all),
                cpu(all),
                stages(all));
    }

    private static RunReport.About about(final List<RunReport> all) {
        final RunReport.About first = all.getFirst().about();
        return new RunReport.About(
                first.command(),
                first.scenario(),
                started(all),
                all.stream()
                        .mapToDouble(report -> report.about().seconds())
                        .max()
                        .orElse(0),
                all.stream()
                        .mapToDouble(report -> report.about().warmupSeconds())
                        .max()
                        .orElse(0),
                all.stream().mapToInt(report -> report.about().workers()).sum());
    }

    private static String started(final List<RunReport> all) {
        return all.stream()
                .map(report -> report.about().started())
                .min(Comparator.comparing(
                        started -> OffsetDateTime.parse(started).toInstant()))
                .orElseThrow();
    }

    private static List<RunReport.Second> series(final List<RunReport> all) {
        final OffsetDateTime start = OffsetDateTime.parse(started(all));
        final Map<Long, RunReport.Second> bySecond = new TreeMap<>();
        for (final RunReport report : all) {
            final long later = Math.round(
                    Duration.between(start, OffsetDateTime.parse(report.about().started()))
                                    .toNanos()
                            / NANOS);
            for (final RunReport.Second row : report.series()) {
                bySecond.merge(row.second() + later, row, Workers::both);
            }
        }
        final List<RunReport.Second> series = new ArrayList<>();
        bySecond.forEach((second, row) -> series.add(at(second, row)));
        return series;
    }

    private static RunReport.Second at(final long second, final RunReport.Second row) {
        return new RunReport.Second(
                second,
                row.offered(),
                row.sent(),
                row.acknowledged(),
                row.refused(),
                row.outstanding(),
                row.ackP50Micros(),
                row.ackP99Micros(),
                row.alertP99Micros(),
                row.lagP99Micros(),
                row.serverCores(),
                row.generatorCores(),
                row.connections());
    }

    private static RunReport.Second both(final RunReport.Second a, final RunReport.Second b) {
        return new RunReport.Second(
                a.second(),
                a.offered() + b.offered(),
                a.sent() + b.sent(),
                a.acknowledged() + b.acknowledged(),
                a.refused() + b.refused(),
                a.outstanding() + b.outstanding(),
                known(a.ackP50Micros(), b.ackP50Micros(), Math::max),
                known(a.ackP99Micros(), b.ackP99Micros(), Math::max),
                known(a.alertP99Micros(), b.alertP99Micros(), Math::max),
                known(a.lagP99Micros(), b.lagP99Micros(), Math::max),
                known(a.serverCores(), b.serverCores(), Math::max),
                known(a.generatorCores(), b.generatorCores(), Double::sum),
                a.connections() + b.connections());
    }

    private static @Nullable Double known(
            final @Nullable Double a, final @Nullable Double b, final BinaryOperator<Double> both) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        return both.apply(a, b);
    }

    private static RunReport.Cpu cpu(final List<RunReport> all) {
        final boolean every = all.stream().allMatch(report -> report.cpu().generatorMicrosPerMessage() != null);
        return new RunReport.Cpu(
                perMessage(all, RunReport.Cpu::serverMicrosPerMessage, Math::max),
                every ? perMessage(all, RunReport.Cpu::generatorMicrosPerMessage, Double::sum) : null,
                all.stream()
                        .map(report -> report.cpu().disturbedSeconds())
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null));
    }

    /** Micros of all put together by {@code both}, for each message of all. */
    private static @Nullable Double perMessage(
            final List<RunReport> all,
            final Function<RunReport.Cpu, @Nullable Double> each,
            final BinaryOperator<Double> both) {
        final double sent = all.stream()
                .mapToLong(report -> report.ledger().script().sent())
                .sum();
        @Nullable Double micros = null;
        for (final RunReport report : all) {
            final Double of = each.apply(report.cpu());
            micros = known(
                    micros, of == null ? null : of * report.ledger().script().sent(), both);
        }
        return micros == null || sent == 0 ? null : Double.valueOf(micros / sent);
    }

    private static List<RunReport.Stage> stages(final List<RunReport> all) {
        final List<RunReport.Stage> stages = new ArrayList<>();
        for (int i = 0; i < all.getFirst().stages().size(); i++) {
            final int at = i;
            final List<RunReport.Stage> of =
                    all.stream().map(report -> report.stages().get(at)).toList();
            @Nullable Double p99 = null;
            for (final RunReport.Stage stage : of) {
                p99 = known(p99, stage.ackP99Micros(), Math::max);
            }
            final List<String> why = of.stream()
                    .flatMap(stage -> Stream.ofNullable(stage.why()))
                    .distinct()
                    .toList();
            stages.add(new RunReport.Stage(
                    of.stream().mapToDouble(RunReport.Stage::rate).sum(),
                    of.stream().allMatch(RunReport.Stage::passed),
                    why.isEmpty() ? null : String.join("; ", why),
                    p99,
                    of.stream().mapToLong(RunReport.Stage::lost).sum()));
        }
        return stages;
    }
}
