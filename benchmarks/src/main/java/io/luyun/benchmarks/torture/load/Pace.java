package io.luyun.benchmarks.torture.load;

import java.util.concurrent.TimeUnit;

/**
 * When a sender may send, and when each of its messages was to be sent.
 *
 * @param perSecond messages by the clock; infinite for no clock
 * @param window most messages that wait for an answer
 * @param beganNs when the first is due
 * @param before messages sent before it began, all of which are answered
 */
record Pace(double perSecond, int window, long beganNs, int before) {
    /** As many as the usual client keeps; what the clock asks for beyond is held back, and counts as offered. */
    private static final int KEPT = 16_384;

    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    /** Nothing more is sent. */
    static Pace rest(final int before) {
        return new Pace(0, 0, 0, before);
    }

    /** As fast as answers come, so many ahead of them. */
    static Pace ahead(final int window, final long nowNs, final int before) {
        return new Pace(Double.POSITIVE_INFINITY, window, nowNs, before);
    }

    /** By the clock, until more waits for an answer than a client keeps. */
    static Pace clock(final double perSecond, final long nowNs, final int before) {
        return new Pace(perSecond, KEPT, nowNs, before);
    }

    boolean timed() {
        return perSecond > 0 && perSecond < Double.POSITIVE_INFINITY;
    }

    /** The highest number that may have been sent by now. */
    long upTo(final long nowNs, final int acknowledged) {
        final long byWindow = (long) acknowledged + window;
        return timed() ? Math.min(byWindow, before + due(nowNs)) : byWindow;
    }

    /** How many the clock has asked for by now. */
    long due(final long nowNs) {
        return timed() ? (long) ((nowNs - beganNs) / NANOS * perSecond) : 0;
    }

    /** When the clock asked for the message of this number. */
    long intendedNs(final int number) {
        return beganNs + (long) ((number - before) / perSecond * NANOS);
    }
}
