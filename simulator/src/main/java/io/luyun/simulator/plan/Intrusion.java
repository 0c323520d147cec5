package io.luyun.simulator.plan;

/**
 * Connections that mean harm, opened again whenever the server closes them.
 *
 * @param count how many at a time
 * @param how what they do
 * @param perSecond how often each does it, or tries again
 */
public record Intrusion(int count, How how, double perSecond) {
    /** What is done. */
    public enum How {
        /** Random bytes. */
        GARBAGE,
        /** A frame that never ends: its length, and then a byte now and then. */
        SLOW_FRAME,
        /** A frame longer than any is. */
        GIANT_FRAME,
        /** A device that exists, with a token that is wrong. */
        WRONG_TOKEN,
        /** Nothing at all. */
        SILENT
    }

    /** Checks the ranges. */
    public Intrusion {
        Range.check("count", count, 1, 20_000);
        Range.check("perSecond", perSecond, 0.001, 1_000);
    }
}
