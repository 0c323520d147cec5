package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Fields;

/**
 * How far ahead one is warned: within some metres and some seconds of way, which have a tolerance as a share of themselves.
 *
 * @param metres of way at most
 * @param seconds to there at most
 * @param nearMetres within these whatever the seconds
 * @param share tolerance of all of these
 */
record Reach(double metres, double seconds, double nearMetres, double share) {
    private static final double SLOWEST_MPS = 0.1;

    static Reach of(final Fields fields) {
        return new Reach(
                fields.number("reachMetres", 1, 2_000),
                fields.number("reachSeconds", 0.5, 200),
                fields.number("nearMetres", 0, 0, 500),
                fields.number("toleranceShare", 0, 1));
    }

    /** Whether so many metres at a speed are within it; NaN is not. */
    boolean holds(final double way, final double mps, final Border border) {
        final double widen = border.most(share);
        return way <= metres * widen && (way <= nearMetres * widen || seconds(way, mps) <= seconds * widen);
    }

    /** How long a way takes. */
    static double seconds(final double way, final double mps) {
        return way / Math.max(SLOWEST_MPS, mps);
    }
}
