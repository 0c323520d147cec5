package io.luyun.server.tools;

import io.luyun.server.journal.JournalException;
import io.luyun.server.monitor.Settings;
import io.luyun.server.supervise.SupervisionReport;
import io.luyun.server.supervise.TestVehicles;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Tells what test vehicles did. */
@Command(
        name = "supervision",
        description = "Tells what test vehicles did: ways and times by driving mode, takeovers, violations.",
        mixinStandardHelpOptions = true)
public final class SupervisionCommand implements Runnable {
    private static final int DONE = 0;
    private static final int BAD_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(
            name = "report",
            description = "Prints their figures by local day or month as CSV, or as JSON.",
            mixinStandardHelpOptions = true)
    int report(
            @Parameters(paramLabel = "DIR", description = "The data directory of a server, or a copy.")
                    final Path directory,
            @Option(names = "--from", required = true, paramLabel = "DAY", description = "First day, 2026-01-31.")
                    final String from,
            @Option(names = "--to", required = true, paramLabel = "DAY", description = "Last day.") final String to,
            @Option(names = "--by", paramLabel = "PERIOD", defaultValue = "day", description = "day or month.")
                    final String by,
            @Option(
                            names = "--vehicles",
                            paramLabel = "FILE",
                            description =
                                    "Reckon anew, out of the journal and with this vehicles file, in place of what"
                                            + " the server has kept.")
                    final @Nullable Path vehicles,
            @Option(names = "--json", description = "Print one JSON object.") final boolean json) {
        final PrintWriter out = spec.commandLine().getOut();
        try {
            final LocalDate first = day("--from", from);
            final LocalDate last = day("--to", to);
            Settings.require(!last.isBefore(first), "--to", to, "must not be before --from, " + from);
            Settings.require(by.equals("day") || by.equals("month"), "--by", by, "must be day or month");
            Settings.require(
                    vehicles != null || Files.isDirectory(directory.resolve("supervision")),
                    "DIR",
                    directory,
                    "must be a data directory in which a server has kept figures; --vehicles reckons them anew");
            final boolean byMonth = by.equals("month");
            final SupervisionReport report = vehicles == null
                    ? SupervisionReport.kept(directory, first, last, byMonth)
                    : SupervisionReport.anew(directory, TestVehicles.read(vehicles), first, last, byMonth);
            if (json) {
                out.println(report.json().put("from", from).put("to", to).put("by", by));
            } else {
                report.csv().forEach(out::println);
            }
            return DONE;
        } catch (final JournalException | IllegalArgumentException e) {
            spec.commandLine().getErr().println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private static LocalDate day(final String option, final String given) {
        try {
            return LocalDate.parse(given);
        } catch (final DateTimeException e) {
            throw new IllegalArgumentException(option + " " + given + ": must be a day, for example 2026-01-31", e);
        }
    }
}
