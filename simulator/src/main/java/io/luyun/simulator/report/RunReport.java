package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A load run as it is kept: what was run on what, whether it counts, and all that was measured. The records below are the JSON,
 * component by component; {@link RunReportFile} writes and reads it. What may be null is left out of the JSON. Immutable.
 *
 * @param about what was run
 * @param machine on what
 * @param validity whether its figures count
 * @param ledger every message
 * @param latencyMicros latencies by name: ack, ack.BSM, alert, alert.FCW, alertFromSend, delivery, lag
 * @param series one row a second
 * @param cpu what it cost
 * @param stages of a search for the maximum; otherwise empty
 */
public record RunReport(
        About about,
        Machine machine,
        Validity validity,
        Ledger ledger,
        Map<String, Latency> latencyMicros,
        List<Second> series,
        Cpu cpu,
        List<Stage> stages) {
    public RunReport {
        latencyMicros = Collections.unmodifiableMap(new TreeMap<>(latencyMicros));
        series = List.copyOf(series);
        stages = List.copyOf(stages);
    }

    /**
     * What was run.
     *
     * @param command the command line
     * @param scenario what was played
     * @param started when the first message was due, RFC 3339
     * @param seconds how long messages were sent
     * @param warmupSeconds first seconds that are left out of the latencies
     * @param workers processes that sent
     */
    public record About(
            String command, Scenario scenario, String started, double seconds, double warmupSeconds, int workers) {
        public About {
            try {
                OffsetDateTime.parse(started);
            } catch (final DateTimeException e) {
                throw new IllegalArgumentException(
                        "started \"" + started + "\" must be a time such as 2026-01-31T08:00:00Z", e);
            }
            atLeast("seconds", seconds, 0);
            atLeast("warmupSeconds", warmupSeconds, 0);
            atLeast("workers", workers, 1);
        }
    }

    /**
     * What was played.
     *
     * @param name its name
     * @param yaml its text, as it can be played again
     * @param seed of everything random in it
     */
    public record Scenario(String name, String yaml, long seed) {}

    /**
     * On what it was run.
     *
     * @param generator where the load came from
     * @param server the server's side, when known
     */
    public record Machine(Host generator, @Nullable Host server) {}

    /**
     * One side's machine.
     *
     * @param cpu model of its processor
     * @param logicalCores processors the system shows
     * @param memoryBytes memory of the machine
     * @param kernel its system
     * @param jvm the Java machine, when it is one
     * @param jvmFlags what that was started with
     * @param luyun version of Luyun
     */
    public record Host(
            String cpu,
            int logicalCores,
            long memoryBytes,
            String kernel,
            String jvm,
            List<String> jvmFlags,
            String luyun) {
        public Host {
            jvmFlags = List.copyOf(jvmFlags);
        }
    }

    /**
     * Whether the figures count.
     *
     * @param valid whether they do
     * @param reasons why not, each a sentence
     */
    public record Validity(boolean valid, List<String> reasons) {
        public Validity {
            reasons = List.copyOf(reasons);
            if (valid != reasons.isEmpty()) {
                throw new IllegalArgumentException("valid " + valid + " does not go with " + reasons.size()
                        + " reasons; a run is valid when there is none");
            }
        }

        /** Valid when there is no reason against. */
        public static Validity of(final List<String> reasons) {
            return new Validity(reasons.isEmpty(), reasons);
        }
    }

    /**
     * One second of the run.
     *
     * @param second 0 for the first
     * @param offered messages that were due in it, a second
     * @param sent messages sent in it
     * @param acknowledged acknowledged in it
     * @param refused refused in it
     * @param outstanding sent and not answered at its end
     * @param ackP50Micros of acknowledgements in it, when there were any; so the others
     * @param ackP99Micros likewise
     * @param alertP99Micros of alerts
     * @param lagP99Micros the generator behind its schedule
     * @param serverCores processor time of the server a second, when known
     * @param generatorCores of the generator
     * @param connections sessions open at its end
     */
    public record Second(
            long second,
            double offered,
            long sent,
            long acknowledged,
            long refused,
            long outstanding,
            @Nullable Double ackP50Micros,
            @Nullable Double ackP99Micros,
            @Nullable Double alertP99Micros,
            @Nullable Double lagP99Micros,
            @Nullable Double serverCores,
            @Nullable Double generatorCores,
            long connections) {}

    /**
     * What it cost.
     *
     * @param serverMicrosPerMessage processor time of the server for each message sent, when known
     * @param generatorMicrosPerMessage the same of the generator
     * @param disturbedSeconds seconds in which something else used the machine, when that was watched
     */
    public record Cpu(
            @Nullable Double serverMicrosPerMessage,
            @Nullable Double generatorMicrosPerMessage,
            @Nullable Long disturbedSeconds) {}

    /**
     * One rate of a search for the maximum.
     *
     * @param rate messages a second that were offered
     * @param passed whether the server kept up
     * @param why why not
     * @param ackP99Micros of its acknowledgements, when there were any
     * @param lost messages of it that were shed, unanswered or lost
     */
    public record Stage(
            double rate,
            boolean passed,
            @Nullable String why,
            @Nullable Double ackP99Micros,
            long lost) {}

    /** Messages sent a second, over the whole run. */
    public double rate() {
        return about.seconds() <= 0 ? 0 : ledger.script().sent() / about.seconds();
    }

    private static void atLeast(final String name, final double value, final double least) {
        if (!(value >= least)) {
            throw new IllegalArgumentException(name + " " + value + " must be at least " + (long) least);
        }
    }
}
