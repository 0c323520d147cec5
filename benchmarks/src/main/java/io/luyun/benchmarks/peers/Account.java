package io.luyun.benchmarks.peers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * What was sent, acknowledged and delivered, and how long it took, by the second in which it should have been sent. What
 * should have been sent before the first second is counted for the balance and not measured. Owned by one thread.
 */
final class Account {
    /** Longest time that is told apart: a minute. */
    private static final long HIGHEST_NS = 60_000_000_000L;

    private static final long SLICE_NS = 1_000_000_000L;

    /** What is known of one second. */
    static final class Slice {
        /** From when it should have been sent to its acknowledgement; ns. */
        final Histogram ack = histogram();

        /** From when it should have been sent to the subscriber; ns. */
        final Histogram alert = histogram();

        /** From when it should have been sent to when it was; ns. */
        final Histogram lag = histogram();

        void add(final Slice other) {
            ack.add(other.ack);
            alert.add(other.alert);
            lag.add(other.lag);
        }
    }

    /** A message that concerns somebody and has not come. */
    private record Awaited(long number, long intendedNs) {}

    private final List<Slice> slices = new ArrayList<>();
    private final List<ArrayDeque<Awaited>> awaited = new ArrayList<>();
    private long firstNs = Long.MAX_VALUE;
    private long sent;
    private long acked;
    private long refused;
    private long concerning;
    private long delivered;
    private long skipped;
    private long unexpected;
    private long waiting;

    /** Nothing yet, for so many seconds that are measured. */
    Account(final int vehicles, final int seconds) {
        for (int i = 0; i < seconds; i++) {
            slices.add(new Slice());
        }
        for (int i = 0; i < vehicles; i++) {
            awaited.add(new ArrayDeque<>());
        }
    }

    /** The first second that is measured begins then. */
    void begin(final long atNs) {
        firstNs = atNs;
    }

    /** A message was handed to the connection. */
    void sent(final long intendedNs, final long nowNs) {
        sent++;
        final int slice = slice(intendedNs);
        if (slice >= 0) {
            record(slices.get(slice).lag, nowNs - intendedNs);
        }
    }

    /** The message that was sent last concerns somebody, who is to get it under this number of this vehicle. */
    void await(final int vehicle, final long number, final long intendedNs) {
        concerning++;
        waiting++;
        awaited.get(vehicle).add(new Awaited(number, intendedNs));
    }

    /** A message was acknowledged. */
    void acked(final long intendedNs, final long nowNs) {
        if (intendedNs == InFlight.NONE) {
            unexpected++;
            return;
        }
        acked++;
        final int slice = slice(intendedNs);
        if (slice >= 0) {
            record(slices.get(slice).ack, nowNs - intendedNs);
        }
    }

    /** A message was answered with an error, which is an answer. */
    void refused(final long intendedNs) {
        if (intendedNs == InFlight.NONE) {
            unexpected++;
        } else {
            refused++;
        }
    }

    /** The subscriber has the message of this number. Those of the same vehicle before it do not come any more. */
    void delivered(final int vehicle, final long number, final long nowNs) {
        final ArrayDeque<Awaited> queue = awaited.get(vehicle);
        while (!queue.isEmpty() && queue.getFirst().number() < number) {
            queue.removeFirst();
            waiting--;
            skipped++;
        }
        if (queue.isEmpty() || queue.getFirst().number() != number) {
            unexpected++;
            return;
        }
        final long intendedNs = queue.removeFirst().intendedNs();
        waiting--;
        delivered++;
        final int slice = slice(intendedNs);
        if (slice >= 0) {
            record(slices.get(slice).alert, nowNs - intendedNs);
        }
    }

    /** Something came that nobody waits for. */
    void surprised() {
        unexpected++;
    }

    /** Whether a vehicle's message of this number is waited for. */
    boolean awaits(final int vehicle, final long number) {
        final Awaited next = awaited.get(vehicle).peekFirst();
        return next != null && next.number() <= number;
    }

    /**
     * Whether everything has come.
     *
     * @param acknowledges whether what was sent is acknowledged at all
     */
    boolean settled(final boolean acknowledges) {
        return waiting == 0 && (!acknowledges || acked + refused >= sent);
    }

    List<Slice> slices() {
        return slices;
    }

    long sent() {
        return sent;
    }

    long acked() {
        return acked;
    }

    long refused() {
        return refused;
    }

    /** Messages that concern somebody. */
    long concerning() {
        return concerning;
    }

    /** Of them, those that came. */
    long delivered() {
        return delivered;
    }

    /** Of them, those that later ones have overtaken. */
    long skipped() {
        return skipped;
    }

    /** Acknowledgements and deliveries of what was not sent, or was there before. */
    long unexpected() {
        return unexpected;
    }

    private int slice(final long intendedNs) {
        final long slice = Math.floorDiv(intendedNs - firstNs, SLICE_NS);
        return slice >= slices.size() ? -1 : (int) slice;
    }

    private static Histogram histogram() {
        final Histogram histogram = new Histogram(HIGHEST_NS, 3);
        histogram.setAutoResize(false);
        return histogram;
    }

    private static void record(final Histogram histogram, final long ns) {
        histogram.recordValue(Math.clamp(ns, 0, HIGHEST_NS));
    }
}
