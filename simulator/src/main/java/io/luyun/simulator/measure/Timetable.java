package io.luyun.simulator.measure;

import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/**
 * Tells when each of a row of things is due, at times known beforehand. Runs on the loop it is given and never skips: what is
 * late is told to be due one after the other with the time it was due.
 */
@SuppressWarnings("FutureReturnValueIgnored") // run() catches everything itself
public final class Timetable {
    /** Does what is due. */
    public interface Target {
        /**
         * Something is due.
         *
         * @param index its place in the row
         * @param intendedNs when it was due
         */
        void due(int index, long intendedNs);

        /** All is done, or stopped, or the target failed. */
        void finished();
    }

    /** Other work of the loop gets its turn after so many. */
    private static final int BURST = 128;

    private final ScheduledExecutorService loop;
    private final NanoClock clock;
    private final long[] dueNs;
    private final Target target;
    private long startNs;
    private int next;
    private boolean over;
    private volatile @Nullable Throwable failure;

    /**
     * A timetable.
     *
     * @param dueNs how long after the start each is due; never falls
     */
    public Timetable(
            final ScheduledExecutorService loop, final NanoClock clock, final long[] dueNs, final Target target) {
        this.loop = loop;
        this.clock = clock;
        this.dueNs = dueNs.clone();
        this.target = target;
    }

    /** Begins; from any thread, once. */
    public void start(final long atNs) {
        loop.execute(() -> {
            startNs = atNs;
            run();
        });
    }

    /** Ends before the next one; from any thread. */
    public void stop() {
        loop.execute(this::end);
    }

    /** What the target threw and so ended it, or null. */
    public @Nullable Throwable failure() {
        return failure;
    }

    private void run() {
        try {
            doWhatIsDue();
        } catch (final RuntimeException | Error e) {
            failure = e;
            end();
        }
    }

    private void doWhatIsDue() {
        final long nowNs = clock.nanoTime();
        for (int done = 0; !over && next < dueNs.length; done++) {
            final long atNs = startNs + dueNs[next];
            if (atNs > nowNs || done == BURST) {
                loop.schedule(this::run, Math.max(0, atNs - nowNs), TimeUnit.NANOSECONDS);
                return;
            }
            target.due(next++, atNs);
        }
        end();
    }

    private void end() {
        if (!over) {
            over = true;
            target.finished();
        }
    }
}
