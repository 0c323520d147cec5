package io.luyun.server.tools;

import io.luyun.server.research.RawRecords;
import io.luyun.server.research.RecordLines;
import io.luyun.server.research.RecordPrinter;
import java.util.Locale;
import picocli.CommandLine.Option;

/** The options that say what records look like on standard output. */
final class PrintOptions {
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

    /**
     * What makes the output of records.
     *
     * @throws IllegalArgumentException with option, value and rule
     */
    RecordPrinter printer() {
        final RecordLines.Form form = json ? RecordLines.Form.NDJSON : form();
        return raw ? new RawRecords() : new RecordLines(form, hex);
    }

    private RecordLines.Form form() {
        try {
            return RecordLines.Form.valueOf(output.toUpperCase(Locale.ROOT));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException("--output " + output + ": must be text, ndjson or csv", e);
        }
    }
}
