package io.luyun.benchmarks.peers;

/**
 * What is offered in one turn.
 *
 * @param rate messages a second
 * @param vehicles connections, each of which sends in turn
 * @param every one in so many messages concerns somebody
 * @param leadSeconds seconds before those that are measured
 * @param seconds seconds that are measured
 */
public record Load(int rate, int vehicles, int every, int leadSeconds, int seconds) {
    private static final double NANOS = 1e9;

    /** Checks the ranges. */
    public Load {
        atLeast("rate", rate, 1);
        atLeast("connections", vehicles, 1);
        atLeast("alert-every", every, 1);
        atLeast("lead", leadSeconds, 0);
        atLeast("seconds", seconds, 1);
    }

    private static void atLeast(final String name, final int value, final int least) {
        if (value < least) {
            throw new IllegalArgumentException("--" + name + " is " + value + ", must be at least " + least);
        }
    }

    /** Messages in all. */
    long messages() {
        return (long) rate * (leadSeconds + seconds);
    }

    /** When a message should be sent after the first. */
    long afterNs(final long message) {
        return (long) (message * NANOS / rate);
    }

    /** Whose turn it is. */
    int vehicle(final long message) {
        return (int) (message % vehicles);
    }

    /** Whether a message concerns somebody: in each round of reports that of another of the vehicles. */
    boolean concerns(final long message) {
        return (message % vehicles + message / vehicles) % every == 0;
    }
}
