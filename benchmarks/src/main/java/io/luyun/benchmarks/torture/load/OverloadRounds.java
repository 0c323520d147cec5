package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.rig.ProcessCpu;
import io.luyun.benchmarks.torture.crowd.Audience;
import io.luyun.benchmarks.torture.crowd.Sides;
import io.luyun.benchmarks.torture.net.Face;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The peak, then overload and the peak in turns, on one server. */
final class OverloadRounds {
    private static final int[] WINDOWS = {4, 16, 64, 256};
    private static final long WARM_MILLIS = 5_000;
    private static final long PEAK_MILLIS = 1_500;
    private static final long ONSET_MILLIS = 1_000;
    private static final long OVERLOAD_MILLIS = 6_000;
    private static final long LOOK_MILLIS = 250;
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    /** A roadside unit with ten road users. */
    private static final double MIDDLE_A_SECOND = 100;

    private static final double LIGHT_A_SECOND = 10;

    private final long pid;
    private final int http;
    private final Column column;
    private final Audience audience;
    private final Consumer<String> say;
    private final List<Double> peaks = new ArrayList<>();
    private final List<Double> goodputs = new ArrayList<>();
    private final List<Double> alertsAtPeak = new ArrayList<>();
    private final List<Double> alerts = new ArrayList<>();
    private final List<Double> busy = new ArrayList<>();
    private List<Column.Fare> fares = List.of();
    private int window = WINDOWS[0];
    private double offered;
    private long slowed;
    private long grownKib;
    private long asked;
    private long ready;

    OverloadRounds(
            final long pid,
            final int http,
            final Column column,
            final Audience audience,
            final Consumer<String> say) {
        this.pid = pid;
        this.http = http;
        this.column = column;
        this.audience = audience;
        this.say = say;
    }

    void run(final int rounds) throws IOException, InterruptedException {
        // what is compiled meanwhile is no peak
        column.ahead(WINDOWS[WINDOWS.length - 1]);
        TimeUnit.MILLISECONDS.sleep(WARM_MILLIS);
        rest();
        double best = 0;
        for (final int next : WINDOWS) {
            final double perSecond = peak(next);
            if (perSecond > best) {
                best = perSecond;
                window = next;
            }
        }
        peaks.add(best);
        for (int round = 0; round < rounds; round++) {
            overload(best);
            peaks.add(peak(window));
        }
    }

    private double peak(final int ahead) throws IOException, InterruptedException {
        column.ahead(ahead);
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        audience.beginWatch();
        final double perSecond = measure(PEAK_MILLIS);
        alertsAtPeak.add(audience.p99Millis());
        say.accept("%.0f a second, each %d ahead".formatted(perSecond, ahead));
        rest();
        return perSecond;
    }

    private void overload(final double peak) throws IOException, InterruptedException {
        final int[] counts = column.counts();
        final double light = counts[2] * LIGHT_A_SECOND + counts[1] * MIDDLE_A_SECOND;
        offered = OverloadAccount.MULTIPLE * peak;
        final long before = Vitals.of(pid).ownKib();
        try (Face face = new Face(http)) {
            final Map<String, Long> counters = face.counters();
            column.clock((offered - light) / counts[0], MIDDLE_A_SECOND, LIGHT_A_SECOND);
            TimeUnit.MILLISECONDS.sleep(ONSET_MILLIS);
            audience.beginWatch();
            goodputs.add(measure(OVERLOAD_MILLIS, face, before));
            alerts.add(audience.p99Millis());
            fares = column.fares();
            slowed += face.counters().getOrDefault("reads_slowed", 0L) - counters.getOrDefault("reads_slowed", 0L);
        }
        say.accept("%.0f a second of %.0f offered".formatted(goodputs.getLast(), offered));
        rest();
    }

    private double measure(final long millis) throws InterruptedException {
        final long before = column.acknowledged();
        final long beganNs = System.nanoTime();
        final long cpuNs = ProcessCpu.nanosOf(pid);
        TimeUnit.MILLISECONDS.sleep(millis);
        final long tookNs = System.nanoTime() - beganNs;
        busy.add((double) (ProcessCpu.nanosOf(pid) - cpuNs) / tookNs);
        return (column.acknowledged() - before) / (tookNs * 1e-9);
    }

    private double measure(final long millis, final Face face, final long beforeKib)
            throws IOException, InterruptedException {
        final long before = column.acknowledged();
        final long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < TimeUnit.MILLISECONDS.toNanos(millis)) {
            asked++;
            ready += face.ready() ? 1 : 0;
            grownKib = Math.max(grownKib, Vitals.of(pid).ownKib() - beforeKib);
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        return (column.acknowledged() - before) / ((System.nanoTime() - beganNs) * 1e-9);
    }

    private void rest() throws IOException, InterruptedException {
        if (!column.rest(PATIENCE_NANOS)) {
            throw new IOException("not everything was acknowledged within a minute");
        }
    }

    OverloadAccount account() throws InterruptedException {
        return new OverloadAccount(
                new Sides(peaks, goodputs),
                offered,
                fares,
                new Sides(alertsAtPeak, alerts),
                new OverloadAccount.Server(
                        slowed,
                        grownKib,
                        asked,
                        ready,
                        busy.stream().mapToDouble(Double::doubleValue).max().orElse(0)),
                audience.account());
    }
}
