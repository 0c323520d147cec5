package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.LastRecords;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import io.luyun.server.research.Selection;
import java.io.PrintWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints records. */
@Command(
        name = "cat",
        aliases = "filter",
        description =
                "Prints records, and of a data directory the alerts among them, one a line. Exit code 3 when it is done and"
                        + " records were damaged or missing.",
        mixinStandardHelpOptions = true)
final class JournalCatCommand extends PrintingTask {
    @Option(
            names = {"-n", "--limit", "--count"},
            description = "At most so many records; with --follow, at first the last so many.")
    private @Nullable Long limit;

    JournalCatCommand() {
        this(StandardOut.ofProcess());
    }

    JournalCatCommand(final StandardOut out) {
        super(out);
    }

    @Override
    List<Damage> on(final Recording recording, final PrintWriter unused) {
        if (limit != null && limit < 0) {
            throw new IllegalArgumentException("--limit " + limit + ": must be 0 or more");
        }
        final Printing printing = printing();
        final Selection chosen = choice(recording);
        if (follows()) {
            final LastRecords from = limit == null ? new LastRecords(chosen, 0) : last(recording, chosen, limit);
            return follow(recording, printing, from);
        }
        try (Records records = records(recording, chosen)) {
            return printing.all(records, 0, limit == null ? Long.MAX_VALUE : limit);
        }
    }
}
