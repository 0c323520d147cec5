package io.luyun.server.alert.supervision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Abnormal driving.
 *
 * @param enabled whether it runs
 * @param harshBrakingMps2 deceleration sent from which braking is harsh
 * @param harshAccelerationMps2 acceleration sent from which it is harsh
 * @param minSpeedMps slower subjects are not weaving
 * @param swingDeg angle between the heading now and that of the last seconds from which the subject heads to one side
 * @param swings changes from one side to the other that make weaving
 * @param windowSeconds time within which they happen
 * @param confirmReports reports in a row that must agree on an acceleration
 * @param holdMillis time it must be over before it is cleared
 */
public record AbnormalDriving(
        boolean enabled,
        double harshBrakingMps2,
        double harshAccelerationMps2,
        double minSpeedMps,
        double swingDeg,
        int swings,
        double windowSeconds,
        int confirmReports,
        int holdMillis) {
    static final int MAX_SWINGS = 16;

    /** The defaults. */
    public static final AbnormalDriving DEFAULT = new AbnormalDriving(true, 6, 4.5, 6, 3, 4, 12, 3, 3_000);

    /** Checks the ranges. */
    public AbnormalDriving {
        inRange("alert.abnormalDriving.harshBrakingMps2", harshBrakingMps2, 1, 20);
        inRange("alert.abnormalDriving.harshAccelerationMps2", harshAccelerationMps2, 1, 20);
        inRange("alert.abnormalDriving.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.abnormalDriving.swingDeg", swingDeg, 0.5, 45);
        inRange("alert.abnormalDriving.swings", swings, 2, MAX_SWINGS);
        inRange("alert.abnormalDriving.windowSeconds", windowSeconds, 1, 120);
        inRange("alert.abnormalDriving.confirmReports", confirmReports, 1, 50);
        inRange("alert.abnormalDriving.holdMillis", holdMillis, 0, 60_000);
    }
}
