package io.luyun.server.alert.collision;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Steps;

/**
 * Thresholds of ICW.
 *
 * @param enabled whether it runs
 * @param cautionSeconds time to the conflict below which it is raised
 * @param warningSeconds below which it is a warning
 * @param criticalSeconds below which it is critical
 * @param clearFactor a step is left only when the time exceeds its threshold times this
 * @param minSpeedMps slower subjects are not warned
 * @param minTargetSpeedMps slower targets are waiting, not crossing
 * @param marginMetres room that must stay between the bodies
 * @param besideMetres how far beside the subject's way targets are looked for
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record IntersectionCollision(
        boolean enabled,
        double cautionSeconds,
        double warningSeconds,
        double criticalSeconds,
        double clearFactor,
        double minSpeedMps,
        double minTargetSpeedMps,
        double marginMetres,
        double besideMetres,
        int confirmReports,
        int holdMillis) {
    /** The defaults, chosen here. */
    public static final IntersectionCollision DEFAULT =
            new IntersectionCollision(true, 4, 2.7, 1.6, 1.3, 2, 2, 0.3, 60, 3, 500);

    /** Checks the ranges. */
    public IntersectionCollision {
        inRange("alert.intersectionCollision.cautionSeconds", cautionSeconds, 0.5, 20);
        inRange("alert.intersectionCollision.warningSeconds", warningSeconds, 0.3, cautionSeconds);
        inRange("alert.intersectionCollision.criticalSeconds", criticalSeconds, 0.1, warningSeconds);
        inRange("alert.intersectionCollision.clearFactor", clearFactor, 1, 3);
        inRange("alert.intersectionCollision.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.intersectionCollision.minTargetSpeedMps", minTargetSpeedMps, 0, 50);
        inRange("alert.intersectionCollision.marginMetres", marginMetres, 0, 10);
        inRange("alert.intersectionCollision.besideMetres", besideMetres, 5, 200);
        inRange("alert.intersectionCollision.confirmReports", confirmReports, 1, 50);
        inRange("alert.intersectionCollision.holdMillis", holdMillis, 0, 60_000);
    }

    Steps steps() {
        return new Steps(cautionSeconds, warningSeconds, criticalSeconds, clearFactor);
    }
}
