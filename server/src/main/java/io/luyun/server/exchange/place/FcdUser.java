package io.luyun.server.exchange.place;

import io.luyun.server.research.RoadUserClass;

/** What one step of FCD says of a road user, in the steps of the messages; written over by the next one. One thread. */
public final class FcdUser {
    String id = "";
    String typeName = "";
    RoadUserClass type = RoadUserClass.UNKNOWN;
    private final int[] steps = new int[FcdNumber.values().length];

    FcdUser() {}

    void put(final FcdNumber of, final int value) {
        steps[of.ordinal()] = value;
    }

    boolean has(final FcdNumber of) {
        return of(of) != FcdNumber.ABSENT;
    }

    int of(final FcdNumber of) {
        return steps[of.ordinal()];
    }

    private double value(final FcdNumber of) {
        return has(of) ? of(of) / of.stepsAUnit : Double.NaN;
    }

    /** What it is called in the file. */
    public String id() {
        return id;
    }

    /** The type the file names; empty for none. */
    public String typeName() {
        return typeName;
    }

    /** What that type is. */
    public RoadUserClass type() {
        return type;
    }

    /** The basic vehicle class that says no more than that; 0 for none. */
    public int classification() {
        return SumoType.classification(type);
    }

    /** Latitude, 1e-7 degrees. */
    public int latE7() {
        return of(FcdNumber.Y);
    }

    /** Longitude, 1e-7 degrees, more than -180 degrees. */
    public int lonE7() {
        final int lon = of(FcdNumber.X);
        return lon == FcdNumber.WEST_END ? -FcdNumber.WEST_END : lon;
    }

    /** Height, m; NaN when it is not told. */
    public double heightM() {
        return value(FcdNumber.Z);
    }

    /** Direction, degrees clockwise from north, 0 to 360; NaN when it is not told. */
    public double angleDeg() {
        return value(FcdNumber.ANGLE);
    }

    /** Speed, m/s; NaN when it is not told. */
    public double speedMps() {
        return value(FcdNumber.SPEED);
    }

    /** Acceleration, m/s2, forward positive; NaN when it is not told. */
    public double accelMps2() {
        return value(FcdNumber.ACCELERATION);
    }
}
