package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import io.luyun.simulator.scenario.JournalCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Adds to reports what their runs do not know: what the other processes of the run did, and what is in the journal. Stateless. */
public final class RunReports {
    private RunReports() {}

    /**
     * The same with what the journal holds. What nobody was told of is either of those without answers, or of those that were left
     * unanswered: where only one of them is there, it is known.
     */
    public static RunReport with(final RunReport report, final JournalCheck found) {
        final Ledger ledger = report.ledger();
        final long untold = Math.max(
                0,
                found.journaled()
                        - ledger.answers().acknowledged()
                        - ledger.spoiled().taken());
        final boolean noneWait =
                ledger.answers().unanswered() + ledger.spoiled().unanswered() == 0;
        final boolean noneWithout = ledger.answers().withoutAnswer() == 0;
        final Ledger.InJournal journal = new Ledger.InJournal(
                found.journaled(),
                noneWait ? Long.valueOf(0) : noneWithout ? Long.valueOf(untold) : null,
                noneWithout ? Long.valueOf(0) : noneWait ? Long.valueOf(untold) : null,
                null,
                found.duplicates(),
                found.damaged());
        return new RunReport(
                report.about(),
                report.machine(),
                report.validity(),
                ledger.with(journal),
                report.latencyMicros(),
                report.series(),
                report.cpu(),
                report.stages());
    }

    /**
     * One report of a run whose devices were shared by several processes on this host. The first stands for what they have in common; alerts are
     * counted by the first, which heard of all if anybody did.
     */
    public static RunReport joined(final List<RunReport> parts, final RunReport.About about) {
        final List<String> names =
                parts.stream().map(part -> part.about().command()).toList();
        final Runs runs = new Runs(names, parts);
        final RunReport first = parts.getFirst();
        return new RunReport(
                about,
                first.machine(),
                RunReport.Validity.of(parts.stream()
                        .flatMap(part -> part.validity().reasons().stream())
                        .distinct()
                        .toList()),
                runs.ledger(),
                runs.merged(),
                series(parts),
                cpu(parts),
                List.of());
    }

    private static List<RunReport.Second> series(final List<RunReport> parts) {
        final int seconds =
                parts.stream().mapToInt(part -> part.series().size()).max().orElse(0);
        final List<RunReport.Second> series = new ArrayList<>();
        for (int i = 0; i < seconds; i++) {
            final int at = i;
            series.add(second(
                    at,
                    parts.stream()
                            .filter(part -> part.series().size() > at)
                            .map(part -> part.series().get(at))
                            .toList()));
        }
        return series;
    }

    /** Percentiles of several processes cannot be added up: the worst of them is told. */
    private static RunReport.Second second(final long number, final List<RunReport.Second> parts) {
        return new RunReport.Second(
                number,
                parts.stream().mapToDouble(RunReport.Second::offered).sum(),
                sum(parts, RunReport.Second::sent),
                sum(parts, RunReport.Second::acknowledged),
                sum(parts, RunReport.Second::refused),
                sum(parts, RunReport.Second::outstanding),
                worst(parts, RunReport.Second::ackP50Micros),
                worst(parts, RunReport.Second::ackP99Micros),
                worst(parts, RunReport.Second::alertP99Micros),
                worst(parts, RunReport.Second::lagP99Micros),
                worst(parts, RunReport.Second::serverCores),
                parts.stream()
                        .map(RunReport.Second::generatorCores)
                        .filter(Objects::nonNull)
                        .reduce(Double::sum)
                        .orElse(null),
                sum(parts, RunReport.Second::connections));
    }

    private static RunReport.Cpu cpu(final List<RunReport> parts) {
        final double sent =
                parts.stream().mapToLong(part -> part.ledger().script().sent()).sum();
        double server = 0;
        double generator = 0;
        boolean serverKnown = false;
        for (final RunReport part : parts) {
            final long share = part.ledger().script().sent();
            final Double its = part.cpu().serverMicrosPerMessage();
            final Double own = part.cpu().generatorMicrosPerMessage();
            // each has seen the same server, but for its own messages
            if (its != null) {
                server = Math.max(server, its * share);
                serverKnown = true;
            }
            generator += own == null ? 0 : own * share;
        }
        // to each the others are somebody else, so none can tell who disturbed
        return sent == 0
                ? new RunReport.Cpu(null, null, null)
                : new RunReport.Cpu(serverKnown ? Double.valueOf(server / sent) : null, generator / sent, null);
    }

    private static long sum(final List<RunReport.Second> parts, final ToLongFunction<RunReport.Second> value) {
        return parts.stream().mapToLong(value).sum();
    }

    private static @Nullable Double worst(
            final List<RunReport.Second> parts, final Function<RunReport.Second, @Nullable Double> value) {
        return parts.stream()
                .map(value)
                .filter(Objects::nonNull)
                .reduce(Math::max)
                .orElse(null);
    }
}
