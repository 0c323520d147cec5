package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Ledger;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.LinkConfig;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Devices of one event loop, of which the first so many send at a fixed pace, whatever comes back. Methods are for one thread, which
 * is not the loop's.
 */
public final class Crowd implements AutoCloseable {
    private static final long LOOK_NANOS = 2_000_000;
    private static final long TICK_MILLIS = 5;
    private static final long HIGHEST_NS = TimeUnit.MINUTES.toNanos(1);
    private static final int DIGITS = 3;
    private static final double NINETY_NINE = 99;
    private static final double MILLIS = 1e6;
    /** As many as a kernel lets wait at a port whatever its settings. */
    private static final int WAVE = 128;

    private final ClientLoops loops;
    private final EventLoop loop;
    private final List<Member> members = new ArrayList<>();
    private final int active;
    private final Histogram waits = new Histogram(HIGHEST_NS, DIGITS);
    private final Pulse pulse = new Pulse(waits);
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicLong breaks = new AtomicLong();
    private volatile @Nullable Throwable wrong;
    private int next;
    private long sent;
    private long beganNs;
    private double perSecond;

    /**
     * Who it is.
     *
     * @param first number of the first of them; no two of a server may have the same
     * @param count how many
     * @param active of them send
     */
    public record Size(int first, int count, int active) {}

    /** Nobody is connected yet. */
    public Crowd(final LinkConfig config, final Size size) throws IOException {
        active = size.active();
        loops = new ClientLoops(config, 1, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
        loop = loops.loop(0);
        final Member.Shared shared = new Member.Shared(open, breaks, pulse, System::nanoTime, e -> wrong = e);
        final long bootEpoch = System.currentTimeMillis();
        for (int i = size.first(); i < size.first() + size.count(); i++) {
            final int vehicle = i;
            final String device = "crowd-" + vehicle;
            final Member member = new Member(device, number -> Place.apart(vehicle, number), shared);
            member.speaksBy(loops.client(
                    0, new Identity(device, Role.ROLE_OBU, null, bootEpoch, AckLevel.ACK_LEVEL_SYNCED), member));
            members.add(member);
        }
    }

    /** Connects all, some at a time; false when not all were welcome within this time. */
    public boolean connect(final long atMostNanos) {
        final long deadlineNs = System.nanoTime() + atMostNanos;
        for (int begin = 0; begin < members.size(); begin += WAVE) {
            final List<Member> wave = members.subList(begin, Math.min(members.size(), begin + WAVE));
            loop.execute(() -> wave.forEach(member -> member.client().connect()));
            if (!awaitOpen(begin + wave.size(), deadlineNs)) {
                return false;
            }
        }
        return true;
    }

    /** Waits until all have a session again; false when not within this time. */
    public boolean awaitAll(final long atMostNanos) {
        return awaitOpen(members.size(), System.nanoTime() + atMostNanos);
    }

    private boolean awaitOpen(final int count, final long deadlineNs) {
        while (open.get() < count) {
            if (System.nanoTime() > deadlineNs || wrong != null) {
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }

    /** How many have a session now. */
    int open() {
        return open.get();
    }

    int size() {
        return members.size();
    }

    /** How often a connection has ended that nobody here has ended. */
    public long breaks() {
        return breaks.get();
    }

    /** Begins to send so many messages a second each, or goes on with so many. */
    public void send(final double each) throws InterruptedException {
        final boolean sending = ask(() -> {
            final boolean before = perSecond > 0;
            perSecond = each * active;
            sent = 0;
            beganNs = System.nanoTime();
            pulse.begin(beganNs);
            return before;
        });
        if (!sending) {
            tick();
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the loop ends with its tasks
    private void tick() {
        loop.schedule(
                () -> {
                    final long due = (long) ((System.nanoTime() - beganNs) * 1e-9 * perSecond);
                    for (; sent < due; sent++) {
                        members.get(next++ % active).send();
                    }
                    if (perSecond > 0) {
                        tick();
                    }
                },
                TICK_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    /** Breaks all connections at once; everybody comes back at once. */
    void drop() throws InterruptedException {
        ask(() -> {
            members.forEach(member -> member.client().stayAway(0, false));
            return null;
        });
    }

    /** From now on, {@link #acknowledged} and {@link #longestGapSeconds} count. */
    public void beginWatch() throws InterruptedException {
        ask(() -> {
            pulse.begin(System.nanoTime());
            return null;
        });
    }

    /** Messages acknowledged since the watch began. */
    public long acknowledged() throws InterruptedException {
        return ask(pulse::beats);
    }

    /** How long messages sent were not acknowledged, of those acknowledged since the watch began; ms, the 99th of a hundred. */
    public double p99Millis() throws InterruptedException {
        return ask(() -> waits.getValueAtPercentile(NINETY_NINE) / MILLIS);
    }

    /** The longest time without any acknowledgement since the watch began. */
    double longestGapSeconds() throws InterruptedException {
        return ask(() -> pulse.longestSeconds(System.nanoTime()));
    }

    /** How many of those that do not send had no answer to a sign of life for longer than this. */
    long silentFor(final double seconds) throws InterruptedException {
        return ask(() -> members.stream()
                .skip(active)
                .filter(member -> member.longestSilenceSeconds() > seconds)
                .count());
    }

    /** The longest time any of those that do not send had none. */
    double longestSilenceSeconds() throws InterruptedException {
        return ask(() -> members.stream()
                .skip(active)
                .mapToDouble(Member::longestSilenceSeconds)
                .max()
                .orElse(0));
    }

    /**
     * Sends nothing more; waits until everything is answered.
     *
     * @return false when it was not within this time
     * @throws IllegalStateException when the server has done what it never must
     */
    public boolean halt(final long atMostNanos) throws InterruptedException {
        final long deadlineNs = System.nanoTime() + atMostNanos;
        ask(() -> perSecond = 0);
        boolean settled = false;
        while (!settled && wrong == null && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(LOOK_NANOS);
            settled = ask(
                    () -> members.stream().allMatch(member -> member.client().outstanding() == 0));
        }
        final @Nullable Throwable trouble = wrong;
        if (trouble != null) {
            throw new IllegalStateException("a device found what must not be: " + trouble.getMessage(), trouble);
        }
        return settled;
    }

    /** Of those that send; nobody may be sending. */
    public List<Ledger> ledgers() {
        return members.stream().limit(active).map(Member::ledger).toList();
    }

    private <T> T ask(final Callable<T> question) throws InterruptedException {
        try {
            return loop.submit(question).get();
        } catch (final ExecutionException e) {
            throw new IllegalStateException("the crowd does not answer: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        loops.close();
    }
}
