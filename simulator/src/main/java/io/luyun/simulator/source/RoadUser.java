package io.luyun.simulator.source;

import io.luyun.simulator.traffic.VehicleView;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in floating car data, from one time step to the next: on the straight line between both places, speed and direction turning
 * evenly from the one to the other. SUMO tells where the middle of the front bumper is; a message wants that of the whole vehicle. One
 * thread.
 */
final class RoadUser implements VehicleView {
    static final int NO_DEVICE = -1;

    /** Who moves less has no direction by its way. */
    private static final double LEAST_WAY_METRES = 0.3;

    private static final double HARD_BRAKING = 4;

    private final Shape shape;
    private final boolean drives;
    private int device = NO_DEVICE;
    private long id;
    private boolean seen;
    private long lastUs;
    private @Nullable Fix from;
    private @Nullable Fix to;
    private double latE7;
    private double lonE7;
    private double heightM;
    private double headingDeg;
    private double speedMps;
    private double accelMps2;
    private double yawRateDegPerS;

    /** Somebody who comes with the time step ahead. */
    RoadUser(final Shape shape, final boolean drives, final Fix first) {
        this.shape = shape;
        this.drives = drives;
        to = first;
    }

    /** Whether it is on a vehicle with an engine, and tells so by BSM. */
    boolean drives() {
        return drives;
    }

    /** The time step ahead has become that behind. */
    void step() {
        from = to;
        to = null;
    }

    /** What the time step ahead says of it; false when it is not to be thought that it got there. */
    boolean ahead(final Fix fix) {
        if (from != null && from.jumpsTo(fix)) {
            return false;
        }
        to = fix;
        return true;
    }

    /** Whether neither time step has it. */
    boolean gone() {
        return from == null && to == null;
    }

    boolean hasDevice() {
        return device != NO_DEVICE;
    }

    void takes(final int newDevice, final long newId) {
        device = newDevice;
        id = newId;
    }

    /** Whether it has been there at any moment that was asked for. */
    boolean seen() {
        return seen;
    }

    /** The last of these moments. */
    long lastUs() {
        return lastUs;
    }

    /** Goes to a moment between both time steps; false when it is not there then. */
    boolean at(final long us) {
        final Fix a = from;
        if (a == null) {
            return false;
        }
        final Fix b = to == null ? a : to;
        final double afterS = (us - a.atMillis() * 1_000) / 1e6;
        final double wholeS = a.secondsTo(b);
        if (afterS > wholeS + 1e-6) {
            return false;
        }
        seen = true;
        lastUs = us;
        final double share = wholeS <= 0 ? 0 : afterS / wholeS;
        final double way = Math.hypot(a.northTo(b), a.eastTo(b));
        final double began = angle(a, way, a, b);
        final double turn = turn(began, angle(b, way, a, b));
        headingDeg = ((began + share * turn) % 360 + 360) % 360;
        final double meanMps = wholeS <= 0 ? 0 : way / wholeS;
        final double first = Fix.told(a.speedMps(), meanMps);
        final double second = Fix.told(b.speedMps(), meanMps);
        speedMps = first + share * (second - first);
        accelMps2 = Fix.told(b.accelMps2(), wholeS <= 0 ? 0 : (second - first) / wholeS);
        yawRateDegPerS = wholeS <= 0 || speedMps < 0.1 ? 0 : turn / wholeS;
        heightM = a.heightM() + share * (b.heightM() - a.heightM());
        final double back = drives ? shape.length() / 2 : 0;
        final double heading = StrictMath.toRadians(headingDeg);
        latE7 = a.latE7()
                + share * ((double) b.latE7() - a.latE7())
                - back * StrictMath.cos(heading) / Fix.METRES_A_LAT_E7;
        lonE7 = a.lonE7()
                + share * ((double) b.lonE7() - a.lonE7())
                - back * StrictMath.sin(heading) / (Fix.METRES_A_LAT_E7 * Fix.narrow(latE7));
        return true;
    }

    /** As the file has it, or by the way between both; who stands looks where it looked. */
    private double angle(final Fix of, final double way, final Fix a, final Fix b) {
        if (!Double.isNaN(of.angleDeg())) {
            return of.angleDeg();
        }
        return way < LEAST_WAY_METRES ? headingDeg : StrictMath.toDegrees(StrictMath.atan2(a.eastTo(b), a.northTo(b)));
    }

    /** The short way round, clockwise positive. */
    private static double turn(final double fromDeg, final double toDeg) {
        final double turn = (toDeg - fromDeg) % 360;
        return turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
    }

    @Override
    public int index() {
        return device;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int latE7() {
        return (int) Math.round(latE7);
    }

    @Override
    public int lonE7() {
        return (int) Math.round(lonE7);
    }

    @Override
    public int elevationDm() {
        return Double.isNaN(heightM) ? NOT_TOLD : (int) Math.round(heightM * 10);
    }

    @Override
    public double speedMps() {
        return speedMps;
    }

    @Override
    public double headingDeg() {
        return headingDeg;
    }

    @Override
    public double accelMps2() {
        return accelMps2;
    }

    @Override
    public double yawRateDegPerS() {
        return yawRateDegPerS;
    }

    @Override
    public double lengthM() {
        return shape.length();
    }

    @Override
    public double widthM() {
        return shape.width();
    }

    @Override
    public double heightM() {
        return shape.height();
    }

    @Override
    public int classification() {
        return shape.classification();
    }

    @Override
    public int linkId() {
        return 0;
    }

    @Override
    public int lane() {
        return 0;
    }

    @Override
    public boolean onLink() {
        return false;
    }

    @Override
    public double alongM() {
        return 0;
    }

    @Override
    public boolean hardBraking() {
        return accelMps2 < -HARD_BRAKING && speedMps > 1;
    }

    @Override
    public boolean braking() {
        return accelMps2 < -0.3 || speedMps < 0.05;
    }

    @Override
    public boolean leftTurnLight() {
        return false;
    }

    @Override
    public boolean rightTurnLight() {
        return false;
    }
}
