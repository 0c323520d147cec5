package io.luyun.server.alert.coordination;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Settings of CIP.
 *
 * @param enabled whether it runs
 * @param holdMillis time a lower step must last before a step down
 */
public record CooperativePassing(boolean enabled, int holdMillis) {
    /** The defaults, chosen here. */
    public static final CooperativePassing DEFAULT = new CooperativePassing(true, 500);

    /** Checks the range. */
    public CooperativePassing {
        inRange("alert.cooperativePassing.holdMillis", holdMillis, 0, 60_000);
    }
}
