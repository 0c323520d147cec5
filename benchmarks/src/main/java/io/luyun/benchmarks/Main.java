package io.luyun.benchmarks;

import java.io.IOException;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command line of this module; exit codes are 0 done, 1 check failed, 2 usage, 3 resource not to be had. */
@Command(
        name = "luyun bench",
        description = "Measures the stages of the line. What is not one of the commands below goes to JMH: "
                + "luyun bench -h lists its options, luyun bench Decode -prof gc runs what matches.",
        mixinStandardHelpOptions = true,
        versionProvider = Main.Version.class,
        subcommands = {
            GuardCommand.class,
            LineCommand.class,
            FloodCommand.class,
            ConnectionsCommand.class,
            MqttCommand.class,
            ScaleCommand.class,
            TortureCommand.class,
            BesideCommand.class,
            ResearchCommand.class,
            SimulateCommand.class,
            EchoCommand.class,
            DrainCommand.class,
            GenerateCommand.class,
            GenerateFloodCommand.class,
            GenerateMqttCommand.class,
            WatchersCommand.class,
            PeersCommand.class,
            GeneratePeersCommand.class
        })
public final class Main implements Runnable {
    private static final Set<String> OURS = Set.of("--help", "--version", "-V");

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().usage(spec.commandLine().getOut());
    }

    /** Runs the command line and leaves the JVM with its exit code. */
    public static void main(final String[] args) throws IOException {
        final CommandLine command = new CommandLine(new Main());
        if (args.length > 0
                && !OURS.contains(args[0])
                && !command.getSubcommands().containsKey(args[0])) {
            org.openjdk.jmh.Main.main(args);
            return;
        }
        System.exit(command.execute(args));
    }

    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"luyun " + (version == null ? "(unpackaged)" : version)};
        }
    }
}
