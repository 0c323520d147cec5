package io.luyun.simulator.measure;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Tells when each of several senders is due: once a step, each at its own phase of it. Steps need not be of one length. Runs on the loop it
 * is given and never skips: what is late is told to be due one after the other with the time it was due.
 */
@SuppressWarnings("FutureReturnValueIgnored") // run() catches everything itself
public final class Pacer {
    /** Sends what is due. */
    public interface Target {
        /**
         * A sender is due.
         *
         * @param sender its place in the phases
         * @param step number of the step, from 0
         * @param intendedNs when it was due
         * @return false when there is nothing to send yet; it will be asked again
         */
        boolean due(int sender, long step, long intendedNs);

        /** All senders have had this step. */
        default void stepDone(final long step) {}

        /** The last step is done, or the target failed. */
        default void finished() {}
    }

    /** When steps are. */
    public interface Steps {
        /** When a step begins, nanoseconds after the start; {@link Long#MAX_VALUE} for never. */
        long atNs(long step);

        /** How long its senders are spread over. */
        long lengthNs(long step);
    }

    /** Other work of the loop gets its turn after so many senders. */
    private static final int BURST = 128;

    private static final long RETRY_NS = 500_000;
    /** A run may end while nothing is due. */
    private static final long LOOK_AGAIN_NS = 100_000_000;

    /** A burst of a millisecond's senders costs one wake-up; where a step has enough milliseconds, phases are whole ones. */
    private static final long GRAIN_NS = 1_000_000;

    private static final long SHORTEST_GRAINED_NS = 10 * GRAIN_NS;

    private final ScheduledExecutorService loop;
    private final NanoClock clock;
    private final double[] phases;
    private final Steps when;
    private final Target target;
    private long startNs;
    private long steps;
    private long step;
    private long beginNs;
    private long lengthNs;
    private int sender;
    private volatile @Nullable Throwable failure;

    /**
     * A pacer for senders with these phases, which rise.
     *
     * @param phases of each sender, from 0 to below 1 of a step
     * @param when each step is
     */
    public Pacer(
            final ScheduledExecutorService loop,
            final NanoClock clock,
            final double[] phases,
            final Steps when,
            final Target target) {
        this.loop = loop;
        this.clock = clock;
        this.phases = phases.clone();
        this.when = when;
        this.target = target;
    }

    /** Phases of senders spread evenly over a step. */
    public static double[] spread(final int count) {
        final double[] phases = new double[count];
        for (int i = 0; i < count; i++) {
            phases[i] = (double) i / count;
        }
        return phases;
    }

    /** Begins; from any thread, once. */
    public void start(final long atNs, final long stepCount) {
        loop.execute(() -> {
            startNs = atNs;
            steps = stepCount;
            begin(0);
            run();
        });
    }

    /** Ends after the step that is being sent; from any thread. */
    public void stop() {
        loop.execute(() -> steps = Math.min(steps, step + (sender == 0 ? 0 : 1)));
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
            while (sender < phases.length) {
                final long dueNs = dueNs(sender);
                if (dueNs > nowNs) {
                    again(Math.min(dueNs - clock.nanoTime(), LOOK_AGAIN_NS));
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
            begin(step + 1);
        }
        target.finished();
    }

    private void begin(final long next) {
        step = next;
        beginNs = when.atNs(next);
        lengthNs = when.lengthNs(next);
    }

    private long dueNs(final int who) {
        if (beginNs == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        final long phaseNs = (long) (lengthNs * phases[who]);
        return startNs + beginNs + (lengthNs >= SHORTEST_GRAINED_NS ? phaseNs / GRAIN_NS * GRAIN_NS : phaseNs);
    }

    private void again(final long delayNs) {
        if (delayNs <= 0) {
            loop.execute(this::run);
        } else {
            loop.schedule(this::run, delayNs, TimeUnit.NANOSECONDS);
        }
    }
}
