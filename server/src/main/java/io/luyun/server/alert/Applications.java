package io.luyun.server.alert;

import io.luyun.server.alert.collision.CrossingAheadRule;
import io.luyun.server.alert.collision.DoNotPassRule;
import io.luyun.server.alert.collision.EmergencyBrakeRule;
import io.luyun.server.alert.collision.ForwardCollisionRule;
import io.luyun.server.alert.collision.IntersectionCollisionRule;
import io.luyun.server.alert.collision.LeftTurnAssistRule;
import io.luyun.server.alert.collision.VulnerableRoadUserRule;
import io.luyun.server.alert.coordination.CooperativeLaneChangeRule;
import io.luyun.server.alert.coordination.CooperativeMergeRule;
import io.luyun.server.alert.coordination.CooperativePassingRule;
import io.luyun.server.alert.coordination.LaneManagementRule;
import io.luyun.server.alert.lanechange.BlindSpotRule;
import io.luyun.server.alert.lanechange.LaneChangeRule;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.alert.life.AlertListener;
import io.luyun.server.alert.life.Application;
import io.luyun.server.alert.platoon.PlatoonKeepingRule;
import io.luyun.server.alert.roadside.HazardousLocationRule;
import io.luyun.server.alert.roadside.InVehicleSignageRule;
import io.luyun.server.alert.roadside.RoadObstacleRule;
import io.luyun.server.alert.roadside.SpeedLimitRule;
import io.luyun.server.alert.roadside.TrafficJamRule;
import io.luyun.server.alert.signal.GreenSpeedRule;
import io.luyun.server.alert.signal.PriorityPassingRule;
import io.luyun.server.alert.signal.RedLightRule;
import io.luyun.server.alert.supervision.AbnormalDrivingRule;
import io.luyun.server.alert.supervision.ApprovedRoadRule;
import io.luyun.server.alert.supervision.BroadcastRateRule;
import io.luyun.server.alert.supervision.SignalConflictRule;
import io.luyun.server.alert.supervision.SpatMapRule;
import io.luyun.server.alert.supervision.StoppedVehicleRule;
import io.luyun.server.alert.supervision.WrongWayRule;
import io.luyun.server.alert.vehicle.AbnormalVehicleRule;
import io.luyun.server.alert.vehicle.ControlLossRule;
import io.luyun.server.alert.vehicle.EmergencyVehicleRule;
import io.luyun.server.site.Crossings;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Which applications run, and in which order. None knows of another: switching one off changes no other. */
public final class Applications {
    /** Keeps the number of one that does not run: numbers are the same whatever runs. */
    private static final Application NONE = new Application() {};

    private final Share share;
    private final List<Application> list = new ArrayList<>();

    /**
     * A share of the applications, for engines that have one each and are told the same. See {@link io.luyun.server.alert.life.Order}.
     *
     * @param part number of the share, 0 to {@code of} - 1, or another one for none
     * @param of how many shares there are
     */
    public record Share(int part, int of) {
        /** All of them. */
        public static final Share ALL = new Share(0, 1);

        /** None of them: the road alone. */
        public static final Share NONE = new Share(-1, 1);

        private boolean has(final int number) {
            return number % of == part;
        }
    }

    private Applications(final Share share) {
        this.share = share;
    }

    /** An engine with the applications that are enabled. */
    public static AlertEngine engine(
            final World world, final Crossings crossings, final AlertConfig config, final AlertListener listener) {
        return engine(world, crossings, config, Share.ALL, listener);
    }

    /** The same with a share of them. */
    public static AlertEngine engine(
            final World world,
            final Crossings crossings,
            final AlertConfig config,
            final Share share,
            final AlertListener listener) {
        return new AlertEngine(world, listener, book -> of(world, crossings, config, share, book));
    }

    private static List<Application> of(
            final World world,
            final Crossings crossings,
            final AlertConfig config,
            final Share share,
            final AlertBook book) {
        final Applications all = new Applications(share);
        all.addCollision(world, crossings, config, book);
        all.add(config.blindSpot().enabled(), () -> new BlindSpotRule(world, config.blindSpot(), book));
        all.add(config.laneChange().enabled(), () -> new LaneChangeRule(world, config.laneChange(), book));
        all.addVehicles(world, config, book);
        all.addRoadside(world, config, book);
        all.addSignal(world, config, book);
        all.addCoordination(world, config, book);
        all.add(config.platoonKeeping().enabled(), () -> new PlatoonKeepingRule(world, config.platoonKeeping(), book));
        all.addSupervision(world, config, book);
        return all.list;
    }

