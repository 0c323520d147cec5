package io.luyun.server.tools;

import io.luyun.server.exchange.Exporter;
import io.luyun.server.journal.Damage;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Records;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Writes records into files of other tools. */
@Command(
        name = "export",
        description = "Writes records, and the alerts beside them, into a file that other tools open."
                + " Exit code 3 when it is done and records were damaged or missing.",
        mixinStandardHelpOptions = true)
final class JournalExportCommand extends JournalTask {
    @Option(
            names = {"-f", "--format"},
            required = true,
            paramLabel = "FORMAT",
            description = "Form of the file.")
    private String format = "";

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "File, or for tables the directory, to write.")
    private Path output = Path.of("");

    @Option(names = "--force", description = "Overwrite what is there.")
    private boolean force;

    @Mixin
    private ExportOptions options = new ExportOptions();

    @Override
    List<Damage> on(final Recording recording, final PrintWriter out) {
        final ExportFormat chosen = ExportFormat.of(format);
        options.check(chosen);
        if (Files.exists(output) && !force) {
            throw new IllegalArgumentException("--output " + output + ": is there already; --force overwrites it");
        }
        try (Records records = recording.records(choice(recording));
                Exporter exporter = chosen.opening().open(output, options);
                Progress progress = Progress.over(recording.journal(), err())) {
            long read = 0;
            while (records.next()) {
                exporter.add(records);
                progress.at(records.receivedAtNs(), ++read);
            }
            out.printf("%,d of %,d records into %s%n", exporter.written(), read, output);
            new TreeMap<>(exporter.leftOut()).forEach((why, count) -> err().printf("left out %,d: %s%n", count, why));
            return records.damage();
        } catch (final IOException e) {
            throw new UncheckedIOException("cannot write " + output, e);
        }
    }
}
