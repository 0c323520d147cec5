package io.luyun.server.alert.coordination;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Thresholds of CLC.
 *
 * @param enabled whether it runs
 * @param rearMetres how far behind who wishes to change to its lane the subject may be
 * @param frontMetres how far ahead
 * @param clearFactor these times this before it is over
 * @param holdMillis time a lower step must last before a step down
 */
public record CooperativeLaneChange(
        boolean enabled, double rearMetres, double frontMetres, double clearFactor, int holdMillis) {
    /** The defaults, chosen here. */
    public static final CooperativeLaneChange DEFAULT = new CooperativeLaneChange(true, 60, 20, 1.2, 500);

    /** Checks the ranges. */
    public CooperativeLaneChange {
        inRange("alert.cooperativeLaneChange.rearMetres", rearMetres, 1, 300);
        inRange("alert.cooperativeLaneChange.frontMetres", frontMetres, 1, 300);
        inRange("alert.cooperativeLaneChange.clearFactor", clearFactor, 1, 3);
        inRange("alert.cooperativeLaneChange.holdMillis", holdMillis, 0, 60_000);
    }
}
