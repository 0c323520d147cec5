package io.luyun.server.tools;

import io.luyun.server.journal.Damage;
import io.luyun.server.research.RawRecords;
import io.luyun.server.research.RecordLines;
import io.luyun.server.research.RecordPrinter;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
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
final class JournalCatCommand extends JournalTask {
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

    @Option(
            names = "--raw",
            description = "Write the records whole, as they stand in the journal; the checksum without their place.")
    private boolean raw;

    private final StandardOut out;

    JournalCatCommand() {
        this(StandardOut.ofProcess());
    }

    JournalCatCommand(final StandardOut out) {
        this.out = out;
    }

    @Override
    List<Damage> on(final Recording recording, final PrintWriter unused) {
        final RecordPrinter printer = printer();
        try (Records records = records(recording)) {
            printer.header(out.text());
            for (long printed = 0; printed < limit && !out.gone() && records.next(); printed++) {
                printer.print(out.text(), records);
                out.appended();
            }
            out.flush();
            return records.damage();
        }
    }

    private RecordPrinter printer() {
        if (raw) {
            return new RawRecords();
        }
        return new RecordLines(json ? RecordLines.Form.NDJSON : form(), hex);
    }

    private RecordLines.Form form() {
        try {
            return RecordLines.Form.valueOf(output.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--output " + output + ": must be text, ndjson or csv", e);
        }
    }
}
