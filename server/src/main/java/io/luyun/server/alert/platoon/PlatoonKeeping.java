package io.luyun.server.alert.platoon;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Platoons that hold together.
 *
 * @param enabled whether it runs
 * @param maxGapSeconds time gap to the vehicle before beyond which it is too wide, where that is more than the next
 * @param maxGapMetres gap that is never too wide
 * @param minGapSeconds time gap below which it is too close
 * @param clearFactor a gap is right again only within its thresholds by this factor
 * @param minSpeedMps gaps of slower vehicles are not looked at
 * @param laneMetres how far to the side of the follower one is that is in its lane
 * @param rangeMetres how far ahead the vehicle before is looked for
 * @param silentSeconds time without a word of a member after which it is silent
 * @param confirmReports reports in a row that must agree before it is raised
 * @param holdMillis time it must be over before it is cleared
 */
public record PlatoonKeeping(
        boolean enabled,
        double maxGapSeconds,
        double maxGapMetres,
        double minGapSeconds,
        double clearFactor,
        double minSpeedMps,
        double laneMetres,
        double rangeMetres,
        double silentSeconds,
        int confirmReports,
        int holdMillis) {
    /** The defaults. */
    public static final PlatoonKeeping DEFAULT = new PlatoonKeeping(true, 2, 25, 0.25, 1.2, 3, 1.4, 300, 2, 8, 1_000);

    /** Checks the ranges. */
    public PlatoonKeeping {
        inRange("alert.platoonKeeping.maxGapSeconds", maxGapSeconds, 0.2, 20);
        inRange("alert.platoonKeeping.maxGapMetres", maxGapMetres, 1, 500);
        inRange("alert.platoonKeeping.minGapSeconds", minGapSeconds, 0, maxGapSeconds);
        inRange("alert.platoonKeeping.clearFactor", clearFactor, 1, 3);
        inRange("alert.platoonKeeping.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.platoonKeeping.laneMetres", laneMetres, 0.5, 5);
        inRange("alert.platoonKeeping.rangeMetres", rangeMetres, 10, 1_000);
        inRange("alert.platoonKeeping.silentSeconds", silentSeconds, 0.2, 60);
        inRange("alert.platoonKeeping.confirmReports", confirmReports, 1, 100);
        inRange("alert.platoonKeeping.holdMillis", holdMillis, 0, 60_000);
    }
}
