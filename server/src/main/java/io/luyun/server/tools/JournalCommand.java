package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.Damage;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalCheck;
import io.luyun.server.journal.JournalException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tools for journals: they read a copy, or the journal of a running server, and change nothing. */
@Command(
        name = "journal",
        subcommands = {
            JournalStatsCommand.class,
            JournalCatCommand.class,
            JournalExportCommand.class,
            JournalImportCommand.class
        },
        description = "Lists, reads and verifies a journal, also that of a running server.",
        mixinStandardHelpOptions = true)
public final class JournalCommand implements Runnable {
    private static final int DONE = 0;
    private static final int CHECK_FAILED = 1;
    private static final int BAD_INPUT = 2;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    @Command(name = "ls", description = "Lists the files of a journal.", mixinStandardHelpOptions = true)
    int ls(
            @Parameters(paramLabel = "DIR", description = "The journal.") final Path directory,
            @Option(names = "--json", description = "Print one JSON object.") final boolean json) {
        return on(directory, archive -> {
            final List<JournalArchive.Entry> files = archive.files();
            if (json) {
                final ObjectNode node = JsonNodeFactory.instance.objectNode();
                final ArrayNode array = node.putArray("files");
                for (final JournalArchive.Entry file : files) {
                    array.addObject()
                            .put("name", file.name())
                            .put("bytes", file.bytes())
                            .put("firstSequence", file.firstSequence());
                }
                out().println(node);
            } else {
                for (final JournalArchive.Entry file : files) {
                    out().printf("%12d  from %-12d  %s%n", file.bytes(), file.firstSequence(), file.name());
                }
            }
            return DONE;
        });
    }

    @Command(
            name = "verify",
            description = "Checks every record: checksum, sequence, time, and that each message stands there once."
                    + " Exit code 1 when something is wrong.",
            mixinStandardHelpOptions = true)
    int verify(
            @Parameters(paramLabel = "DIR", description = "The journal.") final Path directory,
            @Option(names = "--json", description = "Print one JSON object.") final boolean json) {
        return on(directory, archive -> {
            final JournalCheck check = archive.check();
            final String checkpoint = archive.checkpointFinding();
            if (checkpoint != null) {
                err().println(checkpoint);
            }
            if (json) {
                out().println(verdict(check));
            } else {
                print(check);
            }
            return check.sound() ? DONE : CHECK_FAILED;
        });
    }

    private void print(final JournalCheck check) {
        for (final Damage damage : check.damage()) {
            out().println("damaged: " + damage);
        }
        for (final Map.Entry<Integer, Long> kind : check.byKind().entrySet()) {
            out().printf("%12d  %s%n", kind.getValue(), RecordText.kind(kind.getKey()));
        }
        out().printf(
                        "%s: %d records (%d to %d) of %d devices, %d duplicates, %d backwards in time, %d damaged ranges%n",
                        check.sound() ? "sound" : "NOT SOUND",
                        check.records(),
                        check.firstSequence(),
                        check.lastSequence(),
                        check.devices(),
                        check.duplicates(),
                        check.backwards(),
                        check.damage().size());
    }

    private static ObjectNode verdict(final JournalCheck check) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("sound", check.sound());
        node.put("records", check.records());
        node.put("firstSequence", check.firstSequence());
        node.put("lastSequence", check.lastSequence());
        node.put("devices", check.devices());
        node.put("messages", check.messages());
        node.put("duplicates", check.duplicates());
        node.put("backwards", check.backwards());
        final ObjectNode kinds = node.putObject("kinds");
        check.byKind().forEach((kind, count) -> kinds.put(RecordText.kind(kind), count));
        final ArrayNode damage = node.putArray("damage");
        for (final Damage found : check.damage()) {
            damage.addObject()
                    .put("firstSequence", found.firstSequence())
                    .put("lastSequence", found.lastSequence())
                    .put("file", found.file())
                    .put("offset", found.offset())
                    .put("finding", found.finding());
        }
        return node;
    }

    private int on(final Path directory, final Work work) {
        try {
            return work.on(Journal.openReadOnly(directory));
        } catch (final JournalException e) {
            err().println("luyun: " + e.getMessage());
            return BAD_INPUT;
        }
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }

    private PrintWriter err() {
        return spec.commandLine().getErr();
    }

    private interface Work {
        int on(JournalArchive archive);
    }
}
