package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.rig.ProcessCpu;
import io.luyun.benchmarks.torture.crowd.Audience;
import io.luyun.benchmarks.torture.crowd.Sides;
import io.luyun.benchmarks.torture.load.Column.Manner;
import io.luyun.benchmarks.torture.net.Face;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/** The peak, then overload and the peak in turns, on one server. */
final class OverloadRounds {
    private static final int[] WINDOWS = {64, 256, 1_024, 4_096};
    /** So many messages, or so long, until what is compiled is compiled: until then that takes part of the core. */
    private static final long WARM_MESSAGES = 1_000_000;

    private static final long WARM_MILLIS = 15_000;
    private static final long PEAK_MILLIS = 1_500;
    private static final double REHEARSAL_PEAK = 250_000;
    private static final long REHEARSAL_MILLIS = 10_000;
    private static final long CALM_MILLIS = 4_000;
    private static final long ONSET_MILLIS = 1_000;
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
    private final List<Spell> peaks = new ArrayList<>();
    private final List<Spell> overloads = new ArrayList<>();
    private List<Column.Fare> fares = List.of();
    private int window = WINDOWS[0];
    private double offered;
    private double calmAlertsMillis;
    private long slowed;
    private long grownKib;
    private long asked;
    private long ready;

    /**
     * How much of it.
     *
     * @param rounds of overload and peak
     * @param overloadMillis each overload, less its onset
     */
    record Length(int rounds, long overloadMillis) {}

    /**
     * A time of one kind of load.
     *
     * @param perSecond messages acknowledged a second
     * @param cores what the server used
     * @param alerts how long they took
     */
    private record Spell(double perSecond, double cores, Audience.Took alerts) {
        double perCoreSecond() {
            return perSecond / cores;
        }

        double alertsMillis() {
            return alerts.p99Millis();
        }

        /** What was done came to this, for people. */
        String text(final String done) {
            return "%.0f a second%s, %.2f cores, %s".formatted(perSecond, done, cores, alerts.text());
        }
    }

    OverloadRounds(
            final long pid, final int http, final Column column, final Audience audience, final Consumer<String> say) {
        this.pid = pid;
        this.http = http;
        this.column = column;
        this.audience = audience;
        this.say = say;
    }

    void run(final Length length) throws IOException, InterruptedException {
        // what is compiled meanwhile is no peak
        rush(WINDOWS[WINDOWS.length - 1]);
        final long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(WARM_MILLIS);
        while (column.acknowledged() < WARM_MESSAGES && System.nanoTime() < deadlineNs) {
            TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        }
        rest();
        // so is what only an overload comes to, here and there
        overload(REHEARSAL_PEAK, REHEARSAL_MILLIS);
        overloads.clear();
        calm();
        Spell best = peak(window);
        for (int i = 1; i < WINDOWS.length; i++) {
            final Spell next = peak(WINDOWS[i]);
            if (next.perSecond() > best.perSecond()) {
                best = next;
                window = WINDOWS[i];
            }
        }
        peaks.add(best);
        for (int round = 0; round < length.rounds(); round++) {
            overload(best.perSecond(), length.overloadMillis());
            peaks.add(peak(window));
        }
    }

    /** Without heavy ones: how late alerts come on this machine whatever the load. */
    private void calm() throws IOException, InterruptedException {
        column.send((_, before) -> Pace.rest(before), Manner.clock(MIDDLE_A_SECOND), Manner.clock(LIGHT_A_SECOND));
        TimeUnit.MILLISECONDS.sleep(ONSET_MILLIS);
        final Spell spell = watch(CALM_MILLIS, () -> TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS));
        calmAlertsMillis = spell.alertsMillis();
        say.accept(spell.text(" without heavy ones"));
        rest();
    }

    /** The heavy ones as fast as answers come, all others by the clock, as they do in the overload. */
    private void rush(final int ahead) throws IOException, InterruptedException {
        column.send(Manner.ahead(ahead), Manner.clock(MIDDLE_A_SECOND), Manner.clock(LIGHT_A_SECOND));
    }

    private void clock(final double heavy) throws IOException, InterruptedException {
        column.send(Manner.clock(heavy), Manner.clock(MIDDLE_A_SECOND), Manner.clock(LIGHT_A_SECOND));
    }

    private Spell peak(final int ahead) throws IOException, InterruptedException {
        rush(ahead);
        TimeUnit.MILLISECONDS.sleep(ONSET_MILLIS);
        final Spell spell = watch(PEAK_MILLIS, () -> TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS));
        say.accept(spell.text(", heavy ones %d ahead".formatted(ahead)));
        rest();
        return spell;
    }

    private void overload(final double peak, final long millis) throws IOException, InterruptedException {
        final int[] counts = column.counts();
        offered = OverloadAccount.MULTIPLE * peak;
        final double light = counts[2] * LIGHT_A_SECOND + counts[1] * MIDDLE_A_SECOND;
        final double heavy = (offered - light) / counts[0];
        final long beforeKib = Vitals.of(pid).ownKib();
        try (Face face = new Face(http)) {
            final long before = slowed(face);
            clock(heavy);
            TimeUnit.MILLISECONDS.sleep(ONSET_MILLIS);
            overloads.add(watch(millis, () -> {
                asked++;
                ready += face.ready() ? 1 : 0;
                grownKib = Math.max(grownKib, Vitals.of(pid).ownKib() - beforeKib);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }));
            fares = column.fares();
            slowed += slowed(face) - before;
        }
        say.accept(overloads.getLast().text(" of %.0f offered".formatted(offered)));
        rest();
    }

    private static long slowed(final Face face) throws IOException, InterruptedException {
        return face.counters().getOrDefault("reads_slowed", 0L);
    }

    /** What is done again and again while it is watched. */
    private interface Look {
        void look() throws IOException, InterruptedException;
    }

    private Spell watch(final long millis, final Look look) throws IOException, InterruptedException {
        audience.beginWatch();
        column.beginWatch();
        final long before = column.acknowledged();
        final long cpuNs = ProcessCpu.nanosOf(pid);
        final long beganNs = System.nanoTime();
        while (System.nanoTime() - beganNs < TimeUnit.MILLISECONDS.toNanos(millis)) {
            look.look();
        }
        final double tookNs = System.nanoTime() - beganNs;
        return new Spell(
                (column.acknowledged() - before) / (tookNs * 1e-9),
                (ProcessCpu.nanosOf(pid) - cpuNs) / tookNs,
                audience.took());
    }

    private void rest() throws IOException, InterruptedException {
        if (!column.rest(PATIENCE_NANOS)) {
            throw new IOException("not everything was acknowledged within a minute");
        }
    }

    OverloadAccount account() throws InterruptedException {
        return new OverloadAccount(
                sides(Spell::perSecond),
                sides(Spell::perCoreSecond),
                new OverloadAccount.Alerts(calmAlertsMillis, sides(Spell::alertsMillis)),
                new OverloadAccount.Offer(offered, fares),
                new OverloadAccount.Server(slowed, grownKib, asked, ready, sides(Spell::cores)),
                audience.account());
    }

    private Sides sides(final Function<Spell, Double> what) {
        return new Sides(
                peaks.stream().map(what).toList(), overloads.stream().map(what).toList());
    }
}
