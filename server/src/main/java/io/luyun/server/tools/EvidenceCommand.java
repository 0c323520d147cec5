package io.luyun.server.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.audit.AuditEvent;
import io.luyun.server.audit.AuditException;
import io.luyun.server.audit.AuditLog;
import io.luyun.server.evidence.EvidenceException;
import io.luyun.server.evidence.EvidenceList;
import io.luyun.server.evidence.Finding;
import io.luyun.server.evidence.LateAcknowledgements;
import io.luyun.server.evidence.PackageCheck;
import io.luyun.server.evidence.PackageStore;
import io.luyun.server.journal.JournalException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Lists, shows and checks packages of evidence. */
@Command(
        name = "evidence",
        description = "Lists, shows, checks and makes packages of evidence: what happened around an incident, sealed.",
        mixinStandardHelpOptions = true,
        subcommands = EvidenceFreezeCommand.class)
public final class EvidenceCommand implements Runnable {
    static final int DONE = 0;
    static final int CHECK_FAILED = 1;
    static final int BAD_INPUT = 2;
    static final int NO_RESOURCE = 3;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "ls", description = "Lists the packages, oldest incident first.", mixinStandardHelpOptions = true)
    int ls(
            @Parameters(paramLabel = "DIR", description = "The data directory of a server, or one of evidence.")
                    final Path directory,
            @Option(names = "--json", description = "Print one JSON object.") final boolean json) {
        return on(spec, () -> {
            final ObjectNode list = EvidenceList.of(store(directory), List.of());
            if (json) {
                list.remove("pending");
                out().println(list);
            } else {
                list.path("packages").forEach(each -> out().println(line(each)));
                final JsonNode suppressed = list.path("suppressed");
                if (suppressed.path("count").asLong() > 0) {
                    out().printf(
                                    "%,d incidents were only counted, since there were too many (evidence.limits), the last at %s%n",
                                    suppressed.path("count").asLong(),
                                    suppressed.path("last").asText());
                }
            }
            return DONE;
        });
    }

    private static String line(final JsonNode each) {
        final JsonNode trigger = each.path("triggers").path(0);
        return String.format(
                "%s  %s to %s  %s %s%s  %,d records, %,d bytes%s",
                each.path("id").asText(),
                each.path("from").asText(),
                each.path("until").asText(),
                trigger.path("kind").asText(),
                trigger.path("reason").asText(),
                each.path("triggers").size() > 1
                        ? " and " + (each.path("triggers").size() - 1) + " more"
                        : "",
                each.path("records").asLong(),
                each.path("bytes").asLong(),
                each.has("finding") ? "  " + each.path("finding").asText() : "");
    }

    @Command(
            name = "show",
            description = "Shows what is in a package, or a file of it. Who looked is written to the audit log first.",
            mixinStandardHelpOptions = true)
    int show(
            @Parameters(index = "0", paramLabel = "DIR", description = "As for ls.") final Path directory,
            @Parameters(index = "1", paramLabel = "ID", description = "The package, as ls prints it.") final String id,
            @Option(names = "--file", paramLabel = "NAME", description = "Print this text file of the package.")
                    final @Nullable String name,
            @Option(names = "--json", description = "Print its manifest.") final boolean json,
            @Option(names = "--audit", paramLabel = "FILE", description = "Audit log in place of that of DIR.")
                    final @Nullable Path audit) {
        return on(spec, () -> {
            final PackageStore store = store(directory);
            final String wanted = name != null ? name : json ? "manifest.json" : "summary.txt";
            final Path file = store.file(id, wanted);
            if (file == null) {
                throw new IllegalArgumentException(
                        store.find(id) == null
                                ? "ID " + id + ": must be that of a package, see evidence ls"
                                : "--file " + wanted + ": must be a file of the package");
            }
            log(directory, audit, "evidence-read", id, wanted);
            try (var lines = Files.lines(file)) {
                lines.forEach(out()::println);
            }
            final ObjectNode manifest = name == null && !json ? store.manifest(id) : null;
            if (manifest != null) {
                LateAcknowledgements.of(manifest, directory).forEach(out()::println);
            }
            return DONE;
        });
    }

    @Command(
            name = "verify",
            description = "Checks packages: every hash, their chain, that all files tell the same records, and that the"
                    + " journal does where it is given. Exit code 1 when something does not hold.",
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(index = "0", paramLabel = "DIR", description = "As for ls.") final Path directory,
            @Parameters(index = "1..*", arity = "0..*", paramLabel = "ID", description = "Packages; all without any.")
                    final @Nullable List<String> ids,
            @Option(
                            names = "--journal",
                            paramLabel = "DATA",
                            description = "Data directory, or a copy, whose journals must have the same records.")
                    final @Nullable Path journal,
            @Option(names = "--json", description = "Print one JSON object.") final boolean json,
            @Option(names = "--audit", paramLabel = "FILE", description = "Audit log in place of that of DIR.")
                    final @Nullable Path audit) {
        return on(spec, () -> {
            final PackageStore store = store(directory);
            final PackageCheck check = new PackageCheck(store, journal);
            log(directory, audit, "evidence-verify", ids == null ? "*" : String.join(" ", ids), "");
            final List<Finding> findings = new ArrayList<>();
            if (ids == null) {
                findings.addAll(check.all());
            } else {
                for (final String id : ids) {
                    findings.addAll(check.one(id));
                }
            }
            final int count = ids == null ? store.ids().size() : ids.size();
            if (json) {
                final ObjectNode answer = JsonNodeFactory.instance.objectNode();
                answer.put("packages", count).put("holds", findings.isEmpty()).put("head", store.head());
                answer.set("findings", EvidenceList.of(findings));
                out().println(answer);
            } else {
                findings.forEach(each -> out().println(each));
                out().printf(
                                "%,d packages, %s; the last manifest is %s%n",
                                count,
                                findings.isEmpty() ? "all of it holds" : findings.size() + " findings",
                                store.head());
            }
            return findings.isEmpty() ? DONE : CHECK_FAILED;
        });
    }

    /** The evidence of a data directory, or of a directory of evidence. */
    static PackageStore store(final Path directory) {
        final Path within = directory.resolve("evidence");
        final Path there = Files.isDirectory(within) ? within : directory;
        if (!Files.isDirectory(there.resolve("packages")) && !Files.isDirectory(directory.resolve("journal"))) {
            throw new IllegalArgumentException(
                    "DIR " + directory + ": must be the data directory of a server, or a directory of evidence");
        }
        return new PackageStore(Files.isDirectory(there.resolve("packages")) ? there : within, InstantSource.system());
    }

    /** Nothing is told of a package that is not in the log. */
    static void log(
            final Path directory, final @Nullable Path named, final String event, final String id, final String what) {
        final AuditLog log =
                new AuditLog(named == null ? ExportAudit.beside(directory) : named, InstantSource.system());
        log.append(new AuditEvent(
                event,
                ExportAudit.actor(),
                JsonNodeFactory.instance.objectNode().put("id", id).put("what", what)));
    }

    interface Work {
        int run() throws IOException;
    }

    static int on(final CommandSpec spec, final Work work) {
        final PrintWriter err = spec.commandLine().getErr();
        try {
            return work.run();
        } catch (final JournalException | EvidenceException | IllegalArgumentException e) {
            err.println("luyun: " + e.getMessage());
            return BAD_INPUT;
        } catch (final AuditException e) {
            err.println("luyun: " + e.getMessage() + "; nothing is told of evidence without it, --audit names another");
            return NO_RESOURCE;
        } catch (final IOException e) {
            err.println("luyun: cannot be read or written: " + e);
            return NO_RESOURCE;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