    private void addCollision(
            final World world, final Crossings crossings, final AlertConfig config, final AlertBook book) {
        add(
                config.forwardCollision().enabled(),
                () -> new ForwardCollisionRule(world, config.forwardCollision(), book));
        add(config.emergencyBrake().enabled(), () -> new EmergencyBrakeRule(world, config.emergencyBrake(), book));
        add(
                config.intersectionCollision().enabled(),
                () -> new IntersectionCollisionRule(world, config.intersectionCollision(), book));
        add(config.leftTurnAssist().enabled(), () -> new LeftTurnAssistRule(world, config.leftTurnAssist(), book));
        add(config.doNotPass().enabled(), () -> new DoNotPassRule(world, config.doNotPass(), book));
        add(
                config.vulnerableRoadUser().enabled(),
                () -> new VulnerableRoadUserRule(world, config.vulnerableRoadUser(), book));
        add(config.crossingAhead().enabled(), () -> new CrossingAheadRule(crossings, config.crossingAhead(), book));
    }

    private void addVehicles(final World world, final AlertConfig config, final AlertBook book) {
        add(config.abnormalVehicle().enabled(), () -> new AbnormalVehicleRule(world, config.abnormalVehicle(), book));
        add(config.controlLoss().enabled(), () -> new ControlLossRule(world, config.controlLoss(), book));
        add(
                config.emergencyVehicle().enabled(),
                () -> new EmergencyVehicleRule(world, config.emergencyVehicle(), book));
    }

    private void addRoadside(final World world, final AlertConfig config, final AlertBook book) {
        add(
                config.hazardousLocation().enabled(),
                () -> new HazardousLocationRule(world, config.hazardousLocation(), book));
        add(config.speedLimit().enabled(), () -> new SpeedLimitRule(world, config.speedLimit(), book));
        add(
                config.inVehicleSignage().enabled(),
                () -> new InVehicleSignageRule(world, config.inVehicleSignage(), book));
        add(config.trafficJam().enabled(), () -> new TrafficJamRule(world, config.trafficJam(), book));
        add(config.roadObstacle().enabled(), () -> new RoadObstacleRule(world, config.roadObstacle(), book));
    }

    private void addSignal(final World world, final AlertConfig config, final AlertBook book) {
        add(config.redLight().enabled(), () -> new RedLightRule(world, config.redLight(), book));
        add(config.greenSpeed().enabled(), () -> new GreenSpeedRule(world, config.greenSpeed(), book));
        add(config.priorityPassing().enabled(), () -> new PriorityPassingRule(world, config.priorityPassing(), book));
    }

    private void addCoordination(final World world, final AlertConfig config, final AlertBook book) {
        add(
                config.cooperativeLaneChange().enabled(),
                () -> new CooperativeLaneChangeRule(world, config.cooperativeLaneChange(), book));
        add(
                config.cooperativeMerge().enabled(),
                () -> new CooperativeMergeRule(world, config.cooperativeMerge(), book));
        add(
                config.cooperativePassing().enabled(),
                () -> new CooperativePassingRule(world, config.cooperativePassing(), book));
        add(config.laneManagement().enabled(), () -> new LaneManagementRule(world, config.laneManagement(), book));
    }

    private void addSupervision(final World world, final AlertConfig config, final AlertBook book) {
        add(config.wrongWay().enabled(), () -> new WrongWayRule(world, config.wrongWay(), book));
        add(config.stoppedVehicle().enabled(), () -> new StoppedVehicleRule(world, config.stoppedVehicle(), book));
        add(config.abnormalDriving().enabled(), () -> new AbnormalDrivingRule(config.abnormalDriving(), book));
        add(config.approvedRoad().enabled(), () -> new ApprovedRoadRule(world, config.approvedRoad(), book));
        add(config.signalConflict().enabled(), () -> new SignalConflictRule(world, config.signalConflict(), book));
        add(config.broadcastRate().enabled(), () -> new BroadcastRateRule(world, config.broadcastRate(), book));
        add(config.spatMap().enabled(), () -> new SpatMapRule(world, config.spatMap(), book));
    }

    private void add(final boolean enabled, final Supplier<Application> rule) {
        list.add(enabled && share.has(list.size()) ? rule.get() : NONE);
    }
}
