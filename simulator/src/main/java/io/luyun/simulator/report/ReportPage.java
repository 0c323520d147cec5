package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import io.luyun.simulator.report.Page.Cell;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * A report as one HTML file to pass on: plots, percentiles by kind, the ledger, machine, versions, command, seed and scenario. It
 * needs nothing beside it and runs no script. Stateless.
 */
public final class ReportPage {
    private ReportPage() {}

    /**
     * The page of one run, or of several of the same thing: then the medians, how far the runs lie apart, and all their times together.
     *
     * @param verdicts what was demanded of them, when something was
     */
    public static String of(final Runs runs, final List<Assertions.Verdict> verdicts) {
        return runs.reports().size() == 1 ? one(runs.reports().getFirst(), verdicts) : several(runs, verdicts);
    }

    private static String one(final RunReport report, final List<Assertions.Verdict> verdicts) {
        final RunReport.About about = report.about();
        final Page page = new Page("Load run: " + about.scenario().name());
        page.text("h1", "", "Load run: " + about.scenario().name());
        page.text(
                "p",
                "sub",
                String.format(
                        Locale.ROOT,
                        "started %s, sent for %s s (the first %s s not in the latencies), seed %d, %s, Luyun %s",
                        about.started(),
                        plain(about.seconds()),
                        plain(about.warmupSeconds()),
                        about.scenario().seed(),
                        about.workers() == 1 ? "one process" : about.workers() + " processes",
                        report.machine().generator().luyun()));
        warnings(page, new Runs(List.of(about.scenario().name()), List.of(report)));
        headline(page, List.of(report), report.ledger());
        PageTables.verdicts(page, verdicts);
        PagePlots.overTime(page, report);
        PagePlots.percentiles(page, report.latencyMicros());
        PageTables.latencies(page, report.latencyMicros());
        explainLatencies(page);
        PageTables.stages(page, report.stages());
        PageTables.cpu(page, report.cpu());
        PageTables.ledger(page, report.ledger());
        PageTables.machine(page, report.machine());
        about(page, about);
        return page.end();
    }

    private static String several(final Runs runs, final List<Assertions.Verdict> verdicts) {
        final RunReport first = runs.reports().getFirst();
        final int count = runs.reports().size();
        final Page page =
                new Page(count + " load runs: " + first.about().scenario().name());
        page.text("h1", "", count + " load runs: " + first.about().scenario().name());
        page.text("p", "sub", "Medians of the runs; histograms and ledgers of all runs together, where it says so.");
        warnings(page, runs);
        final Ledger ledger = runs.ledger();
        headline(page, runs.reports(), ledger);
        PageTables.verdicts(page, verdicts);
        page.heading("Runs").table("run", "started", " seed", " messages/s", "counts");
        for (int i = 0; i < count; i++) {
            final RunReport report = runs.reports().get(i);
            page.row(
                    report.validity().valid() ? "" : "bad",
                    Cell.of(runs.names().get(i)),
                    Cell.of(report.about().started()),
                    Cell.number(String.valueOf(report.about().scenario().seed())),
                    Cell.number(Numbers.figure(Figure.Unit.RATE, report.rate())),
                    Cell.of(report.validity().valid() ? "valid" : "NOT VALID"));
        }
        page.endTable();
        spreads(page, runs);
        final Map<String, Latency> merged = runs.merged();
        PagePlots.percentiles(page, merged);
        page.text("p", "soft", "All runs' times in one histogram:");
        PageTables.latencies(page, merged);
        explainLatencies(page);
        page.text("p", "soft", "The ledger below is the sum of the runs.");
        PageTables.ledger(page, ledger);
        PageTables.machine(page, first.machine());
        about(page, first.about());
        return page.end();
    }

    private static void warnings(final Page page, final Runs runs) {
        final List<String> reasons = runs.reasons();
        if (!reasons.isEmpty()) {
            page.banner("NOT VALID: these figures do not count", reasons);
        }
        final List<String> open = runs.ledger().open();
        if (!open.isEmpty()) {
            page.banner("The ledger does not close", open);
        }
        final List<String> unlike = runs.unlike();
        if (!unlike.isEmpty()) {
            page.banner("The runs are not alike", unlike);
        }
        final OptionalDouble disturbed = Figure.named("disturbed").of(runs.reports());
        if (disturbed.isPresent() && disturbed.getAsDouble() > 0) {
            page.text(
                    "p",
                    "note",
                    "In " + Numbers.figure(Figure.Unit.COUNT, disturbed.getAsDouble())
                            + " seconds something else used the machine.");
        }
    }

    private static void headline(final Page page, final List<RunReport> reports, final Ledger ledger) {
        page.openCards();
        card(page, reports, "rate", "messages sent a second");
        card(page, reports, "maximum", "highest rate passed");
        card(page, reports, "ack.p50", "acknowledgement p50");
        card(page, reports, "ack.p99", "acknowledgement p99");
        card(page, reports, "alert.p99", "alert p99");
        card(page, reports, "delivery.p99", "delivery p99");
        card(page, reports, "lag.p99", "generator lag p99");
        card(page, reports, "cpu.server", "server CPU a message");
        final Long lost = ledger.lost();
        page.card(lost == null ? "not known" : Numbers.count(lost), "messages lost", lost != null && lost > 0);
        page.card(Numbers.count(ledger.unexplained()), "messages unexplained", ledger.unexplained() > 0);
        page.closeCards();
    }

    private static void card(final Page page, final List<RunReport> reports, final String figure, final String name) {
        final Figure wanted = Figure.named(figure);
        final OptionalDouble value = wanted.of(reports);
        if (value.isPresent()) {
            page.card(
                    Numbers.figure(wanted.unit(), value.getAsDouble()),
                    reports.size() == 1 ? name : name + ", median",
                    false);
        }
    }

    private static void spreads(final Page page, final Runs runs) {
        page.heading("Spread of the runs").table("figure", " median", " least", " most", " most / least");
        runs.spreads()
                .forEach((figure, spread) -> page.row(
                        Cell.of(figure.name()),
                        Cell.number(Numbers.figure(figure.unit(), spread.median())),
                        Cell.number(Numbers.figure(figure.unit(), spread.least())),
                        Cell.number(Numbers.figure(figure.unit(), spread.most())),
                        Cell.number(
                                spread.least() > 0
                                        ? String.format(Locale.ROOT, "%.2f", spread.most() / spread.least())
                                        : "-")));
        page.endTable();
    }

    private static void explainLatencies(final Page page) {
        page.text(
                "p",
                "soft",
                "ack: from the time a message was due to its acknowledgement. alert: from the server's receipt of the message"
                        + " that caused it to the vehicle; alertFromSend: from the time that message was due. delivery: from"
                        + " the time a message was due to its subscribers. lag: the generator behind its own schedule.");
    }

    private static void about(final Page page, final RunReport.About about) {
        page.heading("Command").text("pre", "", about.command());
        page.heading("Scenario: " + about.scenario().name() + ", seed "
                + about.scenario().seed());
        page.text("pre", "", about.scenario().yaml());
    }

    private static String plain(final double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%,.1f", value);
    }
}
