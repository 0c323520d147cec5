package io.luyun.server.alert.signal;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Steps;
import java.util.List;

/**
 * Red light violation.
 *
 * @param enabled whether it runs
 * @param cautionSeconds time to the stop line below which it is raised
 * @param warningSeconds time below which it is a warning
 * @param criticalSeconds time below which it is critical
 * @param clearFactor a step is left only above its threshold times this
 * @param minSpeedMps slower subjects are not warned
 * @param hardBrakingMps2 deceleration needed to stop from which it is raised: who needs less may still be about to brake
 * @param clearBrakingMps2 deceleration needed below which it is over
 * @param brakingShare share of the deceleration needed from which the subject counts as stopping
 * @param assumedBrakingMps2 deceleration of a subject whose acceleration is neither told nor seen yet
 * @param beyondMetres how far beyond the stop line a stop is let pass
 * @param sureLaneMetres how far beside its lane's middle a subject is surely in it
 * @param turnsOnRed whether a right turn may be taken on red
 * @param turnSpeedMps speed at the stop line up to which a subject may be about to turn
 * @param turnBrakingMps2 deceleration with which it would come down to that
 * @param exemptClasses vehicle classes that may pass red lights
 * @param confirmReports reports in a row that must agree before a step up
 * @param holdMillis time a lower step must last before a step down
 */
public record RedLight(
        boolean enabled,
        double cautionSeconds,
        double warningSeconds,
        double criticalSeconds,
        double clearFactor,
        double minSpeedMps,
        double hardBrakingMps2,
        double clearBrakingMps2,
        double brakingShare,
        double assumedBrakingMps2,
        double beyondMetres,
        double sureLaneMetres,
        boolean turnsOnRed,
        double turnSpeedMps,
        double turnBrakingMps2,
        List<Integer> exemptClasses,
        int confirmReports,
        int holdMillis) {
    /** The defaults. */
    public static final RedLight DEFAULT = new RedLight(
            true,
            5,
            2.7,
            1.6,
            1.3,
            3,
            3,
            2,
            0.8,
            3,
            2,
            1,
            true,
            8,
            2.5,
            List.of(60, 61, 62, 63, 64, 65, 66, 67, 68, 69),
            3,
            500);

    /** Checks the ranges. */
    public RedLight {
        inRange("alert.redLight.cautionSeconds", cautionSeconds, 0.5, 20);
        inRange("alert.redLight.warningSeconds", warningSeconds, 0, cautionSeconds);
        inRange("alert.redLight.criticalSeconds", criticalSeconds, 0, warningSeconds);
        inRange("alert.redLight.clearFactor", clearFactor, 1, 3);
        inRange("alert.redLight.minSpeedMps", minSpeedMps, 0.5, 50);
        inRange("alert.redLight.hardBrakingMps2", hardBrakingMps2, 0.5, 10);
        inRange("alert.redLight.clearBrakingMps2", clearBrakingMps2, 0, hardBrakingMps2);
        inRange("alert.redLight.brakingShare", brakingShare, 0, 1);
        inRange("alert.redLight.assumedBrakingMps2", assumedBrakingMps2, 0, 10);
        inRange("alert.redLight.beyondMetres", beyondMetres, 0, 20);
        inRange("alert.redLight.sureLaneMetres", sureLaneMetres, 0, 5);
        inRange("alert.redLight.turnSpeedMps", turnSpeedMps, 0, 50);
        inRange("alert.redLight.turnBrakingMps2", turnBrakingMps2, 0, 10);
        inRange("alert.redLight.confirmReports", confirmReports, 1, 50);
        inRange("alert.redLight.holdMillis", holdMillis, 0, 60_000);
        exemptClasses = List.copyOf(exemptClasses);
    }

    Steps steps() {
        return new Steps(cautionSeconds, warningSeconds, criticalSeconds, clearFactor);
    }
}
