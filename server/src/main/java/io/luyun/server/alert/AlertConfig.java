package io.luyun.server.alert;

import io.luyun.server.alert.collision.EmergencyBrake;
import io.luyun.server.alert.collision.ForwardCollision;
import io.luyun.server.alert.collision.IntersectionCollision;
import io.luyun.server.alert.collision.VulnerableRoadUser;
import io.luyun.server.alert.roadside.HazardousLocation;
import io.luyun.server.alert.roadside.SpeedLimit;
import io.luyun.server.alert.supervision.BroadcastRate;

/**
 * Thresholds of the rules. The figures are chosen here unless a comment names a source.
 *
 * @param forwardCollision FCW
 * @param emergencyBrake EBW
 * @param intersectionCollision ICW
 * @param vulnerableRoadUser VRUCW
 * @param hazardousLocation HLW
 * @param speedLimit SLW
 * @param broadcastRate RSU_RATE
 */
public record AlertConfig(
        ForwardCollision forwardCollision,
        EmergencyBrake emergencyBrake,
        IntersectionCollision intersectionCollision,
        VulnerableRoadUser vulnerableRoadUser,
        HazardousLocation hazardousLocation,
        SpeedLimit speedLimit,
        BroadcastRate broadcastRate) {

    /** The defaults. */
    public static final AlertConfig DEFAULT = new AlertConfig(
            ForwardCollision.DEFAULT,
            EmergencyBrake.DEFAULT,
            IntersectionCollision.DEFAULT,
            VulnerableRoadUser.DEFAULT,
            HazardousLocation.DEFAULT,
            SpeedLimit.DEFAULT,
            BroadcastRate.DEFAULT);
}
