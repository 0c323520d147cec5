package io.luyun.server.world;

/**
 * Limits of a link or lane, each in 0.02 m/s or {@link Participant#ABSENT}. Immutable.
 *
 * @param vehicle all vehicles, the lowest that holds by day and night
 * @param vehicleNight all vehicles by night
 * @param truck trucks
 * @param truckNight trucks by night
 */
public record SpeedLimits(int vehicle, int vehicleNight, int truck, int truckNight) {
    /** No limit known. */
    public static final SpeedLimits NONE =
            new SpeedLimits(Participant.ABSENT, Participant.ABSENT, Participant.ABSENT, Participant.ABSENT);

    private static final double KMH_TO_RAW = 1 / 3.6 / 0.02;

    /** One limit for all. */
    public static SpeedLimits ofKmh(final double kmh) {
        return new SpeedLimits(
                (int) Math.rint(kmh * KMH_TO_RAW), Participant.ABSENT, Participant.ABSENT, Participant.ABSENT);
    }

    /** The lowest limit that holds, or ABSENT. */
    public int limit(final boolean isTruck, final boolean isNight) {
        int limit = vehicle;
        if (isNight) {
            limit = lower(limit, vehicleNight);
        }
        if (isTruck) {
            limit = lower(limit, truck);
            if (isNight) {
                limit = lower(limit, truckNight);
            }
        }
        return limit;
    }

    static int lower(final int a, final int b) {
        if (a == Participant.ABSENT) {
            return b;
        }
        return b == Participant.ABSENT ? a : Math.min(a, b);
    }
}
