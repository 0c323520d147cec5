package io.luyun.benchmarks.torture.fuzz;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** Feeds targets, one after the other, on the thread that calls. */
public final class FuzzRun {
    private static final int WARM_UP = 20_000;
    private static final int WARM_PART = 4;
    /** What others do on the machine is not the input's cost: the best of so many times on the processor is. */
    private static final int TRIES = 20;

    private static final int SHOWN_OCTETS = 2_048;
    private static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(10);
    /** Part of the inputs that is fed once more with every buffer watched. */
    private static final int WATCHED_PART = 10;

    private static final int WATCHED_MOST = 20_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Leaks leaks;
    private final FuzzPlan plan;
    private final Target target;
    private final Histogram times = new Histogram(LONGEST_NANOS, 2);
    private Mutator mutator;
    private long inputs;
    private long uncaught;
    private String firstBroken = "";
    private long slowestNanos;
    private long largestOctets;

    private FuzzRun(final Leaks leaks, final FuzzPlan plan, final Target target) {
        this.leaks = leaks;
        this.plan = plan;
        this.target = target;
        this.mutator = mutator();
    }

    /**
     * Feeds each target as the plan says.
     *
     * @param each told every result as soon as there is one
     */
    public static List<FuzzResult> run(
            final List<Target> targets, final FuzzPlan plan, final Consumer<FuzzResult> each) {
        final List<FuzzResult> results = new ArrayList<>();
        try (Leaks leaks = new Leaks()) {
            for (final Target target : targets) {
                final FuzzResult result = new FuzzRun(leaks, plan, target).run();
                results.add(result);
                each.accept(result);
            }
        }
        return results;
    }

    private FuzzResult run() {
        final long startNs = System.nanoTime();
        final long untilNs = startNs + TimeUnit.MILLISECONDS.toNanos(plan.millis());
        final long warm = Math.min(WARM_UP, plan.inputs() / 2);
        final long warmNs = startNs + (untilNs - startNs) / WARM_PART;
        long nowNs = startNs;
        while (inputs < plan.inputs() && nowNs < untilNs) {
            inputs++;
            measure(mutator.next(), inputs > warm || nowNs > warmNs);
            nowNs = System.nanoTime();
        }
        final double seconds = (System.nanoTime() - startNs) / 1e9;
        final int lost = target.buffers() ? lost() : 0;
        return new FuzzResult(
                target.name(),
                plan.seed(),
                inputs,
                inputs / seconds,
                uncaught,
                firstBroken,
                times.getValueAtPercentile(99.99),
                times.getMaxValue(),
                slowestNanos,
                largestOctets,
                lost,
                target.limits());
    }

    /** The same inputs again with every buffer watched. */
    private int lost() {
        leaks.watch(true);
        mutator = mutator();
        final long watched = Math.min(WATCHED_MOST, Math.max(1, inputs / WATCHED_PART));
        for (int i = 0; i < watched; i++) {
            target.ready();
            feed(mutator.next());
        }
        target.ready();
        final int lost = leaks.takeCount();
        leaks.watch(false);
        return lost;
    }

    private Mutator mutator() {
        return new Mutator(target.seeds(), target.tokens(), target.maxLength(), plan.seed());
    }

    private void measure(final byte[] input, final boolean warm) {
        target.ready();
        final long before = threads.getCurrentThreadAllocatedBytes();
        final long startNs = System.nanoTime();
        feed(input);
        final long nanos = System.nanoTime() - startNs;
        final long octets = threads.getCurrentThreadAllocatedBytes() - before;
        if (!warm) {
            return;
        }
        times.recordValue(Math.min(LONGEST_NANOS, nanos));
        if (nanos > slowestNanos) {
            slowestNanos = Math.max(slowestNanos, leastNanos(input));
            expect(slowestNanos <= target.limits().nanos(), input, "takes " + slowestNanos + " ns");
        }
        if (octets > largestOctets) {
            largestOctets = Math.max(largestOctets, octets(input));
            expect(largestOctets <= target.limits().octets(), input, "allocates " + largestOctets + " octets");
        }
    }

    private long leastNanos(final byte[] input) {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < TRIES && least > slowestNanos; i++) {
            target.ready();
            final long startNs = threads.getCurrentThreadCpuTime();
            feed(input);
            least = Math.min(least, threads.getCurrentThreadCpuTime() - startNs);
        }
        return least;
    }

    /** Exact, once all that is loaded only once is there. */
    private long octets(final byte[] input) {
        target.ready();
        final long before = threads.getCurrentThreadAllocatedBytes();
        feed(input);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private void feed(final byte[] input) {
        try {
            target.accept(input);
        } catch (final RuntimeException | StackOverflowError | OutOfMemoryError | AssertionError e) {
            uncaught++;
            final StackTraceElement[] trace = e.getStackTrace();
            expect(false, input, e + (trace.length == 0 ? "" : " at " + trace[0]));
        }
    }

    private void expect(final boolean holds, final byte[] input, final String what) {
        if (!holds && firstBroken.isEmpty()) {
            firstBroken = told(input, what);
        }
    }

    private String told(final byte[] input, final String what) {
        final int shown = Math.min(SHOWN_OCTETS, input.length);
        return what + ", seed " + plan.seed() + " input " + inputs + ", " + input.length + " octets "
                + HexFormat.of().formatHex(input, 0, shown);
    }
}
