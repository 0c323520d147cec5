package io.luyun.simulator.report;

import io.luyun.simulator.measure.Ledger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** A report as a run of 20,000 messages a second would make it, from a seed; times grow with {@code slowness}. */
public final class SampleReport {
    /** As hostile as text can be. */
    public static final String HOSTILE = "<script>alert(1)</script> & \"'\u0000\u001b]]>\ud800 --> \u202e";

    private static final int RATE = 20_000;

    private SampleReport() {}

    /** A valid run of so many seconds whose ledger closes. */
    public static RunReport of(final long seed, final double slowness, final int seconds) {
        final Random random = new Random(seed);
        return new RunReport(
                new RunReport.About(
                        "luyun sim load --scenario rush-hour.yaml --server 127.0.0.1:7883",
                        new RunReport.Scenario("rush-hour", "name: rush-hour\nrate: 20000\n", seed),
                        "2026-03-01T08:00:00Z",
                        seconds,
                        5,
                        1),
                new RunReport.Machine(host("0.1.0"), host("0.1.0")),
                RunReport.Validity.of(List.of()),
                ledger((long) RATE * seconds),
                latencies(random, slowness),
                series(random, slowness, seconds),
                new RunReport.Cpu(12.9 * slowness, 3.1, 0L),
                List.of());
    }

    static RunReport.Host host(final String luyun) {
        return new RunReport.Host(
                "Processor X", 2, 8L << 30, "Linux 6.1", "OpenJDK 64-Bit Server VM 25+36", List.of("-Xmx1g"), luyun);
    }

    static Ledger ledger(final long sent) {
        return new Ledger(
                new Ledger.Script(sent + 30, 10, 0, 20, sent),
                new Ledger.Extra(7, 0),
                new Ledger.Answers(sent - 5, Map.of("OUT_OF_RANGE message.bsm.heading", 5L), 0, 0),
                new Ledger.Spoiled(20, 0, 0),
                new Ledger.InJournal(sent - 5, 0L, 0L, 0L, 0, 0),
                new Ledger.Delivered(Map.of("FCW", 120L, "ICW", 40L), 1_000, 1_160L, 0L));
    }

    static Map<String, Latency> latencies(final Random random, final double slowness) {
        final Map<String, Latency> latencies = new TreeMap<>();
        latencies.put("ack", latency(random, 1.1e6 * slowness, 20_000));
        latencies.put("ack.BSM", latency(random, 1.0e6 * slowness, 16_000));
        latencies.put("ack.RSM", latency(random, 1.4e6 * slowness, 4_000));
        latencies.put("alert", latency(random, 0.4e6 * slowness, 160));
        latencies.put("alert.FCW", latency(random, 0.4e6 * slowness, 120));
        latencies.put("alertFromSend", latency(random, 0.6e6 * slowness, 160));
        latencies.put("lag", latency(random, 0.03e6, 20_000));
        return latencies;
    }

    static Latency latency(final Random random, final double typicalNs, final int count) {
        final Histogram histogram = new Histogram(120_000_000_000L, 3);
        for (int i = 0; i < count; i++) {
            histogram.recordValue(1 + Math.round(typicalNs * Math.exp(0.5 * random.nextGaussian())));
        }
        return Latency.of(histogram);
    }

    private static List<RunReport.Second> series(final Random random, final double slowness, final int seconds) {
        final List<RunReport.Second> rows = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            final double much = slowness * (0.9 + 0.2 * random.nextDouble());
            rows.add(new RunReport.Second(
                    second,
                    RATE,
                    RATE,
                    RATE - random.nextInt(40),
                    second == 7 ? 5 : 0,
                    random.nextInt(60),
                    1_100 * much,
                    3_500 * much,
                    second % 3 == 0 ? null : 900 * much,
                    90.0,
                    0.26 * much,
                    0.06,
                    1_020));
        }
        return rows;
    }

    /** The same with every text as hostile as can be. */
    static RunReport hostile() {
        final RunReport base = of(1, 1, 10);
        final RunReport.Host host = new RunReport.Host(HOSTILE, 2, 1, HOSTILE, HOSTILE, List.of(HOSTILE), HOSTILE);
        final Map<String, Latency> latencies = new TreeMap<>(base.latencyMicros());
        latencies.put("ack." + HOSTILE, base.latencyMicros().get("ack"));
        final Ledger ledger = base.ledger();
        return new RunReport(
                new RunReport.About(
                        HOSTILE, new RunReport.Scenario(HOSTILE, HOSTILE, 1), "2026-03-01T08:00:00Z", 10, 0, 1),
                new RunReport.Machine(host, host),
                RunReport.Validity.of(List.of(HOSTILE)),
                new Ledger(
                        ledger.script(),
                        ledger.extra(),
                        new Ledger.Answers(1, Map.of(HOSTILE, 5L), 0, 0),
                        ledger.spoiled(),
                        ledger.journal(),
                        new Ledger.Delivered(Map.of(HOSTILE, 1L), 0, null, null)),
                latencies,
                base.series(),
                base.cpu(),
                List.of(new RunReport.Stage(1_000, false, HOSTILE, 5.0, 1)));
    }
}
