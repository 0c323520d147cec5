package io.luyun.server.alert;

import io.luyun.server.alert.collision.EmergencyBrakeRule;
import io.luyun.server.alert.collision.ForwardCollisionRule;
import io.luyun.server.alert.collision.IntersectionCollisionRule;
import io.luyun.server.alert.collision.VulnerableRoadUserRule;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.alert.life.AlertListener;
import io.luyun.server.alert.life.Application;
import io.luyun.server.alert.roadside.HazardousLocationRule;
import io.luyun.server.alert.roadside.SpeedLimitRule;
import io.luyun.server.alert.supervision.BroadcastRateRule;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Which applications run, and in which order. None knows of another: switching one off changes no other. */
public final class Applications {
    private final List<Application> list = new ArrayList<>();

    private Applications() {}

    /** An engine with the applications that are enabled. */
    public static AlertEngine engine(final World world, final AlertConfig config, final AlertListener listener) {
        return new AlertEngine(world, listener, book -> of(world, config, book));
    }

    private static List<Application> of(final World world, final AlertConfig config, final AlertBook book) {
        final Applications all = new Applications();
        all.add(
                config.forwardCollision().enabled(),
                () -> new ForwardCollisionRule(world, config.forwardCollision(), book));
        all.add(config.emergencyBrake().enabled(), () -> new EmergencyBrakeRule(world, config.emergencyBrake(), book));
        all.add(
                config.intersectionCollision().enabled(),
                () -> new IntersectionCollisionRule(world, config.intersectionCollision(), book));
        all.add(
                config.vulnerableRoadUser().enabled(),
                () -> new VulnerableRoadUserRule(world, config.vulnerableRoadUser(), book));
        all.add(
                config.hazardousLocation().enabled(),
                () -> new HazardousLocationRule(world, config.hazardousLocation(), book));
        all.add(config.speedLimit().enabled(), () -> new SpeedLimitRule(world, config.speedLimit(), book));
        all.add(config.broadcastRate().enabled(), () -> new BroadcastRateRule(world, config.broadcastRate(), book));
        return all.list;
    }

    private void add(final boolean enabled, final Supplier<Application> rule) {
        if (enabled) {
            list.add(rule.get());
        }
    }
}
