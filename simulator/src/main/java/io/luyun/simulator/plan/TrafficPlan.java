package io.luyun.simulator.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Who is on the road.
 *
 * @param source where the traffic comes from
 * @param file the file of the source; for a zone its GeoJSON, or null for one from the seed
 * @param vehicles number of vehicles at most, veh-0001 and on
 * @param units number of roadside units, rsu-01 and on
 * @param ssm whether roadside units tell what they see by one SSM a step, in place of RSMs
 * @param closedLoop whether drivers react to alerts
 */
public record TrafficPlan(
        Source source, @Nullable Path file, int vehicles, int units, boolean ssm, boolean closedLoop) {
    /** Largest number of vehicles. */
    public static final int MAX_VEHICLES = 100_000;

    /** Where traffic comes from. */
    public enum Source {
        /** Simulated drivers on a zone. */
        ZONE
    }

    /** Checks the ranges. */
    public TrafficPlan {
        Range.check("vehicles", vehicles, 0, MAX_VEHICLES);
        Range.check("units", units, 0, 1_000);
        if (vehicles + units == 0) {
            throw new IllegalArgumentException("neither vehicles nor roadside units");
        }
    }

    /** Drivers of a seeded zone. */
    public static TrafficPlan zone(final int vehicles, final int units, final boolean ssm) {
        return new TrafficPlan(Source.ZONE, null, vehicles, units, ssm, false);
    }
}
