package io.luyun.simulator.scenario;

import io.luyun.proto.v1.AckLevel;
import io.luyun.simulator.link.LinkConfig;
import org.jspecify.annotations.Nullable;

/**
 * What load to put on which server.
 *
 * @param link the server
 * @param vehicles number of vehicles, veh-0001 and on
 * @param rsus number of roadside units, the first ones of the zone
 * @param rate messages a second of each vehicle, and RSM steps a second of each roadside unit
 * @param seconds how long, or 0 for until it is stopped
 * @param warmupSeconds latencies of so many first seconds are forgotten; their messages count
 * @param seed seed of zone and traffic
 * @param ackLevel acknowledgement level asked for
 * @param token token of all devices, or null
 * @param loops event loops
 * @param drainMillis how long to wait at the end for what is outstanding
 * @param observe whether an observer watches the whole zone beside the load
 * @param ssm whether roadside units tell what they see by one SSM a step, in place of RSMs
 */
public record LoadPlan(
        LinkConfig link,
        int vehicles,
        int rsus,
        double rate,
        int seconds,
        int warmupSeconds,
        long seed,
        AckLevel ackLevel,
        @Nullable String token,
        int loops,
        int drainMillis,
        boolean observe,
        boolean ssm) {
    /** Largest number of vehicles; their ids have four digits or more. */
    public static final int MAX_VEHICLES = 100_000;

    /** How long a run waits at its end for what is outstanding. */
    public static final int DRAIN_MILLIS = 10_000;

    /** Checks the ranges. */
    public LoadPlan {
        range("vehicles", vehicles, 0, MAX_VEHICLES);
        range("rsus", rsus, 0, 1_000);
        range("rate", rate, 0.1, 1_000);
        range("seconds", seconds, 0, 1_000_000);
        range("warmup", warmupSeconds, 0, 3_600);
        range("loops", loops, 1, 64);
        if (vehicles + rsus == 0) {
            throw new IllegalArgumentException("neither vehicles nor roadside units");
        }
    }

    /** A plan whose roadside units send RSMs. */
    public LoadPlan(
            final LinkConfig link,
            final int vehicles,
            final int rsus,
            final double rate,
            final int seconds,
            final int warmupSeconds,
            final long seed,
            final AckLevel ackLevel,
            final @Nullable String token,
            final int loops,
            final int drainMillis,
            final boolean observe) {
        this(
                link,
                vehicles,
                rsus,
                rate,
                seconds,
                warmupSeconds,
                seed,
                ackLevel,
                token,
                loops,
                drainMillis,
                observe,
                false);
    }

    /** How many loops are worth it: one sends tens of thousands of messages a second. */
    public static int defaultLoops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 4);
    }

    /**
     * Checks a setting.
     *
     * @throws IllegalArgumentException when the value is not within the range, both ends included
     */
    public static void range(final String key, final double value, final double min, final double max) {
        if (!(value >= min && value <= max)) {
            throw new IllegalArgumentException(
                    key + " " + plain(value) + " is not in " + plain(min) + ".." + plain(max));
        }
    }

    private static String plain(final double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
