package io.luyun.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.benchmarks.peers.Contender;
import io.luyun.benchmarks.peers.Load;
import io.luyun.benchmarks.peers.Match;
import io.luyun.benchmarks.peers.MatchResult;
import io.luyun.benchmarks.peers.MavenJars;
import io.luyun.benchmarks.peers.MissingPeerException;
import io.luyun.benchmarks.peers.Plan;
import io.luyun.benchmarks.peers.Processes;
import io.luyun.benchmarks.peers.Report;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Luyun against other systems under the same load; see {@link io.luyun.benchmarks.peers}. */
@Command(
        name = "peers",
        mixinStandardHelpOptions = true,
        description =
                "Offers the same load in turn to Luyun and to a bare Netty echo, Mosquitto, NATS JetStream, Redis streams, Kafka and HiveMQ CE, "
                        + "and compares how long an alert takes, the CPU time of a message, acknowledgements, memory and losses. Each is "
                        + "started on loopback and ended again; one that is not installed is named and left out. Exit code 1 when a match "
                        + "has no round that counts, a peer fails, or Luyun loses something; 3 when what --only names is not to be had.")
final class PeersCommand implements Callable<Integer> {
    private static final int BROKEN = 1;
    private static final int RESOURCE = 3;
    private static final long STOP_SECONDS = 10;
    private static final double MICROS_PER_MILLI = 1e3;

    @Option(
            names = "--only",
            split = ",",
            paramLabel = "NAME",
            description = "Only these peers or families of them (mosquitto, nats, redis); all by default.")
    private List<String> only = List.of();

    @Option(names = "--rate", defaultValue = "20000", description = "Messages a second; ${DEFAULT-VALUE} by default.")
    private int rate;

    @Option(names = "--connections", defaultValue = "200", description = "Connections; ${DEFAULT-VALUE} by default.")
    private int connections;

    @Option(
            names = "--alert-every",
            defaultValue = "100",
            description = "One in so many messages concerns a subscriber; ${DEFAULT-VALUE} by default.")
    private int every;

    @Option(
            names = "--rounds",
            defaultValue = "5",
            description = "Turns of each that count; ${DEFAULT-VALUE} by default.")
    private int rounds;

    @Option(
            names = "--seconds",
            defaultValue = "10",
            description = "Seconds of a turn that are measured; ${DEFAULT-VALUE} by default.")
    private int seconds;

    @Option(
            names = "--lead",
            defaultValue = "3",
            description = "Seconds of a turn before those; ${DEFAULT-VALUE} by default.")
    private int leadSeconds;

    @Option(
            names = "--warm-up",
            defaultValue = "20",
            description = "Seconds of load before the first turn; ${DEFAULT-VALUE} by default.")
    private int warmUpSeconds;

    @Option(
            names = "--max-foreign",
            defaultValue = "10",
            description =
                    "Seconds in which others used more than so many percent of one core do not count; ${DEFAULT-VALUE} by default.")
    private double foreignLimitPercent;

    @Option(
            names = "--max-lag",
            defaultValue = "2",
            description =
                    "Turns whose generator's own lag p99 is beyond so many milliseconds are invalid; ${DEFAULT-VALUE} by default.")
    private double lagLimitMillis;

    @Option(
            names = "--jvm",
            defaultValue = "-XX:+UseSerialGC -XX:+AlwaysPreTouch -Xms512m -Xmx512m",
            description = "JVM flags of Luyun and of the echo; ${DEFAULT-VALUE}")
    private String jvmFlags = "";

    @Option(
            names = "--download",
            description = "Let Maven fetch the peers that are Maven artifacts (Kafka 45 MB, HiveMQ CE 100 MB).")
    private boolean download;

    @Option(names = "--json", description = "Print one JSON object as the last line.")
    private boolean json;

    @Option(
            names = "--keep-logs",
            description = "Keep what the systems and the generators wrote on stderr; prints where.")
    private boolean keepLogs;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    private final Processes processes = new Processes();
    private final CountDownLatch over = new CountDownLatch(1);
    private final List<MatchResult> results = new ArrayList<>();
    private final Map<String, String> missing = new LinkedHashMap<>();
    private final Map<String, String> failed = new LinkedHashMap<>();

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Plan plan;
        final Set<Contender> peers = new LinkedHashSet<>();
        try {
            plan = new Plan(
                    new Load(rate, connections, every, leadSeconds, seconds),
                    rounds,
                    warmUpSeconds,
                    foreignLimitPercent,
                    lagLimitMillis * MICROS_PER_MILLI);
            only.forEach(name -> peers.addAll(Contender.named(name)));
        } catch (final IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
        final Scratch scratch = Scratch.create();
        final MavenJars maven = new MavenJars("mvn", download);
        final Thread stop = Thread.ofPlatform().name("stop").unstarted(() -> end(scratch));
        Runtime.getRuntime().addShutdownHook(stop);
        try {
            for (final Contender peer : peers.isEmpty() ? Contender.peers() : peers) {
                if (!processes.closed()) {
                    play(new Match(plan, new OwnProcesses(connections, 0, jvmFlags), maven, processes), peer, scratch);
                }
            }
            return processes.closed() ? BROKEN : report(plan);
        } finally {
            over.countDown();
        }
    }

    /** On the way out of the JVM, whether by its own will or not. */
    private void end(final Scratch scratch) {
        processes.close();
        try {
            if (!over.await(STOP_SECONDS, TimeUnit.SECONDS)) {
                spec.commandLine().getErr().println("luyun bench peers: not over after " + STOP_SECONDS + " s");
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (keepLogs) {
            spec.commandLine().getErr().println("luyun bench peers: logs are in " + scratch.path());
        } else {
            scratch.close();
        }
    }

    private void play(final Match match, final Contender peer, final Scratch scratch) throws InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final int[] round = {0};
        try {
            results.add(match.play(peer, scratch.path(), (ours, theirs) -> {
                out.println(Report.round(++round[0], peer, ours, theirs));
                out.flush();
            }));
        } catch (final MissingPeerException e) {
            missing.put(peer.label(), String.valueOf(e.getMessage()));
            out.println("left out: " + e.getMessage());
        } catch (final IOException e) {
            failed.put(peer.label(), String.valueOf(e.getMessage()));
            if (!processes.closed()) {
                out.println("failed: " + e.getMessage());
            }
        }
        out.flush();
    }

    private int report(final Plan plan) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        final Report report = new Report(plan, results);
        if (!results.isEmpty()) {
            out.println();
            out.print(report.table());
        }
        if (json) {
            final Map<String, Object> values = report.values();
            values.put("missing", missing);
            values.put("failed", failed);
            out.println(new ObjectMapper().writeValueAsString(values));
        }
        out.flush();
        final @Nullable String notHad = only.stream()
                .filter(name -> Contender.named(name).stream().allMatch(peer -> missing.containsKey(peer.label())))
                .findFirst()
                .orElse(null);
        if (notHad != null || (results.isEmpty() && failed.isEmpty())) {
            return RESOURCE;
        }
        return failed.isEmpty() && report.holds() ? 0 : BROKEN;
    }
}
