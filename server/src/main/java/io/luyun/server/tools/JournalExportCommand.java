package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.exchange.Exporter;
import io.luyun.server.exchange.table.TableExporter;
import io.luyun.server.journal.Damage;
import io.luyun.server.privacy.PrivacyPolicy;
import io.luyun.server.privacy.PrivateRecords;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
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
    /** What shells say of a process that ends by Ctrl-C. */
    private static final int INTERRUPTED = 130;

    /** To finish the file takes a while. */
    private static final int PATIENCE_SECONDS = 30;

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

    @Option(
            names = "--audit",
            paramLabel = "FILE",
            description = "Audit log to write, in place of audit/audit.ndjson beside the journal.")
    private @Nullable Path audit;

    @Mixin
    private ExportOptions options = new ExportOptions();

    @Mixin
    private PrivacyOptions privacy = new PrivacyOptions();

    @Override
    List<Damage> on(final Recording recording, final PrintWriter out) {
        final ExportFormat chosen = ExportFormat.of(format);
        options.check(chosen);
        final PrivacyPolicy policy = privacy.policy();
        if (policy.pseudonymises()) {
            options.checkPseudonyms();
        }
        final String reason = privacy.reason(policy);
        if (Files.exists(output) && !force) {
            throw new IllegalArgumentException("--output " + output + ": is there already; --force overwrites it");
        }
        final Selection wanted = choice(recording);
        final ObjectNode summary = privacy.summary(policy);
        final ExportAudit log = ExportAudit.of(directory(), audit);
        try (Interruption interruption = new Interruption(PATIENCE_SECONDS)) {
            log.started(directory(), arguments(), chosen.name(), output, reason, summary);
            return export(recording, wanted, chosen, policy, log, interruption, out);
        }
    }

    private List<Damage> export(
            final Recording recording,
            final Selection wanted,
            final ExportFormat chosen,
            final PrivacyPolicy policy,
            final ExportAudit log,
            final Interruption interruption,
            final PrintWriter out) {
        try (PrivateRecords records = PrivateRecords.of(recording, wanted, policy);
                Progress progress = Progress.over(recording.journal(), err())) {
            final Exporter written = write(chosen, privacy.summary(policy), records, progress, interruption);
            log.finished(
                    Files.isDirectory(output) ? TableExporter.files(output, chosen.name()) : List.of(output),
                    written.written(),
                    records.leftOut(),
                    records.damage().size());
            out.printf("%,d records into %s%n", written.written(), output);
            new TreeMap<>(written.leftOut())
                    .forEach((why, count) -> err().printf("%,d have no form in the file: %s%n", count, why));
            if (records.leftOut() > 0) {
                err().printf("%,d records left out, of which nothing may be told%n", records.leftOut());
            }
            return records.damage();
        } catch (final CancellationException e) {
            log.failed(e);
            err().printf("luyun: interrupted; what was written until then stays: %s%n", output);
            err().flush();
            interruption.done(INTERRUPTED);
            return List.of();
        } catch (final IOException e) {
            log.failed(e);
            throw new IllegalArgumentException("--output " + output + ": cannot be written: " + e, e);
        } catch (final RuntimeException e) {
            log.failed(e);
            throw e;
        }
    }

    private Exporter write(
            final ExportFormat chosen,
            final ObjectNode summary,
            final PrivateRecords records,
            final Progress progress,
            final Interruption interruption)
            throws IOException {
        final Exporter exporter = chosen.opening().open(output, options);
        try (exporter) {
            final String version = JournalExportCommand.class.getPackage().getImplementationVersion();
            exporter.about(Map.of(
                    "luyun.version",
                    version == null ? "(unpackaged)" : version,
                    "luyun.format",
                    chosen.name(),
                    // not what was said with them: devices, places, times and reasons are for the audit log alone
                    "luyun.options",
                    String.join(" ", optionNames()),
                    "luyun.privacy",
                    summary.toString()));
            long read = 0;
            while (records.next()) {
                if (interruption.asked()) {
                    throw new CancellationException("interrupted");
                }
                exporter.add(records);
                progress.at(records.receivedAtNs(), ++read);
            }
        }
        return exporter;
    }
}
