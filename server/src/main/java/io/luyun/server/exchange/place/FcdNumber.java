package io.luyun.server.exchange.place;

import io.luyun.proto.codec.RoadUserReader;

/** Attributes of FCD that are numbers: how they are called, the steps of the messages they go into, and what they may be. */
enum FcdNumber {
    X(
            "x",
            1e7,
            FcdNumber.WEST_END,
            -FcdNumber.WEST_END,
            "-180 to 180, degrees of longitude, as --fcd-output.geo makes sumo write"),
    Y("y", 1e7, -900_000_000, 900_000_000, "-90 to 90, degrees of latitude, as --fcd-output.geo makes sumo write"),
    Z("z", 10, -4_095, 61_439, "-409.5 to 6143.9 m"),
    ANGLE("angle", 80, 0, 28_800, "0 to 360 degrees"),
    SPEED("speed", 50, 0, 8_190, "0 to 163.8 m/s"),
    ACCELERATION("acceleration", 100, -2_000, 2_000, "-20 to 20 m/s2");

    /** The 180th meridian in the west. The standard has it once, in the east. */
    static final int WEST_END = -1_800_000_000;

    /** Stands for a value that is not there or is none. */
    static final int ABSENT = RoadUserReader.ABSENT;

    /** SUMO writes up to some twenty characters. */
    private static final int LONGEST = 64;

    final String attribute;
    final String rule;
    final double stepsAUnit;
    private final int least;
    private final int most;

    FcdNumber(final String attribute, final double stepsAUnit, final int least, final int most, final String rule) {
        this.attribute = attribute;
        this.stepsAUnit = stepsAUnit;
        this.least = least;
        this.most = most;
        this.rule = rule;
    }

    /** Whether nothing can be said of a road user without it. */
    boolean required() {
        return this == X || this == Y;
    }

    /** The value in steps, to the nearest; ABSENT when it is no number or lies outside. */
    int steps(final String text) {
        final double value = value(text);
        final long steps = Math.round(value * stepsAUnit);
        return !Double.isNaN(value) && steps >= least && steps <= most ? (int) steps : ABSENT;
    }

    /** A decimal number, as XML Schema has them; NaN when it is none. */
    static double value(final String text) {
        if (text.length() > LONGEST) {
            return Double.NaN;
        }
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            // what else Java takes for a number: 1f, 0x1p3, NaN, blanks
            if ((c < '0' || c > '9') && c != '.' && c != '-' && c != '+' && c != 'e' && c != 'E') {
                return Double.NaN;
            }
        }
        try {
            return Double.parseDouble(text);
        } catch (final NumberFormatException e) {
            return Double.NaN;
        }
    }
}
