package io.luyun.simulator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands called sim. */
@Command(
        name = "sim",
        description = "Simulated traffic against any server.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RunCommand.class,
            LoadCommand.class,
            WorkerCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            ScoreCommand.class
        })
final class SimCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before run()
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "a command is missing: " + String.join(", ", spec.subcommands().keySet()));
    }
}
