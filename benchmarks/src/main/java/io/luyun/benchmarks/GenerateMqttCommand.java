package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.rig.ProcessCpu;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The process that publishes over MQTT; it also takes the CPU time of the process it sends to. */
@Command(name = "generate-mqtt", hidden = true, description = "Publishes over MQTT to loopback at a fixed rate.")
final class GenerateMqttCommand implements Callable<Integer> {
    @Option(names = "--port", required = true, description = "Where to.")
    private int port;

    @Option(names = "--pid", required = true, description = "Process whose CPU time is taken.")
    private long pid;

    @Option(names = "--rate", required = true, description = "Messages a second.")
    private int rate;

    @Option(names = "--connections", required = true, description = "Connections.")
    private int connections;

    @Option(names = "--warm-up", required = true, description = "Seconds before the CPU time is taken.")
    private int warmUpSeconds;

    @Option(names = "--seconds", required = true, description = "Seconds of which the CPU time is taken.")
    private int seconds;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (MqttGenerator generator = new MqttGenerator(server, connections, rate)) {
            final MqttGenerator.Outcome outcome = generator.run(
                    TimeUnit.SECONDS.toNanos(warmUpSeconds),
                    TimeUnit.SECONDS.toNanos(seconds),
                    () -> ProcessCpu.nanosOf(pid));
            final PrintWriter out = spec.commandLine().getOut();
            out.println(new ObjectMapper().writeValueAsString(outcome));
            out.flush();
        }
        return 0;
    }
}
