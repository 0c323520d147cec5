package io.luyun.server.alert.collision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Thresholds of DNPW.
 *
 * @param enabled whether it runs
 * @param minSpeedMps slower subjects do not pass
 * @param minTargetSpeedMps slower oncoming vehicles stand
 * @param headwaySeconds nobody further ahead than this at the subject's speed is about to be passed
 * @param outMetres so far left of the one ahead the subject has left its lane
 * @param settleMillis time for which both must be known before that is said of places alone
 * @param gainMps least speed more than that of the one ahead that a subject passes with
 * @param returnMetres room it needs before the one passed to return
 * @param marginSeconds time that must be left then until it would meet the oncoming vehicle
 * @param criticalSeconds time until they meet below which it is critical for one who has left its lane
 * @param rangeMetres no oncoming vehicle further ahead is looked at
 * @param besideMetres oncoming vehicles so far left of the one ahead are not in the next lane
 * @param junctionMetres way to the next junction within which a signal is for turning there
 * @param clearFactor the time must exceed its threshold times this before it is over
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record DoNotPass(
        boolean enabled,
        double minSpeedMps,
        double minTargetSpeedMps,
        double headwaySeconds,
        double outMetres,
        int settleMillis,
        double gainMps,
        double returnMetres,
        double marginSeconds,
        double criticalSeconds,
        double rangeMetres,
        double besideMetres,
        double junctionMetres,
        double clearFactor,
        int confirmReports,
        int holdMillis) {
    /** The defaults, chosen here. */
    public static final DoNotPass DEFAULT =
            new DoNotPass(true, 5, 2, 4, 1.75, 1_500, 5, 10, 1.5, 4, 500, 5.25, 100, 1.2, 3, 1_000);

    /** Checks the ranges. */
    public DoNotPass {
        inRange("alert.doNotPass.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.doNotPass.minTargetSpeedMps", minTargetSpeedMps, 0, 50);
        inRange("alert.doNotPass.headwaySeconds", headwaySeconds, 0.5, 20);
        inRange("alert.doNotPass.outMetres", outMetres, 0.5, 5);
        inRange("alert.doNotPass.settleMillis", settleMillis, 0, 60_000);
        inRange("alert.doNotPass.gainMps", gainMps, 0.5, 20);
        inRange("alert.doNotPass.returnMetres", returnMetres, 0, 100);
        inRange("alert.doNotPass.marginSeconds", marginSeconds, 0, 20);
        inRange("alert.doNotPass.criticalSeconds", criticalSeconds, 0, 20);
        inRange("alert.doNotPass.rangeMetres", rangeMetres, 50, 1_000);
        inRange("alert.doNotPass.besideMetres", besideMetres, 1, 20);
        inRange("alert.doNotPass.junctionMetres", junctionMetres, 0, 500);
        inRange("alert.doNotPass.clearFactor", clearFactor, 1, 3);
        inRange("alert.doNotPass.confirmReports", confirmReports, 1, 50);
        inRange("alert.doNotPass.holdMillis", holdMillis, 0, 60_000);
    }
}
