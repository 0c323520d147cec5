package io.luyun.simulator;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The group of commands called feed. */
@Command(
        name = "feed",
        description = "Sends one device's file into a server.",
        mixinStandardHelpOptions = true,
        subcommands = {RsmTracksCommand.class, UperCommand.class, PcapCommand.class, MqttJsonCommand.class})
final class FeedCommand implements Runnable {
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
