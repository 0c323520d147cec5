package io.luyun.simulator.truth;

/** The two sides of the tolerance of a threshold; in between the server is free. */
enum Border {
    /** Tolerances are added: whatever lies beyond is wrong. */
    WIDE(1),
    /** Tolerances are taken away: whatever lies within is due. */
    NARROW(-1);

    private final int sign;

    Border(final int sign) {
        this.sign = sign;
    }

    /** What is given beyond a border: the tolerance, negative within. */
    double give(final double tolerance) {
        return sign * tolerance;
    }

    /** What a largest value is to be multiplied with. */
    double most(final double share) {
        return 1 + sign * share;
    }

    /** What a least value is to be multiplied with. */
    double least(final double share) {
        return 1 - sign * share;
    }
}
