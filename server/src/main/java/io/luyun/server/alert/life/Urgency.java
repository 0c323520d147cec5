package io.luyun.server.alert.life;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Settings that rules share which go by the time that is left.
 *
 * @param cautionSeconds time below which a case is raised
 * @param warningSeconds below which it is a warning
 * @param criticalSeconds below which it is critical; 0 for never
 * @param clearFactor a step is left only when the time exceeds its threshold times this
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record Urgency(
        double cautionSeconds,
        double warningSeconds,
        double criticalSeconds,
        double clearFactor,
        int confirmReports,
        int holdMillis) {
    /** Checks the ranges, for the settings under a key. */
    public void check(final String key) {
        inRange(key + ".urgency.cautionSeconds", cautionSeconds, 0.5, 60);
        inRange(key + ".urgency.warningSeconds", warningSeconds, 0, cautionSeconds);
        inRange(key + ".urgency.criticalSeconds", criticalSeconds, 0, warningSeconds);
        inRange(key + ".urgency.clearFactor", clearFactor, 1, 3);
        inRange(key + ".urgency.confirmReports", confirmReports, 1, 50);
        inRange(key + ".urgency.holdMillis", holdMillis, 0, 60_000);
    }

    /** The steps. */
    public Steps steps() {
        return new Steps(cautionSeconds, warningSeconds, criticalSeconds, clearFactor);
    }
}
