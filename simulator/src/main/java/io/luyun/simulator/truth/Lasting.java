package io.luyun.simulator.truth;

/** Something that has held without a break for so long, with a tolerance in seconds. */
final class Lasting implements Cases.Holds {
    private final Cases.Holds what;
    private final double seconds;
    private final double toleranceSeconds;
    /** When it last did not hold, by border. */
    private final double[] sinceS = new double[Border.values().length];

    Lasting(final double seconds, final double toleranceSeconds, final Cases.Holds what) {
        this.what = what;
        this.seconds = seconds;
        this.toleranceSeconds = toleranceSeconds;
    }

    @Override
    public boolean at(final double t, final Border border) {
        final int i = border.ordinal();
        sinceS[i] = what.at(t, border) ? sinceS[i] : t;
        return t - sinceS[i] >= seconds - border.give(toleranceSeconds);
    }
}
