package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Outcome;
import io.luyun.benchmarks.torture.Trial;
import io.luyun.benchmarks.torture.crowd.Crowd;
import io.luyun.benchmarks.torture.crowd.Laggards;
import io.luyun.benchmarks.torture.net.TcpRelay;
import io.luyun.benchmarks.torture.net.Weather;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The cycles of a soak: calm, some faults, now and then a kill, calm again. */
final class SoakRun {
    /** Of the capacity. */
    static final double PART = 0.7;

    private static final int FAULTS_A_CYCLE = 3;
    private static final long CYCLE_MILLIS = 60_000;
    private static final long BRIEF_MILLIS = 12_000;
    /** The longest a server lives by expectation, in cycles: an hour. */
    private static final int LIFE_CYCLES = 60;

    private static final int LIVES = 4;
    private static final int DELAY_MILLIS = 50;
    private static final double FIRST_STEP = 2_000;
    private static final double LAST_STEP = 80_000;
    private static final double STEP = 1.5;
    private static final double KEPT = 0.9;
    private static final int MISSES = 2;
    private static final long STEP_MILLIS = 600;
    /** What is compiled in the first seconds is no limit. */
    private static final long WARM_MILLIS = 4_000;

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final Lives lives;
    private final TcpRelay relay;
    private final Crowd traffic;
    private final Laggards laggards;
    private final Trial trial;
    private final Random random;
    private final long cycleMillis;
    private final List<Double> p99Millis = new ArrayList<>();
    private int faults;

    private enum Kind {
        RESET,
        VANISH,
        PARTITION,
        DELAY,
        LAG
    }

    SoakRun(final Trial trial, final Lives lives, final TcpRelay relay, final Crowd traffic, final Laggards laggards) {
        this.trial = trial;
        this.lives = lives;
        this.relay = relay;
        this.traffic = traffic;
        this.laggards = laggards;
        random = trial.random();
        cycleMillis = trial.brief() || trial.cycles() == 1 ? BRIEF_MILLIS : CYCLE_MILLIS;
    }

    /** Sends more and more until not all is acknowledged, twice; what was at most, messages a second. */
    double capacity(final int vehicles) throws InterruptedException {
        traffic.send(FIRST_STEP / vehicles);
        TimeUnit.MILLISECONDS.sleep(WARM_MILLIS);
        double most = 0;
        int misses = 0;
        for (double step = FIRST_STEP; step <= LAST_STEP && misses < MISSES; step *= STEP) {
            traffic.send(step / vehicles);
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            traffic.beginWatch();
            final long beganNs = System.nanoTime();
            TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            final double perSecond = traffic.acknowledged() / ((System.nanoTime() - beganNs) * 1e-9);
            most = Math.max(most, perSecond);
            misses = perSecond < KEPT * step ? misses + 1 : 0;
        }
        return most;
    }

    void run(final Outcome.Notes notes) throws IOException, InterruptedException {
        final int life = Math.clamp(trial.cycles() / LIVES, 1, LIFE_CYCLES);
        for (int cycle = 1; cycle <= trial.cycles(); cycle++) {
            settle(notes);
            lives.look();
            p99Millis.add(calm());
            for (int i = 0; i < FAULTS_A_CYCLE; i++) {
                fault(Kind.values()[random.nextInt(Kind.values().length)]);
            }
            settle(notes);
            lives.look();
            if (random.nextInt(life) == 0) {
                faults++;
                lives.next();
            }
            trial.say()
                    .accept("cycle %d: p99 %.1f ms in the calm, %d faults until now, server %d"
                            .formatted(
                                    cycle,
                                    p99Millis.getLast(),
                                    faults,
                                    lives.all().size()));
        }
        settle(notes);
        lives.look();
    }

    private double calm() throws InterruptedException {
        TimeUnit.MILLISECONDS.sleep(cycleMillis / 12);
        traffic.beginWatch();
        TimeUnit.MILLISECONDS.sleep(cycleMillis / 4);
        return traffic.p99Millis();
    }

    private void fault(final Kind kind) throws InterruptedException {
        faults++;
        switch (kind) {
            case RESET -> relay.end(TcpRelay.End.RESET);
            case VANISH -> relay.end(TcpRelay.End.VANISH);
            case PARTITION -> relay.weather(Weather.partition());
            case DELAY -> relay.weather(Weather.delay(DELAY_MILLIS));
            case LAG -> laggards.lag(true);
        }
        TimeUnit.MILLISECONDS.sleep(cycleMillis / 12);
        relay.weather(Weather.FAIR);
        TimeUnit.MILLISECONDS.sleep(cycleMillis / 24);
        laggards.lag(false);
    }

    /** Waits until everybody is there again, and some time. */
    private void settle(final Outcome.Notes notes) throws InterruptedException {
        notes.expect(traffic.awaitAll(PATIENCE_NANOS), "not everybody was there again after 60 s without faults");
        TimeUnit.MILLISECONDS.sleep(cycleMillis / 12);
    }

    int faults() {
        return faults;
    }

    List<Double> p99Millis() {
        return List.copyOf(p99Millis);
    }
}
