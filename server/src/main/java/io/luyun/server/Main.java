package io.luyun.server;

import io.luyun.server.tools.AuditCommand;
import io.luyun.server.tools.CommandRun;
import io.luyun.server.tools.EvidenceCommand;
import io.luyun.server.tools.ExplainCommand;
import io.luyun.server.tools.JournalCommand;
import io.luyun.server.tools.OpsCommand;
import io.luyun.server.tools.ServeCommand;
import io.luyun.server.tools.SupervisionCommand;
import io.luyun.server.tools.ZoneCommand;
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
        description = "Runs and inspects the platform.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            ServeCommand.class,
            JournalCommand.class,
            ExplainCommand.class,
            ZoneCommand.class,
            AuditCommand.class,
            OpsCommand.class,
            EvidenceCommand.class,
            SupervisionCommand.class
        })
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
        System.exit(CommandRun.of(new CommandLine(new Main()), args));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"luyun " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
