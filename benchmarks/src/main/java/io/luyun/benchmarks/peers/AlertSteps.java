package io.luyun.benchmarks.peers;

/**
 * Which step of one vehicle's alert an answer is: odd steps raise it and even ones clear it, each asked for by a report. What nobody asked
 * for moves nothing: an alert that ends because its vehicle was not heard of for too long, and comes back with the next report. Owned by
 * one thread.
 */
final class AlertSteps {
    /** Nobody asked for it. */
    static final long NONE = 0;

    private long asked;
    private long told;

    /** A report asks for the next step; returns its number. */
    long ask() {
        return ++asked;
    }

    /** The alert was raised or cleared; returns the number of the step, or {@link #NONE}. Steps in between do not come any more. */
    long tell(final boolean raised) {
        final long next = told + ((told & 1) == 1 == raised ? 2 : 1);
        if (next > asked) {
            return NONE;
        }
        told = next;
        return next;
    }
}
