package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import io.luyun.simulator.scenario.JournalCheck;
import java.util.stream.Stream;

/** Adds to a report what its run does not know. Stateless. */
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
     * One that several processes made, as it was asked for. To each of them the others are somebody else who uses the machine, so nobody can
     * tell which seconds were disturbed.
     */
    public static RunReport of(final RunReport joined, final String command, final boolean serverLived) {
        final RunReport.About about = joined.about();
        return new RunReport(
                new RunReport.About(
                        command,
                        about.scenario(),
                        about.started(),
                        about.seconds(),
                        about.warmupSeconds(),
                        about.workers()),
                joined.machine(),
                serverLived
                        ? joined.validity()
                        : RunReport.Validity.of(Stream.concat(
                                        joined.validity().reasons().stream(), Stream.of("the server ended by itself"))
                                .toList()),
                joined.ledger(),
                joined.latencyMicros(),
                joined.series(),
                new RunReport.Cpu(
                        joined.cpu().serverMicrosPerMessage(), joined.cpu().generatorMicrosPerMessage(), null),
                joined.stages());
    }
}
