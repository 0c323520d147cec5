package io.luyun.simulator.source;

/**
 * How floating car data are driven by.
 *
 * @param vehicles devices for vehicles; {@link #AS_MANY} for as many as the file ever needs at once
 * @param persons devices for who walks or cycles; {@link #AS_MANY} likewise, 0 to leave them out
 * @param loop whether it begins anew at its end
 * @param quietMillis so long a device is silent between two road users, and everything between two rounds
 * @param seed of the temporary ids
 */
public record FcdOptions(int vehicles, int persons, boolean loop, int quietMillis, long seed) {
    /** As many devices as there are road users at once. */
    public static final int AS_MANY = -1;

    /**
     * Longer than a server knows somebody whom it does not hear, by default 2 s, with half as much again for its ticks and for what is
     * late: the next road user of a device is nobody it knows, rather than one that has jumped.
     */
    public static final int QUIET_MILLIS = 3_000;

    private static final int MOST_DEVICES = 100_000;
    private static final int MOST_QUIET_MILLIS = 600_000;

    /** Checks the ranges. */
    public FcdOptions {
        range("vehicles", vehicles, AS_MANY, MOST_DEVICES);
        range("persons", persons, AS_MANY, MOST_DEVICES);
        range("quietMillis", quietMillis, 0, MOST_QUIET_MILLIS);
        if (vehicles == 0 && persons == 0) {
            throw new IllegalArgumentException("vehicles 0: must be more than 0, or persons must");
        }
    }

    private static void range(final String key, final int value, final int least, final int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(key + " " + value + ": must be " + least + " to " + most
                    + (least == AS_MANY ? ", -1 for as many as there are at once" : ""));
        }
    }

    /** Whether the input must be read once before to know how many devices there are. */
    boolean counts() {
        return vehicles == AS_MANY || persons == AS_MANY;
    }
}
