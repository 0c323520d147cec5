package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.LastRecords;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints the last records. */
@Command(
        name = "tail",
        description =
                "Prints the last of the chosen records, and goes on as records are written. Exit code 3 when it is done and"
                        + " records were damaged or missing.",
        mixinStandardHelpOptions = true)
final class JournalTailCommand extends PrintingTask {
    @Option(
            names = {"-n", "--limit", "--count"},
            defaultValue = "10",
            description = "The last so many records (default: 10).")
    private long limit = 10;

    JournalTailCommand() {
        this(StandardOut.ofProcess());
    }

    JournalTailCommand(final StandardOut out) {
        super(out);
    }

    @Override
    List<Damage> on(final Recording recording, final PrintWriter unused) {
        if (limit < 0) {
            throw new IllegalArgumentException("--limit " + limit + ": must be 0 or more");
        }
        final Printing printing = printing();
        final LastRecords last = last(recording, choice(recording), limit);
        if (follows()) {
            return follow(recording, printing, last);
        }
        try (Records records = records(recording, last.selection())) {
            return printing.all(records, last.skipped(), limit);
        }
    }
}
