package io.luyun.simulator.traffic;

import org.jspecify.annotations.Nullable;

/** Chooses who brakes hard and who looks away, at seeded times and only where it shows. Owned by its traffic. */
final class Incidents {
    private static final double HARD_BRAKING_S = 2.5;
    private static final double LATE_S = 12;

    private final Rng rng;
    private final double hardEveryS;
    private final double lateEveryS;
    private double nextHardS;
    private double nextLateS;

    Incidents(final Rng rng, final TrafficConfig config) {
        this.rng = rng;
        hardEveryS = 60 / config.hardBrakingsPerMinute();
        lateEveryS = 60 / config.lateBrakersPerMinute();
        nextHardS = hardEveryS * rng.nextDouble();
        nextLateS = lateEveryS * rng.nextDouble();
    }

    void step(final Vehicle[] vehicles, final double nowS) {
        if (vehicles.length == 0) {
            return;
        }
        if (nowS >= nextHardS) {
            final Vehicle chosen = choose(vehicles, true);
            if (chosen != null) {
                chosen.hardUntilS = nowS + HARD_BRAKING_S;
                nextHardS = nowS + hardEveryS * rng.between(0.5, 1.5);
            } else {
                nextHardS = nowS + 0.5;
            }
        }
        if (nowS >= nextLateS) {
            final Vehicle chosen = choose(vehicles, false);
            if (chosen != null) {
                chosen.lateUntilS = nowS + LATE_S;
                nextLateS = nowS + lateEveryS * rng.between(0.5, 1.5);
            } else {
                nextLateS = nowS + 0.5;
            }
        }
    }

    private @Nullable Vehicle choose(final Vehicle[] vehicles, final boolean hard) {
        final int start = rng.below(vehicles.length);
        for (int i = 0; i < vehicles.length; i++) {
            final Vehicle vehicle = vehicles[(start + i) % vehicles.length];
            if (hard ? worthBraking(vehicle) : closingIn(vehicle)) {
                return vehicle;
            }
        }
        return null;
    }

    /** Fast, on a link, with somebody close behind. */
    private static boolean worthBraking(final Vehicle vehicle) {
        final Lane lane = vehicle.lane;
        if (vehicle.v < 10 || lane.inNode || lane.length - vehicle.s < 60) {
            return false;
        }
        final int behind = lane.behind(vehicle.s) + 1;
        if (behind >= lane.count) {
            return false;
        }
        final Vehicle follower = lane.queue[behind];
        return follower.v > 9 && vehicle.s - follower.s < 45;
    }

    /** Fast, with somebody much slower ahead and still some way to go. */
    private static boolean closingIn(final Vehicle vehicle) {
        return vehicle.v > 10
                && !vehicle.lane.inNode
                && vehicle.leaderGap > 25
                && vehicle.leaderGap < 110
                && vehicle.leaderSpeed < vehicle.v - 6
                && vehicle.lane.length - vehicle.s > 25;
    }
}
