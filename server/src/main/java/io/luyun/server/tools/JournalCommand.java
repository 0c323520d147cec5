package io.luyun.server.tools;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The tools for journals: they read a copy, or the journal of a running server. */
@Command(
        name = "journal",
        subcommands = {
            JournalListCommand.class,
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
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }
}
