package io.luyun.proto.json;

import io.luyun.proto.v1.ErrorCode;

/**
 * The table of units: what one step of the JSON is in steps of the canonical field, and which raw value means unknown.
 * T/ITS 0180.1 does not print the units of speed and heading; metres a second and degrees are what vendors send.
 */
enum Unit {
    SPEED_MPS(1 / 0.02, Double.NaN),
    SPEED_STEPS(1, 8191),
    HEADING_DEG(1 / 0.0125, Double.NaN),
    HEADING_STEPS(1, Double.NaN),
    LENGTH_M(100, 0),
    LENGTH_STEPS(1, 0),
    HEIGHT_M(20, 0),
    HEIGHT_STEPS(1, 0),
    ELEVATION_M(10, Double.NaN),
    ELEVATION_STEPS(1, -4096),
    SEC_MARK(1, 65_535),
    SECONDS(10, Double.NaN),
    /** A fraction; more than 1 is taken for steps already. */
    CONFIDENCE(200, Double.NaN),
    NUMBER(1, Double.NaN);

    private final double factor;
    private final double unknown;

    Unit(double factor, double unknown) {
        this.factor = factor;
        this.unknown = unknown;
    }

    boolean isUnknown(double value) {
        return value == unknown || (this == SEC_MARK && value >= 60_000);
    }

    int convert(String path, double value) throws FaultException {
        final double steps = this == CONFIDENCE && value > 1 ? value : value * factor;
        if (!(Math.abs(steps) < Integer.MAX_VALUE)) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_OUT_OF_RANGE, path, String.valueOf(value), "must be a number that can be");
        }
        return (int) Math.rint(steps);
    }
}
