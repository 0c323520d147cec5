package io.luyun.server.world;

/**
 * A roadside unit, or another one that tells what it sees: its clock, and how what it sees lies to where others know the
 * same road users to be. The difference is taken to be a lag along the way of travel, one for all it sees, and a
 * displacement; both are learned from pairs that are known for certain, by a filter of three states:
 *
 * <pre>
 *   seen - known = - velocity · lag + displacement + noise
 * </pre>
 *
 * <p>A pair's noise is taken to be large, since the errors of one vehicle stay the same for long: many vehicles teach.
 * Positions seen are corrected by what was learned before they are compared or shown.
 */
final class Unit {
    private static final double PRIOR_LAG2 = 0.04;
    private static final double PRIOR_DISPLACEMENT2 = 1.5 * 1.5;
    private static final double NOISE2 = 50;
    private static final double LAG_DRIFT2 = 1e-5;
    private static final double DISPLACEMENT_DRIFT2 = 2e-4;
    private static final double MAX_LAG_SECONDS = 1;
    private static final double MAX_DISPLACEMENT_METRES = 4;

    final int device;
    final StampClock clock = new StampClock();
    private double lagSeconds;
    private double eastMetres;
    private double northMetres;
    // covariance: lag, east, north
    private double pll = PRIOR_LAG2;
    private double ple;
    private double pln;
    private double pee = PRIOR_DISPLACEMENT2;
    private double pen;
    private double pnn = PRIOR_DISPLACEMENT2;

    Unit(final int device) {
        this.device = device;
    }

    double lagSeconds() {
        return lagSeconds;
    }

    double eastMetres() {
        return eastMetres;
    }

    double northMetres() {
        return northMetres;
    }

    /** Standard deviation of the lag. */
    double lagUnsureSeconds() {
        return Math.sqrt(pll);
    }

    /** Puts a report where the thing is. */
    void correct(final Report report) {
        final double ahead = report.speedMps > 0 ? report.speedMps * lagSeconds : 0;
        report.x += report.dirX * ahead - eastMetres;
        report.y += report.dirY * ahead - northMetres;
    }

    /** Takes in how far a corrected report lies from where the road user is known to be. */
    void learn(final double dx, final double dy, final double velocityX, final double velocityY) {
        pll = Math.min(PRIOR_LAG2, pll + LAG_DRIFT2);
        pee = Math.min(PRIOR_DISPLACEMENT2, pee + DISPLACEMENT_DRIFT2);
        pnn = Math.min(PRIOR_DISPLACEMENT2, pnn + DISPLACEMENT_DRIFT2);
        final double before = lagSeconds;
        final double beforeNorth = northMetres;
        learnEast(dx, velocityX);
        // what east taught of the others is already in them
        final double rest = dy + velocityY * (lagSeconds - before) - (northMetres - beforeNorth);
        learnNorth(rest, velocityY);
        lagSeconds = limit(lagSeconds, MAX_LAG_SECONDS);
        eastMetres = limit(eastMetres, MAX_DISPLACEMENT_METRES);
        northMetres = limit(northMetres, MAX_DISPLACEMENT_METRES);
    }

    private void learnEast(final double innovation, final double v) {
        final double hl = ple - v * pll;
        final double he = pee - v * ple;
        final double hn = pen - v * pln;
        step(hl, he, hn, innovation, he - v * hl + NOISE2);
    }

    private void learnNorth(final double innovation, final double v) {
        final double hl = pln - v * pll;
        final double he = pen - v * ple;
        final double hn = pnn - v * pln;
        step(hl, he, hn, innovation, hn - v * hl + NOISE2);
    }

    /** One scalar update: covariance times measurement vector, innovation and its variance. */
    private void step(
            final double hl, final double he, final double hn, final double innovation, final double variance) {
        final double part = innovation / variance;
        lagSeconds += hl * part;
        eastMetres += he * part;
        northMetres += hn * part;
        pll -= hl * hl / variance;
        ple -= hl * he / variance;
        pln -= hl * hn / variance;
        pee -= he * he / variance;
        pen -= he * hn / variance;
        pnn -= hn * hn / variance;
    }

    private static double limit(final double value, final double most) {
        return Math.max(-most, Math.min(most, value));
    }
}
