package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Ledger;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Notice;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SlowPolicy;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import io.luyun.proto.v1.Welcome;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.link.LinkListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers that read what they get, on one event loop, with a {@link Scout} that gives reason for alerts: what each was told, and
 * how long after the scout should have sent it. Methods are for one thread, which is not the loop's.
 */
public final class Audience implements AutoCloseable {
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final long LOOK_NANOS = 2_000_000;
    private static final double NINETY_NINE = 99;
    private static final double MILLIS = 1e6;

    private final ClientLoops loops;
    private final Scout scout;
    private final List<Watcher> watchers = new ArrayList<>();
    private final Map<Integer, Long> intendedNs = new HashMap<>();
    private final Histogram latencies = new Histogram(HIGHEST_NS, DIGITS);
    private final Histogram read = new Histogram(HIGHEST_NS, DIGITS);
    private final Histogram inside = new Histogram(HIGHEST_NS, DIGITS);
    private final Histogram told = new Histogram(HIGHEST_NS, DIGITS);
    private int open;
    private long closed;
    private long slowNotices;
    private long strange;
    private volatile @Nullable Throwable wrong;

    /** So many, who subscribe to the alerts of the scout and no other. */
    public Audience(final int port, final int count) throws IOException {
        loops = new ClientLoops(
                LinkConfig.plain("127.0.0.1", port), 1, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
        scout = new Scout(loops, e -> wrong = e);
        for (int i = 0; i < count; i++) {
            final Watcher watcher = new Watcher();
            watchers.add(watcher);
            final DeviceClient client = loops.client(
                    0,
                    new Identity(
                            "watcher-" + i,
                            Role.ROLE_OBSERVER,
                            null,
                            System.currentTimeMillis(),
                            AckLevel.ACK_LEVEL_RECEIVED),
                    watcher);
            loops.loop(0).execute(() -> {
                client.subscribe(wish());
                client.connect();
            });
        }
    }

    private static Subscribe wish() {
        return Subscribe.newBuilder()
                .setSubscriptionId(1)
                .addTopics(Topic.TOPIC_ALERTS)
                .addAlertKinds(AlertKind.ALERT_KIND_SLW)
                .setSlowPolicy(SlowPolicy.SLOW_POLICY_DROP_OLDEST)
                .build();
    }

    /** One of them. */
    private final class Watcher implements LinkListener {
        private long alertsTold;

        @Override
        public void onOpen(final DeviceClient client, final Welcome welcome, final boolean again) {
            open++;
        }

        @Override
        public void onAlert(final DeviceClient client, final AlertDelivery delivery, final long receivedEpochNs) {
            final Alert alert = delivery.getAlert();
            if (alert.getState() != AlertState.ALERT_STATE_RAISED) {
                return;
            }
            final @Nullable Long intended =
                    intendedNs.get(Scout.number(alert.getPos().getLon()));
            if (intended == null) {
                strange++;
            } else {
                alertsTold++;
                final long tookNs = System.nanoTime() - intended;
                final long sinceReadNs = receivedEpochNs - delivery.getReceivedAtNs();
                final long sinceSentNs = receivedEpochNs - delivery.getSentAtNs();
                record(latencies, tookNs);
                record(read, tookNs - sinceReadNs);
                record(inside, sinceReadNs - sinceSentNs);
                record(told, sinceSentNs);
            }
        }

        @Override
        public void onNotice(final DeviceClient client, final Notice notice) {
            slowNotices += notice.getCode() == NoticeCode.NOTICE_CODE_SLOW ? 1 : 0;
        }

        @Override
        public void onClosed(final DeviceClient client, final String why, final boolean forGood) {
            closed++;
        }
    }

    /** Waits until all are there; false when they are not within this time. */
    public boolean awaitAll(final long atMostNanos) throws InterruptedException {
        return await(atMostNanos, () -> open == watchers.size() && scout.open());
    }

    /** From now on there is something to be told. */
    public void begin() {
        scout.drive(number -> intendedNs.put(number, System.nanoTime()));
    }

    /** Forgets how long it took until now. */
    public void beginWatch() throws InterruptedException {
        ask(() -> {
            latencies.reset();
            read.reset();
            inside.reset();
            told.reset();
            return true;
        });
    }

    private static void record(final Histogram histogram, final long ns) {
        histogram.recordValue(Math.clamp(ns, 0, HIGHEST_NS));
    }

    /**
     * How long alerts took since the watch began, ms; the 99th of a hundred of each by itself.
     *
     * @param p99Millis from when the scout was to send
     * @param readMillis of this until the server had read it
     * @param insideMillis of this until the server had handed the alert to the socket
     * @param toldMillis of this until it was told
     */
    public record Took(double p99Millis, double readMillis, double insideMillis, double toldMillis) {
        /** In one line, for people. */
        public String text() {
            return "alerts p99 %.0f ms (until read %.0f, inside %.0f, until told %.0f)"
                    .formatted(p99Millis, readMillis, insideMillis, toldMillis);
        }
    }

    public Took took() throws InterruptedException {
        return ask(() -> new Took(p99(latencies), p99(read), p99(inside), p99(told)));
    }

    private static double p99(final Histogram histogram) {
        return histogram.getValueAtPercentile(NINETY_NINE) / MILLIS;
    }

    /** How long it took since, ms; the 99th of a hundred. */
    public double p99Millis() throws InterruptedException {
        return ask(() -> p99(latencies));
    }

    /** The scout stops; waits until everybody has been told all; false when somebody was not within this time. */
    public boolean end(final long atMostNanos) throws InterruptedException {
        scout.stop();
        // the last alert is cleared before it stands still
        final boolean told = await(
                atMostNanos,
                () -> missed() == 0 && scout.ledger().sent() == scout.ledger().acknowledged());
        final @Nullable Throwable trouble = wrong;
        if (trouble != null) {
            throw new IllegalStateException("the scout found what must not be: " + trouble.getMessage(), trouble);
        }
        return told;
    }

    private long missed() {
        return watchers.stream()
                .mapToLong(watcher -> Math.abs(scout.raises() - watcher.alertsTold))
                .sum();
    }

    /** What was there to be told, to one of them. */
    long raises() {
        return scout.raises();
    }

    /**
     * How it was for them.
     *
     * @param missed alerts not told, or told twice
     * @param closed connections that have ended
     * @param slowNotices how often one was told that it reads too slowly
     * @param strange alerts nobody gave reason for
     */
    public record Account(long missed, long closed, long slowNotices, long strange) {}

    public Account account() throws InterruptedException {
        return ask(() -> new Account(missed(), closed, slowNotices, strange));
    }

    /** Of the scout; it may not be driving. */
    public Ledger ledger() {
        return scout.ledger();
    }

    Scout scout() {
        return scout;
    }

    private interface Question<T> {
        T ask();
    }

    private <T> T ask(final Question<T> question) throws InterruptedException {
        try {
            return loops.loop(0).submit(question::ask).get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException("the audience does not answer: " + e.getMessage(), e);
        }
    }

    private boolean await(final long atMostNanos, final Question<Boolean> until) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + atMostNanos;
        while (!ask(until)) {
            if (System.nanoTime() > deadlineNs || wrong != null) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    @Override
    public void close() {
        loops.close();
    }
}
