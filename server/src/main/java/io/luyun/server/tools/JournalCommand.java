package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.journal.JournalException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The tools for journals: they read a copy, or the journal of a running server. */
@Command(
        name = "journal",
        subcommands = {
            JournalStatsCommand.class,
            JournalCatCommand.class,
            JournalTailCommand.class,
            JournalVerifyCommand.class,
            JournalExportCommand.class,
            JournalImportCommand.class,
            JournalRedecideCommand.class,
            JournalRetainCommand.class,
            JournalHoldCommand.class,
            JournalQueryCommand.class
        },
        description = "Reads, verifies, exports, decides anew and thins out a journal, also that of a running server.",
        mixinStandardHelpOptions = true)
public final class JournalCommand implements Runnable {
    private static final int DONE = 0;
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
