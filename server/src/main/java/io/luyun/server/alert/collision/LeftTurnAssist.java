package io.luyun.server.alert.collision;

import static io.luyun.server.monitor.Settings.inRange;

import io.luyun.server.alert.life.Urgency;

/**
 * Thresholds of LTA.
 *
 * @param enabled whether it runs
 * @param urgency by the time until the later of the two is where their ways cross
 * @param minSpeedMps slower subjects wait, they do not turn
 * @param minTargetSpeedMps slower oncoming vehicles are waiting
 * @param marginMetres room that must stay between the bodies
 * @param gapSeconds time that must lie between the one's leaving and the other's coming
 * @param besideMetres how far beside the subject's way oncoming vehicles are looked for
 * @param brakesMps2 deceleration up to which who has red is expected to stop
 */
public record LeftTurnAssist(
        boolean enabled,
        Urgency urgency,
        double minSpeedMps,
        double minTargetSpeedMps,
        double marginMetres,
        double gapSeconds,
        double besideMetres,
        double brakesMps2) {
    /** The defaults, chosen here. */
    public static final LeftTurnAssist DEFAULT =
            new LeftTurnAssist(true, new Urgency(4, 2.7, 1.6, 1.3, 3, 500), 1, 2, 0.3, 1, 80, 5);

    /** Checks the ranges. */
    public LeftTurnAssist {
        urgency.check("alert.leftTurnAssist");
        inRange("alert.leftTurnAssist.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.leftTurnAssist.minTargetSpeedMps", minTargetSpeedMps, 0, 50);
        inRange("alert.leftTurnAssist.marginMetres", marginMetres, 0, 10);
        inRange("alert.leftTurnAssist.gapSeconds", gapSeconds, 0, 10);
        inRange("alert.leftTurnAssist.besideMetres", besideMetres, 5, 200);
        inRange("alert.leftTurnAssist.brakesMps2", brakesMps2, 0.5, 10);
    }
}
