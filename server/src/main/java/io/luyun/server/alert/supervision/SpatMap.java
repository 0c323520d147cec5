package io.luyun.server.alert.supervision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Whether SPAT and map fit.
 *
 * @param enabled whether it runs
 * @param graceSeconds time from the first SPAT of a node in which its MAP may still come
 * @param confirmReports SPAT in a row that must agree
 * @param silentSeconds time without a SPAT after which it is gone
 * @param holdMillis time it must be over before it is cleared
 */
public record SpatMap(boolean enabled, double graceSeconds, int confirmReports, double silentSeconds, int holdMillis) {
    /** The defaults. */
    public static final SpatMap DEFAULT = new SpatMap(true, 15, 5, 10, 2_000);

    /** Checks the ranges. */
    public SpatMap {
        inRange("alert.spatMap.graceSeconds", graceSeconds, 0, 3_600);
        inRange("alert.spatMap.confirmReports", confirmReports, 1, 1_000);
        inRange("alert.spatMap.silentSeconds", silentSeconds, 1, 3_600);
        inRange("alert.spatMap.holdMillis", holdMillis, 0, 600_000);
    }
}
