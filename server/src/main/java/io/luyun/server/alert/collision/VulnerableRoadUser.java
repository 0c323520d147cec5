package io.luyun.server.alert.collision;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Steps;

/**
 * Thresholds of VRUCW.
 *
 * @param enabled whether it runs
 * @param cautionSeconds time to the conflict below which it is raised
 * @param warningSeconds below which it is a warning
 * @param criticalSeconds below which it is critical
 * @param clearFactor a step is left only when the time exceeds its threshold times this
 * @param minSpeedMps slower subjects are not warned
 * @param minTargetSpeedMps slower ones stand: they are warned of only where they are in the way
 * @param marginMetres room that must stay between the bodies, beside who is in the way
 * @param crossingMarginMetres the same where ways cross, in which the positions' errors are errors of time
 * @param lackingMps2 deceleration that must be lacking beyond what the subject brakes already
 * @param besideMetres how far beside the subject's way targets are looked for
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record VulnerableRoadUser(
        boolean enabled,
        double cautionSeconds,
        double warningSeconds,
        double criticalSeconds,
        double clearFactor,
        double minSpeedMps,
        double minTargetSpeedMps,
        double marginMetres,
        double crossingMarginMetres,
        double lackingMps2,
        double besideMetres,
        int confirmReports,
        int holdMillis) {
    /** The defaults, chosen here. */
    public static final VulnerableRoadUser DEFAULT =
            new VulnerableRoadUser(true, 4, 2.7, 1.6, 1.3, 2, 0.3, 0.3, 1.3, 1.2, 25, 3, 500);

    /** Checks the ranges. */
    public VulnerableRoadUser {
        inRange("alert.vulnerableRoadUser.cautionSeconds", cautionSeconds, 0.5, 20);
        inRange("alert.vulnerableRoadUser.warningSeconds", warningSeconds, 0.3, cautionSeconds);
        inRange("alert.vulnerableRoadUser.criticalSeconds", criticalSeconds, 0.1, warningSeconds);
        inRange("alert.vulnerableRoadUser.clearFactor", clearFactor, 1, 3);
        inRange("alert.vulnerableRoadUser.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.vulnerableRoadUser.minTargetSpeedMps", minTargetSpeedMps, 0, 50);
        inRange("alert.vulnerableRoadUser.marginMetres", marginMetres, 0, 10);
        inRange("alert.vulnerableRoadUser.crossingMarginMetres", crossingMarginMetres, 0, 10);
        inRange("alert.vulnerableRoadUser.lackingMps2", lackingMps2, 0, 9);
        inRange("alert.vulnerableRoadUser.besideMetres", besideMetres, 5, 200);
        inRange("alert.vulnerableRoadUser.confirmReports", confirmReports, 1, 50);
        inRange("alert.vulnerableRoadUser.holdMillis", holdMillis, 0, 60_000);
    }

    Steps steps() {
        return new Steps(cautionSeconds, warningSeconds, criticalSeconds, clearFactor);
    }
}
