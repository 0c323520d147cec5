package io.luyun.server.alert;

import io.luyun.server.alert.collision.CrossingAhead;
import io.luyun.server.alert.collision.DoNotPass;
import io.luyun.server.alert.collision.EmergencyBrake;
import io.luyun.server.alert.collision.ForwardCollision;
import io.luyun.server.alert.collision.IntersectionCollision;
import io.luyun.server.alert.collision.LeftTurnAssist;
import io.luyun.server.alert.collision.VulnerableRoadUser;
import io.luyun.server.alert.coordination.CooperativeLaneChange;
import io.luyun.server.alert.coordination.CooperativeMerge;
import io.luyun.server.alert.coordination.CooperativePassing;
import io.luyun.server.alert.coordination.LaneManagement;
import io.luyun.server.alert.lanechange.BlindSpot;
import io.luyun.server.alert.lanechange.LaneChange;
import io.luyun.server.alert.platoon.PlatoonKeeping;
import io.luyun.server.alert.roadside.HazardousLocation;
import io.luyun.server.alert.roadside.InVehicleSignage;
import io.luyun.server.alert.roadside.RoadObstacle;
import io.luyun.server.alert.roadside.SpeedLimit;
import io.luyun.server.alert.roadside.TrafficJam;
import io.luyun.server.alert.signal.GreenSpeed;
import io.luyun.server.alert.signal.PriorityPassing;
import io.luyun.server.alert.signal.RedLight;
import io.luyun.server.alert.supervision.AbnormalDriving;
import io.luyun.server.alert.supervision.ApprovedRoad;
import io.luyun.server.alert.supervision.BroadcastRate;
import io.luyun.server.alert.supervision.SignalConflict;
import io.luyun.server.alert.supervision.SpatMap;
import io.luyun.server.alert.supervision.StoppedVehicle;
import io.luyun.server.alert.supervision.WrongWay;
import io.luyun.server.alert.vehicle.AbnormalVehicle;
import io.luyun.server.alert.vehicle.ControlLoss;
import io.luyun.server.alert.vehicle.EmergencyVehicle;

/**
 * Thresholds of the rules. The figures are chosen here unless a comment names a source.
 *
 * @param forwardCollision FCW
 * @param emergencyBrake EBW
 * @param intersectionCollision ICW
 * @param leftTurnAssist LTA
 * @param doNotPass DNPW
 * @param vulnerableRoadUser VRUCW
 * @param crossingAhead VRUSP
 * @param blindSpot BSW
 * @param laneChange LCW
 * @param abnormalVehicle AVW
 * @param controlLoss CLW
 * @param emergencyVehicle EVW
 * @param hazardousLocation HLW
 * @param speedLimit SLW
 * @param redLight RLVW
 * @param greenSpeed GLOSA
 * @param priorityPassing CHPVP
 * @param inVehicleSignage IVS
 * @param trafficJam TJW
 * @param roadObstacle ROAD_OBSTACLE
 * @param cooperativeLaneChange CLC
 * @param cooperativeMerge CVM
 * @param cooperativePassing CIP
 * @param laneManagement DLM
 * @param platoonKeeping CPM
 * @param wrongWay WRONG_WAY
 * @param stoppedVehicle STOPPED_VEHICLE
 * @param abnormalDriving ABNORMAL_DRIVING
 * @param approvedRoad OFF_APPROVED_ROAD
 * @param signalConflict SIGNAL_CONFLICT
 * @param broadcastRate RSU_RATE
 * @param spatMap SPAT_MAP_MISMATCH
 */
public record AlertConfig(
        ForwardCollision forwardCollision,
        EmergencyBrake emergencyBrake,
        IntersectionCollision intersectionCollision,
        LeftTurnAssist leftTurnAssist,
        DoNotPass doNotPass,
        VulnerableRoadUser vulnerableRoadUser,
        CrossingAhead crossingAhead,
        BlindSpot blindSpot,
        LaneChange laneChange,
        AbnormalVehicle abnormalVehicle,
        ControlLoss controlLoss,
        EmergencyVehicle emergencyVehicle,
        HazardousLocation hazardousLocation,
        SpeedLimit speedLimit,
        RedLight redLight,
        GreenSpeed greenSpeed,
        PriorityPassing priorityPassing,
        InVehicleSignage inVehicleSignage,
        TrafficJam trafficJam,
        RoadObstacle roadObstacle,
        CooperativeLaneChange cooperativeLaneChange,
        CooperativeMerge cooperativeMerge,
        CooperativePassing cooperativePassing,
        LaneManagement laneManagement,
        PlatoonKeeping platoonKeeping,
        WrongWay wrongWay,
        StoppedVehicle stoppedVehicle,
        AbnormalDriving abnormalDriving,
        ApprovedRoad approvedRoad,
        SignalConflict signalConflict,
        BroadcastRate broadcastRate,
        SpatMap spatMap) {

    /** The defaults. */
    public static final AlertConfig DEFAULT = new AlertConfig(
            ForwardCollision.DEFAULT,
            EmergencyBrake.DEFAULT,
            IntersectionCollision.DEFAULT,
            LeftTurnAssist.DEFAULT,
            DoNotPass.DEFAULT,
            VulnerableRoadUser.DEFAULT,
            CrossingAhead.DEFAULT,
            BlindSpot.DEFAULT,
            LaneChange.DEFAULT,
            AbnormalVehicle.DEFAULT,
            ControlLoss.DEFAULT,
            EmergencyVehicle.DEFAULT,
            HazardousLocation.DEFAULT,
            SpeedLimit.DEFAULT,
            RedLight.DEFAULT,
            GreenSpeed.DEFAULT,
            PriorityPassing.DEFAULT,
            InVehicleSignage.DEFAULT,
            TrafficJam.DEFAULT,
            RoadObstacle.DEFAULT,
            CooperativeLaneChange.DEFAULT,
            CooperativeMerge.DEFAULT,
            CooperativePassing.DEFAULT,
            LaneManagement.DEFAULT,
            PlatoonKeeping.DEFAULT,
            WrongWay.DEFAULT,
            StoppedVehicle.DEFAULT,
            AbnormalDriving.DEFAULT,
            ApprovedRoad.DEFAULT,
            SignalConflict.DEFAULT,
            BroadcastRate.DEFAULT,
            SpatMap.DEFAULT);
}
