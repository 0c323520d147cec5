package io.luyun.simulator.measure;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Tells when each of several senders is due: once every period, each at its own phase. Runs on the loop it is given and
 * never skips: what is late is told to be due one after the other with the time it was due.
 */
@SuppressWarnings("FutureReturnValueIgnored") // run() catches everything itself
public final class Pacer {
    /** Sends what is due. */
    public interface Target {
        /**
         * A sender is due.
         *
         * @param sender its place in the phases
         * @param step number of the period, from 0
         * @param intendedNs when it was due
         * @return false when there is nothing to send yet; it will be asked again
         */
        boolean due(int sender, long step, long intendedNs);

        /** All senders have had this step. */
        default void stepDone(final long step) {}

        /** The last step is done, or the target failed. */
        default void finished() {}
    }

    /** Other work of the loop gets its turn after so many senders. */
    private static final int BURST = 128;

    private static final long RETRY_NS = 500_000;

    private final ScheduledExecutorService loop;
    private final NanoClock clock;
    private final long[] phaseNs;
    private final double periodNs;
    private final Target target;
    private long startNs;
    private long steps;
    private long step;
    private int sender;
    private volatile @Nullable Throwable failure;

    /**
     * A pacer for senders with these phases, which rise.
     *
     * @param periodNs not a whole number where a rate does not divide the second
     */
    public Pacer(
            final ScheduledExecutorService loop,
            final NanoClock clock,
            final long[] phaseNs,
            final double periodNs,
            final Target target) {
        this.loop = loop;
        this.clock = clock;
        this.phaseNs = phaseNs.clone();
        this.periodNs = periodNs;
        this.target = target;
    }

    /**
     * Phases of {@code count} senders spread evenly over the period, each at a whole millisecond where the period has
     * enough of them: a burst of a millisecond's senders costs one wake-up.
     */
    public static long[] spread(final int count, final double periodNs) {
        final long[] phases = new long[count];
        final long grain = periodNs >= 10_000_000 ? 1_000_000 : 1;
        for (int i = 0; i < count; i++) {
            phases[i] = (long) (periodNs * i / count) / grain * grain;
        }
        return phases;
    }

    /** Begins; from any thread, once. */
    public void start(final long atNs, final long stepCount) {
        loop.execute(() -> {
            startNs = atNs;
            steps = stepCount;
            run();
        });
    }

    /** Ends after the step that is being sent; from any thread. */
    public void stop() {
        loop.execute(() -> steps = Math.min(steps, step + 1));
    }

    /** What the target threw and so ended the pacing, or null. */
    public @Nullable Throwable failure() {
        return failure;
    }

    private void run() {
        try {
            sendWhatIsDue();
        } catch (final RuntimeException | Error e) {
            failure = e;
            steps = 0;
            target.finished();
        }
    }

    private void sendWhatIsDue() {
        final long nowNs = clock.nanoTime();
        int sent = 0;
        while (step < steps) {
            while (sender < phaseNs.length) {
                final long dueNs = startNs + (long) (step * periodNs) + phaseNs[sender];
                if (dueNs > nowNs) {
                    again(dueNs - clock.nanoTime());
                    return;
                }
                if (!target.due(sender, step, dueNs)) {
                    again(RETRY_NS);
                    return;
                }
                sender++;
                if (++sent == BURST) {
                    again(0);
                    return;
                }
            }
            sender = 0;
            target.stepDone(step);
            step++;
        }
        target.finished();
    }

    private void again(final long delayNs) {
        if (delayNs <= 0) {
            loop.execute(this::run);
        } else {
            loop.schedule(this::run, delayNs, TimeUnit.NANOSECONDS);
        }
    }
}
