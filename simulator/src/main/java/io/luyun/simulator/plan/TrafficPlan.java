package io.luyun.simulator.plan;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Who is on the road, and where that comes from. Vehicles are veh-0001 and on, who walks ped-0001, roadside units rsu-01. */
public sealed interface TrafficPlan {
    /** Largest number of vehicles. */
    int MAX_VEHICLES = 100_000;

    /** A number that the source itself tells. */
    int AS_MANY = -1;

    /** Zone file of a server of its own; null for none, or for the one that comes with the source. */
    @Nullable
    Path zone();

    /**
     * Drivers of a zone.
     *
     * @param zone its GeoJSON, or null for one from the seed
     * @param vehicles number of vehicles
     * @param units number of roadside units, the first ones of the zone
     * @param ssm whether roadside units tell what they see by one SSM a step, in place of RSMs
     * @param closedLoop whether drivers react to alerts
     */
    record Seeded(@Nullable Path zone, int vehicles, int units, boolean ssm, boolean closedLoop)
            implements TrafficPlan {
        /** Checks the ranges. */
        public Seeded {
            Range.check("vehicles", vehicles, 0, MAX_VEHICLES);
            Range.check("units", units, 0, 1_000);
            if (vehicles + units == 0) {
                throw new IllegalArgumentException("neither vehicles nor roadside units");
            }
        }
    }

    /**
     * Floating car data of SUMO.
     *
     * @param file the file, XML, plain or packed
     * @param net the network whose metres it is in, or null when it has longitudes and latitudes
     * @param vehicles at most so many at once, or {@link #AS_MANY}
     * @param persons likewise
     * @param loop whether it begins anew at its end
     */
    record Fcd(@Nullable Path zone, Path file, @Nullable Path net, int vehicles, int persons, boolean loop)
            implements TrafficPlan {}

    /**
     * A simulation that SUMO runs meanwhile.
     *
     * @param config its configuration
     * @param vehicles at most so many at once
     * @param persons likewise
     * @param stepSeconds simulated time of a step
     */
    record Sumo(@Nullable Path zone, Path config, int vehicles, int persons, double stepSeconds)
            implements TrafficPlan {}

    /**
     * A journal.
     *
     * @param directory a server's data, or a journal alone
     * @param copies so many times side by side
     * @param eastMetres so far east of the one before lies each copy
     * @param northMetres so far north
     * @param laterSeconds so much later in the journal than the one before begins each copy
     * @param units whether roadside units tell what they saw, too
     */
    record Journal(
            @Nullable Path zone,
            Path directory,
            int copies,
            double eastMetres,
            double northMetres,
            double laterSeconds,
            boolean units)
            implements TrafficPlan {}

    /** Drivers of a seeded zone. */
    static Seeded zone(final int vehicles, final int units, final boolean ssm) {
        return new Seeded(null, vehicles, units, ssm, false);
    }
}
