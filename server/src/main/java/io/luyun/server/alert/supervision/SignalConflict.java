package io.luyun.server.alert.supervision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Signal conflict.
 *
 * @param enabled whether it runs
 * @param permissiveYields whether a turn on permissive green gives way and conflicts with nothing
 * @param merging whether ways that only meet on the same link conflict
 * @param crossings whether the green of a crossing conflicts with that of straight ways over it
 * @param turnDeg change of heading across the junction from which a way is a turn
 * @param confirmReports SPAT in a row that must agree
 * @param silentSeconds time without a SPAT after which it is gone
 * @param holdMillis time it must be over before it is cleared
 */
public record SignalConflict(
        boolean enabled,
        boolean permissiveYields,
        boolean merging,
        boolean crossings,
        double turnDeg,
        int confirmReports,
        double silentSeconds,
        int holdMillis) {
    /** The defaults. */
    public static final SignalConflict DEFAULT = new SignalConflict(true, true, false, true, 30, 2, 10, 1_000);

    /** Checks the ranges. */
    public SignalConflict {
        inRange("alert.signalConflict.turnDeg", turnDeg, 5, 90);
        inRange("alert.signalConflict.confirmReports", confirmReports, 1, 50);
        inRange("alert.signalConflict.silentSeconds", silentSeconds, 1, 3_600);
        inRange("alert.signalConflict.holdMillis", holdMillis, 0, 60_000);
    }
}
