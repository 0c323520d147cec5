package io.luyun.server.alert;

import static io.luyun.server.monitor.Settings.inRange;
import static io.luyun.server.monitor.Settings.require;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Thresholds of the rules. The figures are chosen here unless a comment names a source.
 *
 * @param forwardCollision FCW
 * @param emergencyBrake EBW
 * @param intersectionCollision ICW
 * @param vulnerableRoadUser VRUCW
 * @param hazardousLocation HLW
 * @param speedLimit SLW
 */
public record AlertConfig(
        ForwardCollision forwardCollision,
        EmergencyBrake emergencyBrake,
        IntersectionCollision intersectionCollision,
        VulnerableRoadUser vulnerableRoadUser,
        HazardousLocation hazardousLocation,
        SpeedLimit speedLimit) {

    /** The defaults. */
    public static final AlertConfig DEFAULT = new AlertConfig(
            ForwardCollision.DEFAULT,
            EmergencyBrake.DEFAULT,
            IntersectionCollision.DEFAULT,
            VulnerableRoadUser.DEFAULT,
            HazardousLocation.DEFAULT,
            SpeedLimit.DEFAULT);

    /**
     * Forward collision.
     *
     * @param enabled whether it runs
     * @param cautionSeconds time to collision below which it is raised
     * @param warningSeconds below which it is a warning; 2.7 s is the middle of what is in use
     * @param criticalSeconds below which it is critical
     * @param clearFactor a step is left only when the time to collision exceeds its threshold times this
     * @param minSpeedMps slower subjects are not warned
     * @param minClosingMps slower approaches are not warned of
     * @param rangeMetres no target further ahead is looked at
     * @param offRoadRangeMetres the same where the map does not tell the lane
     * @param laneOverlapMetres distance across at which a target counts as in the same lane
     * @param confirmReports reports in a row that must agree before a step up
     * @param holdMillis time a lower step must last before a step down
     */
    public record ForwardCollision(
            boolean enabled,
            double cautionSeconds,
            double warningSeconds,
            double criticalSeconds,
            double clearFactor,
            double minSpeedMps,
            double minClosingMps,
            double rangeMetres,
            double offRoadRangeMetres,
            double laneOverlapMetres,
            int confirmReports,
            int holdMillis) {
        /** The defaults. */
        public static final ForwardCollision DEFAULT =
                new ForwardCollision(true, 4, 2.7, 1.6, 1.3, 2, 1, 150, 80, 1.6, 3, 500);

        /** Checks the ranges. */
        public ForwardCollision {
            inRange("alert.forwardCollision.cautionSeconds", cautionSeconds, 0.5, 20);
            inRange("alert.forwardCollision.warningSeconds", warningSeconds, 0.3, cautionSeconds);
            inRange("alert.forwardCollision.criticalSeconds", criticalSeconds, 0.1, warningSeconds);
            inRange("alert.forwardCollision.clearFactor", clearFactor, 1, 3);
            inRange("alert.forwardCollision.minSpeedMps", minSpeedMps, 0, 50);
            inRange("alert.forwardCollision.minClosingMps", minClosingMps, 0, 50);
            inRange("alert.forwardCollision.rangeMetres", rangeMetres, 10, 500);
            inRange("alert.forwardCollision.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
            inRange("alert.forwardCollision.laneOverlapMetres", laneOverlapMetres, 0.5, 5);
            inRange("alert.forwardCollision.confirmReports", confirmReports, 1, 50);
            inRange("alert.forwardCollision.holdMillis", holdMillis, 0, 60_000);
        }
    }

    /**
     * Emergency brake of a vehicle ahead.
     *
     * @param enabled whether it runs
     * @param hardBrakingMps2 deceleration that counts as hard; 0.4 g is in use for the event flag
     * @param clearBrakingMps2 deceleration below which it has ended
     * @param minSpeedMps slower subjects are not warned
     * @param minTargetSpeedMps slower targets raise nothing new: who stands does not brake
     * @param rangeMetres no target further ahead is looked at
     * @param offRoadRangeMetres the same where the map does not tell the lane
     * @param maxHeadwaySeconds gap in time beyond which it is not raised
     * @param sameLaneMetres distance across at which a target counts as in the same lane
     * @param adjacentLaneMetres distance across up to which it counts as in the next lane
     * @param criticalSeconds gap in time below which braking in the same lane is critical
     * @param confirmReports reports in a row that must agree where there is a deceleration but no event flag
     * @param holdMillis time it must be over before it is cleared
     */
    public record EmergencyBrake(
            boolean enabled,
            double hardBrakingMps2,
            double clearBrakingMps2,
            double minSpeedMps,
            double minTargetSpeedMps,
            double rangeMetres,
            double offRoadRangeMetres,
            double maxHeadwaySeconds,
            double sameLaneMetres,
            double adjacentLaneMetres,
            double criticalSeconds,
            int confirmReports,
            int holdMillis) {
        /** The defaults. */
        public static final EmergencyBrake DEFAULT =
                new EmergencyBrake(true, 3.92, 2, 5, 1, 150, 80, 5, 1.75, 5.25, 1.5, 2, 1_500);

        /** Checks the ranges. */
        public EmergencyBrake {
            inRange("alert.emergencyBrake.hardBrakingMps2", hardBrakingMps2, 1, 20);
            inRange("alert.emergencyBrake.clearBrakingMps2", clearBrakingMps2, 0, hardBrakingMps2);
            inRange("alert.emergencyBrake.minSpeedMps", minSpeedMps, 0, 50);
            inRange("alert.emergencyBrake.minTargetSpeedMps", minTargetSpeedMps, 0, 50);
            inRange("alert.emergencyBrake.rangeMetres", rangeMetres, 10, 500);
            inRange("alert.emergencyBrake.offRoadRangeMetres", offRoadRangeMetres, 5, 500);
            inRange("alert.emergencyBrake.maxHeadwaySeconds", maxHeadwaySeconds, 0.5, 60);
            inRange("alert.emergencyBrake.sameLaneMetres", sameLaneMetres, 0.5, 5);
            inRange("alert.emergencyBrake.adjacentLaneMetres", adjacentLaneMetres, sameLaneMetres, 15);
            inRange("alert.emergencyBrake.criticalSeconds", criticalSeconds, 0, maxHeadwaySeconds);
            inRange("alert.emergencyBrake.confirmReports", confirmReports, 1, 50);
            inRange("alert.emergencyBrake.holdMillis", holdMillis, 0, 60_000);
        }
    }

    /**
     * Hazardous location.
     *
     * @param enabled whether it runs
     * @param reachMetres way to an event beyond which it is not raised
     * @param reachSeconds time to arrival beyond which it is not raised, unless nearer than nearMetres
     * @param nearMetres way to an event within which it is raised whatever the speed
     * @param warningSeconds time to arrival below which it is a warning
     * @param clearFactor way and time must exceed their thresholds times this before it is over
     * @param minSpeedMps slower subjects are not warned anew
     * @param urgentPriority event priority from which each step is one higher
     * @param ignoredTypes event types that raise nothing
     * @param confirmReports reports in a row that must agree before a step up
     * @param holdMillis time a lower step must last before a step down
     */
    public record HazardousLocation(
            boolean enabled,
            double reachMetres,
            double reachSeconds,
            double nearMetres,
            double warningSeconds,
            double clearFactor,
            double minSpeedMps,
            int urgentPriority,
            List<Integer> ignoredTypes,
            int confirmReports,
            int holdMillis) {
        /** The defaults. */
        public static final HazardousLocation DEFAULT =
                new HazardousLocation(true, 300, 15, 30, 5, 1.2, 1, 6, List.of(), 2, 1_000);

        /** Checks the ranges. */
        public HazardousLocation {
            inRange("alert.hazardousLocation.reachMetres", reachMetres, 10, 4_000);
            inRange("alert.hazardousLocation.reachSeconds", reachSeconds, 1, 300);
            inRange("alert.hazardousLocation.nearMetres", nearMetres, 0, reachMetres);
            inRange("alert.hazardousLocation.warningSeconds", warningSeconds, 0, reachSeconds);
            inRange("alert.hazardousLocation.clearFactor", clearFactor, 1, 3);
            inRange("alert.hazardousLocation.minSpeedMps", minSpeedMps, 0, 50);
            inRange("alert.hazardousLocation.urgentPriority", urgentPriority, 0, 8);
            inRange("alert.hazardousLocation.confirmReports", confirmReports, 1, 50);
            inRange("alert.hazardousLocation.holdMillis", holdMillis, 0, 60_000);
            ignoredTypes = List.copyOf(ignoredTypes);
        }
    }

    /**
     * Speed limit.
     *
     * @param enabled whether it runs
     * @param tolerancePercent excess in percent of the limit that is let pass
     * @param toleranceKmh excess that is let pass; the larger of the two holds
     * @param clearKmh how far below the raising speed it is over
     * @param warningPercent excess in percent from which it is a warning
     * @param criticalPercent excess in percent from which it is critical
     * @param truckClasses vehicle classes that limits for trucks concern
     * @param nightFromHour local hour at which limits for the night begin
     * @param nightToHour local hour at which they end
     * @param utcOffsetMinutes local time against UTC
     * @param signs signs that say a limit
     * @param confirmReports reports in a row that must agree before a step up
     * @param holdMillis time a lower step must last before a step down
     */
    public record SpeedLimit(
            boolean enabled,
            double tolerancePercent,
            double toleranceKmh,
            double clearKmh,
            double warningPercent,
            double criticalPercent,
            List<Integer> truckClasses,
            int nightFromHour,
            int nightToHour,
            int utcOffsetMinutes,
            List<Sign> signs,
            int confirmReports,
            int holdMillis) {
        /**
         * The defaults. The code of the speed limit sign is an assumption; the table of codes in use belongs into the
         * configuration.
         */
        public static final SpeedLimit DEFAULT = new SpeedLimit(
                true,
                5,
                3,
                2,
                20,
                50,
                List.of(20, 21, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35),
                20,
                6,
                480,
                List.of(new Sign(85, "(\\d{1,3})", 0, "all")),
                3,
                1_000);

        /** Checks the ranges. */
        public SpeedLimit {
            inRange("alert.speedLimit.tolerancePercent", tolerancePercent, 0, 100);
            inRange("alert.speedLimit.toleranceKmh", toleranceKmh, 0, 50);
            inRange("alert.speedLimit.clearKmh", clearKmh, 0, 50);
            inRange("alert.speedLimit.warningPercent", warningPercent, 0, 500);
            inRange("alert.speedLimit.criticalPercent", criticalPercent, warningPercent, 1_000);
            inRange("alert.speedLimit.nightFromHour", nightFromHour, 0, 24);
            inRange("alert.speedLimit.nightToHour", nightToHour, 0, 24);
            inRange("alert.speedLimit.utcOffsetMinutes", utcOffsetMinutes, -840, 840);
            inRange("alert.speedLimit.confirmReports", confirmReports, 1, 50);
            inRange("alert.speedLimit.holdMillis", holdMillis, 0, 60_000);
            truckClasses = List.copyOf(truckClasses);
            signs = List.copyOf(signs);
        }
    }

    /**
     * How a limit is read from a sign.
     *
     * @param code its sign type
     * @param pattern regular expression over the description whose first group is the limit in km/h; empty for none
     * @param limitKmh the limit where the pattern finds none; 0 for none
     * @param vehicles whom it concerns: {@code all} or {@code trucks}
     */
    public record Sign(int code, String pattern, double limitKmh, String vehicles) {
        /** Checks the ranges. */
        public Sign {
            inRange("alert.speedLimit.signs.code", code, 0, 65_535);
            inRange("alert.speedLimit.signs.limitKmh", limitKmh, 0, 300);
            require(
                    vehicles.equals("all") || vehicles.equals("trucks"),
                    "alert.speedLimit.signs.vehicles",
                    vehicles,
                    "must be all or trucks");
            if (!pattern.isEmpty()) {
                try {
                    require(
                            Pattern.compile(pattern).matcher("").groupCount() >= 1,
                            "alert.speedLimit.signs.pattern",
                            pattern,
                            "must have a group for the limit");
                } catch (final PatternSyntaxException e) {
                    throw new IllegalArgumentException(
                            "alert.speedLimit.signs.pattern = " + pattern + ": " + e.getDescription(), e);
                }
            }
        }
    }
}
