package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.RecordCursor;
import io.luyun.server.research.Recording;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints records. */
@Command(
        name = "cat",
        description = "Prints records, one a line. Exit code 3 when it is done and records were damaged or missing.",
        mixinStandardHelpOptions = true)
final class JournalCatCommand extends JournalTask {
    private static final int LINES_A_LOOK = 1_024;

    @Option(
            names = {"-n", "--limit", "--count"},
            defaultValue = "9223372036854775807",
            description = "At most so many records.")
    private long limit;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, ndjson or csv (default: text).")
    private String output = "text";

    @Option(names = "--json", description = "The same as --output ndjson.")
    private boolean json;

    @Option(names = "--hex", description = "Print the bytes of the payloads, not what they say.")
    private boolean hex;

    @Override
    List<Damage> on(final Recording recording, final PrintWriter out) {
        final RecordFormat format = json ? RecordFormat.NDJSON : format();
        try (RecordCursor records = open(recording)) {
            if (!format.header().isEmpty()) {
                out.println(format.header());
            }
            for (long printed = 0; printed < limit && !closed(printed, out) && records.next(); printed++) {
                out.println(format.line(records, hex));
            }
            return records.damage();
        }
    }

    /** Whoever reads has gone: looked at now and then, since looking flushes. */
    private static boolean closed(final long printed, final PrintWriter out) {
        return printed % LINES_A_LOOK == 0 && out.checkError();
    }

    private RecordFormat format() {
        try {
            return RecordFormat.valueOf(output.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--output " + output + ": must be text, ndjson or csv", e);
        }
    }
}
