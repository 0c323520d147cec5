package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.Rng;

/** A Gauss–Markov walk of first order in two directions, drawn beforehand at equal times and straight in between. Immutable. */
final class Walk {
    private static final double STEP_S = 0.5;

    private final double[] east;
    private final double[] north;

    Walk(final Rng rng, final double deviation, final double correlationS, final double lastsS) {
        final int steps = 2 + (int) Math.ceil(lastsS / STEP_S);
        east = new double[steps];
        north = new double[steps];
        final double keep = StrictMath.exp(-STEP_S / correlationS);
        final double fresh = deviation * Math.sqrt(1 - keep * keep);
        for (int i = 0; i < steps; i++) {
            east[i] = i == 0 ? deviation * rng.noise() : keep * east[i - 1] + fresh * rng.noise();
            north[i] = i == 0 ? deviation * rng.noise() : keep * north[i - 1] + fresh * rng.noise();
        }
    }

    double east(final double t) {
        return between(east, t);
    }

    double north(final double t) {
        return between(north, t);
    }

    private static double between(final double[] values, final double t) {
        final int i = Math.clamp((int) (t / STEP_S), 0, values.length - 2);
        return values[i] + (values[i + 1] - values[i]) * (t / STEP_S - i);
    }
}
