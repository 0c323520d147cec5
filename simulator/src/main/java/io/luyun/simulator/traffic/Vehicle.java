package io.luyun.simulator.traffic;

import org.jspecify.annotations.Nullable;

/** One vehicle: what it is, where it is and what it is up to. Owned by its traffic; drivers and incidents write it. */
final class Vehicle implements VehicleView {
    /** What a driver makes of a signal that is not green. */
    enum Decision {
        NONE,
        STOP,
        GO
    }

    /** Above this deceleration a braking counts as hard, m/s2: about 0.4 g; chosen here. */
    static final double HARD_BRAKING = 4.0;

    private static final double LANE_CHANGE_S = 4;

    final int index;
    long id;
    final double length;
    final double width;
    final double height;
    final int classification;
    final double desiredFactor;
    final double maxAccel;

    Lane lane;

    @Nullable
    Lane next;
    /** The way on it would like, perhaps from another lane of its link. */
    @Nullable
    Lane wanted;
    /** The way of its line; null for all that serve none. */
    @Nullable
    BusRoute route;
    /** Middle of the vehicle along its lane. */
    double s;

    double v;
    double accel;
    double newAccel;
    Decision decision = Decision.NONE;

    double leaderGap = Double.POSITIVE_INFINITY;
    double leaderSpeed;

    double hardUntilS;
    double lateUntilS;
    double dwellUntilS;
    boolean stopServed;
    /** When it may come back; before it first leaves, and while it drives, long ago. */
    double backAtS = Double.NEGATIVE_INFINITY;

    double waitedS;
    /** Highest acceleration its driver allows after a warning. */
    double warnedAccel = Double.POSITIVE_INFINITY;
    /** Highest speed likewise. */
    double warnedSpeed = Double.POSITIVE_INFINITY;
    /** Whether its driver has been warned of a red light. */
    boolean warnedOfLight;

    double changeBeganS = Double.NEGATIVE_INFINITY;
    double changeFrom;

    private int segment;
    private int latE7;
    private int lonE7;
    private double headingDeg;
    private double yawRate;
    private boolean leftLight;
    private boolean rightLight;

    Vehicle(
            final int index,
            final long id,
            final int classification,
            final double length,
            final double width,
            final double height,
            final double desiredFactor,
            final double maxAccel,
            final Lane lane) {
        this.index = index;
        this.id = id;
        this.classification = classification;
        this.length = length;
        this.width = width;
        this.height = height;
        this.desiredFactor = desiredFactor;
        this.maxAccel = maxAccel;
        this.lane = lane;
    }

    boolean bus() {
        return classification == 54;
    }

    /** Works out where it is on the ground; dt 0 leaves the yaw rate as it was. */
    void settle(final Plane plane, final double nowS, final double dt) {
        final Curve curve = lane.curve;
        segment = curve.segmentAt(s, segment);
        final double f = curve.fraction(s, segment);
        final int next0 = segment + 1;
        double heading = curve.headingDeg[segment] + (curve.headingDeg[next0] - curve.headingDeg[segment]) * f;
        double x = curve.x[segment] + (curve.x[next0] - curve.x[segment]) * f;
        double y = curve.y[segment] + (curve.y[next0] - curve.y[segment]) * f;
        final double t = (nowS - changeBeganS) / LANE_CHANGE_S;
        final boolean changing = t < 1;
        if (changing) {
            // A smooth step from the old lane's middle to the new one's.
            final double aside = changeFrom * (1 - t * t * (3 - 2 * t));
            final double dx = curve.x[next0] - curve.x[segment];
            final double dy = curve.y[next0] - curve.y[segment];
            final double d = Math.sqrt(dx * dx + dy * dy);
            x += dy / d * aside;
            y -= dx / d * aside;
            final double asideSpeed = -changeFrom * 6 * t * (1 - t) / LANE_CHANGE_S;
            heading += v < 1 ? 0 : Math.max(-15, Math.min(15, asideSpeed / v * (180 / Math.PI)));
        }
        heading %= 360;
        heading = heading < 0 ? heading + 360 : heading;
        if (dt > 0) {
            double turn = heading - headingDeg;
            turn = turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
            yawRate = v < 0.1 ? 0 : turn / dt;
        }
        headingDeg = heading;
        latE7 = plane.latE7(y);
        lonE7 = plane.lonE7(x);
        final Lane way = lane.inNode ? lane : next;
        final boolean near = lane.inNode || lane.length - s < 60;
        leftLight = (near && way != null && way.maneuver == Zone.Maneuver.LEFT) || (changing && changeFrom > 0);
        rightLight = (near && way != null && way.maneuver == Zone.Maneuver.RIGHT)
                || (changing && changeFrom < 0)
                || dwellUntilS > nowS;
    }

    boolean changing(final double nowS) {
        return nowS - changeBeganS < LANE_CHANGE_S;
    }

    @Override
    public int index() {
        return index;
    }

    @Override
    public boolean present() {
        return backAtS == Double.NEGATIVE_INFINITY;
    }

    @Override
    public long id() {
        return id;
    }

    @Override
    public int latE7() {
        return latE7;
    }

    @Override
    public int lonE7() {
        return lonE7;
    }

    @Override
    public double speedMps() {
        return v;
    }

    @Override
    public double headingDeg() {
        return headingDeg;
    }

    @Override
    public double accelMps2() {
        return accel;
    }

    @Override
    public double yawRateDegPerS() {
        return yawRate;
    }

    @Override
    public double lengthM() {
        return length;
    }

    @Override
    public double widthM() {
        return width;
    }

    @Override
    public double heightM() {
        return height;
    }

    @Override
    public int classification() {
        return classification;
    }

    @Override
    public int linkId() {
        return lane.link.linkId();
    }

    @Override
    public int lane() {
        return lane.number;
    }

    @Override
    public boolean onLink() {
        return !lane.inNode;
    }

    @Override
    public double alongM() {
        return s;
    }

    @Override
    public boolean hardBraking() {
        return accel < -HARD_BRAKING && v > 1;
    }

    @Override
    public boolean braking() {
        return accel < -0.3 || v < 0.05;
    }

    @Override
    public boolean leftTurnLight() {
        return leftLight;
    }

    @Override
    public boolean rightTurnLight() {
        return rightLight;
    }
}
