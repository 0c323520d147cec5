package io.luyun.simulator;

import io.luyun.server.tools.CommandRun;
import io.luyun.server.tools.JournalCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The command line of this module; exit codes are 0 done, 1 check failed, 2 usage, 3 resource not to be had or, for journals, done with
 * data lost, 4 could not be done.
 */
@Command(
        name = "luyun",
        description = "Drives traffic and load against a server, and reads and replays what it has written.",
        mixinStandardHelpOptions = true,
        subcommands = {DemoCommand.class, SimCommand.class, FeedCommand.class, JournalCommand.class},
        versionProvider = Main.Version.class)
public final class Main implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs the command line and leaves the JVM with its exit code. */
    public static void main(final String[] args) {
        System.exit(CommandRun.of(line(), args));
    }

    /** All commands; to those on journals that the server brings, one that sends. */
    static CommandLine line() {
        final CommandLine line = new CommandLine(new Main());
        final CommandLine journal = line.getSubcommands().get("journal");
        if (journal == null) {
            throw new IllegalStateException("no command journal");
        }
        journal.addSubcommand(JournalReplayCommand.line());
        return line;
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"luyun " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
