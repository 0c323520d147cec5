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

/** The process that floods; it also takes the CPU time of the process it sends to. */
@Command(
        name = "generate-flood",
        hidden = true,
        description = "Sends BSM frames to loopback as fast as they are taken.")
final class GenerateFloodCommand implements Callable<Integer> {
    @Option(names = "--port", required = true, description = "Where to.")
    private int port;

    @Option(names = "--pid", required = true, description = "Process whose CPU time is taken.")
    private long pid;

    @Option(names = "--connections", required = true, description = "Connections.")
    private int connections;

    @Option(names = "--burst", required = true, description = "Frames in one write.")
    private int burst;

    @Option(names = "--seconds", required = true, description = "How long it sends.")
    private int seconds;

    @Option(names = "--drain", description = "A drain is at the other end, not a Luyun server.")
    private boolean drain;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        final InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try (Flood flood = new Flood(server, connections, burst, drain)) {
            final Flood.Outcome outcome = flood.run(TimeUnit.SECONDS.toNanos(seconds), () -> ProcessCpu.nanosOf(pid));
            final PrintWriter out = spec.commandLine().getOut();
            out.println(new ObjectMapper().writeValueAsString(outcome));
            out.flush();
        }
        return 0;
    }
}
