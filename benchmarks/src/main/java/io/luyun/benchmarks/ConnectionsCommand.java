package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.rig.Child;
import io.luyun.benchmarks.rig.LiveHeap;
import io.luyun.benchmarks.rig.ProcessCpu;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How many connections a server holds at once, and what each costs it. */
@Command(
        name = "connections",
        mixinStandardHelpOptions = true,
        description =
                "Connects so many vehicles to a server of its own, lets each send one message a second, and tells what is alive on the "
                        + "server's heap for each of them: session, connection, what the road knows of it. Exit code 1 when something sent was not "
                        + "acknowledged, or --max-bytes does not hold.")
final class ConnectionsCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;

    /** What is learned of a vehicle is learned within these. */
    private static final int SETTLE_SECONDS = 5;

    /**
     * What it cost.
     *
     * @param connections at once
     * @param connectSeconds until all were welcome
     * @param heapBytes alive on the heap for each, without that of a server nobody is connected to
     * @param bareBytes alive on the heap of the server before anybody came
     * @param messages sent in the time that counts
     * @param cpuMicros of the server for each message
     * @param lagMicros most that a message was sent after its time
     * @param answered everything sent was acknowledged as synced
     */
    record Outcome(
            int connections,
            double connectSeconds,
            long heapBytes,
            long bareBytes,
            long messages,
            double cpuMicros,
            long lagMicros,
            boolean answered) {}

    @Option(names = "--count", defaultValue = "19000", description = "Connections; ${DEFAULT-VALUE} by default.")
    private int count;

    @Option(names = "--seconds", defaultValue = "30", description = "How long they send; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(
            names = "--jvm",
            defaultValue = "-XX:+UseSerialGC -XX:+AlwaysPreTouch -Xms512m -Xmx512m",
            description = "JVM flags of the server; ${DEFAULT-VALUE}")
    private String jvmFlags = "";

    @Option(names = "--max-bytes", description = "Fail when each takes more of the heap than this.")
    private @Nullable Long maxBytes;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        if (count < 1 || seconds < 1) {
            throw new ParameterException(spec.commandLine(), "count and seconds must be at least 1");
        }
        try (Scratch scratch = Scratch.create()) {
            final Outcome outcome = measure(scratch.path());
            print(outcome);
            return outcome.answered() && (maxBytes == null || outcome.heapBytes() <= maxBytes) ? 0 : BROKEN;
        } catch (final IOException e) {
            spec.commandLine().getErr().println("luyun bench connections: " + e.getMessage());
            return RESOURCE;
        }
    }

    private Outcome measure(final Path directory) throws IOException, InterruptedException {
        final Path log = directory.resolve("log");
        final Path config = ServerFile.writeFor(directory, count);
        try (Child server = Child.start(List.of("serve", "--config", config.toString()), jvmFlags, log)) {
            final InetSocketAddress address =
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server.awaitReady());
            final long bare = LiveHeap.bytesOf(server.pid(), directory.resolve("histogram"));
            final long startNs = System.nanoTime();
            try (Generator generator = new Generator(address, count, count, false)) {
                final double connectSeconds = (System.nanoTime() - startNs) * 1e-9;
                final Generator.Outcome sent = generator.run(
                        TimeUnit.SECONDS.toNanos(SETTLE_SECONDS),
                        TimeUnit.SECONDS.toNanos(seconds),
                        () -> ProcessCpu.nanosOf(server.pid()));
                final long alive = LiveHeap.bytesOf(server.pid(), directory.resolve("histogram"));
                return new Outcome(
                        count,
                        connectSeconds,
                        (alive - bare) / count,
                        bare,
                        sent.messages(),
                        sent.cpuNanos() / 1e3 / sent.messages(),
                        sent.lagMicros(),
                        sent.settled() && sent.refused() == 0);
            }
        } catch (final IOException e) {
            throw new IOException(e.getMessage() + Child.lastLines(log), e);
        }
    }

    private void print(final Outcome outcome) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        out.printf(
                Locale.ROOT,
                "%,d connections in %.1f s; %,d bytes of heap each, beside %,d of a server without any%n"
                        + "%,d messages, %s; server %.2f us a message, generator at most %,d us late%n",
                outcome.connections(),
                outcome.connectSeconds(),
                outcome.heapBytes(),
                outcome.bareBytes(),
                outcome.messages(),
                outcome.answered() ? "all acknowledged as synced" : "NOT ALL ACKNOWLEDGED",
                outcome.cpuMicros(),
                outcome.lagMicros());
        if (json) {
            out.println(new ObjectMapper().writeValueAsString(outcome));
        }
        out.flush();
    }
}
