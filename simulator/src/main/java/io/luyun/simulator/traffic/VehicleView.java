package io.luyun.simulator.traffic;

/** What can be read of a simulated vehicle; a live view that changes with each step, for the thread that steps. */
public interface VehicleView {
    /** Stands for a height that is not known. */
    int NOT_TOLD = Integer.MIN_VALUE;

    /** Place in the traffic, from 0. */
    int index();

    /** Whether it is on the road: who has left it says nothing and is not to be seen. */
    default boolean present() {
        return true;
    }

    /** The 8 octets of its temporary id, as one number, first octet highest; another one each time it comes onto the road. */
    long id();

    /** Latitude of its middle, 1e-7 degrees. */
    int latE7();

    /** Longitude of its middle, 1e-7 degrees. */
    int lonE7();

    /** Speed in m/s, never negative. */
    double speedMps();

    /** Direction of movement, clockwise from north, 0 up to but without 360. */
    double headingDeg();

    /** Acceleration, forward positive. */
    double accelMps2();

    /** Rotation, clockwise positive, degrees per second. */
    double yawRateDegPerS();

    double lengthM();

    double widthM();

    double heightM();

    /** Code of the message set: 10 passenger car, 25 truck, 54 local bus. */
    int classification();

    /** Link it is on; inside a node the link it came from. */
    int linkId();

    /** Lane of that link, counted from 1. */
    int lane();

    /** Whether it is on a link rather than inside a node. */
    boolean onLink();

    /** Metres from the beginning of the lane, or of the curve inside a node, to its middle. */
    double alongM();

    /** Height over the sea, 0.1 m; {@link #NOT_TOLD} when it is not known. */
    default int elevationDm() {
        return Messages.ELEVATION_DM;
    }

    /** Whether it is in an emergency braking. */
    boolean hardBraking();

    /** Whether its brake pedal is pressed. */
    boolean braking();

    boolean leftTurnLight();

    boolean rightTurnLight();
}
