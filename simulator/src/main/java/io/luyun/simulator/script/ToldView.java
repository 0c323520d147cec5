package io.luyun.simulator.script;

import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Receivers;
import io.luyun.simulator.traffic.VehicleView;

/** A vehicle as its own receiver sees it; one object for all, for the thread that steps. */
final class ToldView implements VehicleView {
    private static final double METRES_A_STEP = 0.0111320;

    private final Receivers receivers;
    private VehicleView truth;
    private Pose told = new Pose(0, 0, 0, 0, 0, 0);

    /** Begins with any vehicle. */
    ToldView(final Receivers receivers, final VehicleView first) {
        this.receivers = receivers;
        truth = first;
    }

    ToldView of(final VehicleView vehicle, final double t) {
        truth = vehicle;
        told = receivers.told(
                vehicle.index(),
                new Pose(0, 0, vehicle.headingDeg(), vehicle.speedMps(), vehicle.accelMps2(), vehicle.yawRateDegPerS()),
                t);
        return this;
    }

    boolean lost() {
        return receivers.lost();
    }

    @Override
    public int index() {
        return truth.index();
    }

    @Override
    public boolean present() {
        return truth.present();
    }

    @Override
    public long id() {
        return truth.id();
    }

    @Override
    public int latE7() {
        return truth.latE7() + (int) Math.round(told.y() / METRES_A_STEP);
    }

    @Override
    public int lonE7() {
        final double narrow = StrictMath.cos(StrictMath.toRadians(truth.latE7() * 1e-7));
        return truth.lonE7() + (int) Math.round(told.x() / (METRES_A_STEP * narrow));
    }

    @Override
    public int elevationDm() {
        return truth.elevationDm();
    }

    @Override
    public double speedMps() {
        return told.speedMps();
    }

    @Override
    public double headingDeg() {
        return told.headingDeg();
    }

    @Override
    public double accelMps2() {
        return told.accelMps2();
    }

    @Override
    public double yawRateDegPerS() {
        return told.yawRateDegPerS();
    }

    @Override
    public double lengthM() {
        return truth.lengthM();
    }

    @Override
    public double widthM() {
        return truth.widthM();
    }

    @Override
    public double heightM() {
        return truth.heightM();
    }

    @Override
    public int classification() {
        return truth.classification();
    }

    @Override
    public int linkId() {
        return truth.linkId();
    }

    @Override
    public int lane() {
        return truth.lane();
    }

    @Override
    public boolean onLink() {
        return truth.onLink();
    }

    @Override
    public double alongM() {
        return truth.alongM();
    }

    @Override
    public boolean hardBraking() {
        return truth.hardBraking();
    }

    @Override
    public boolean braking() {
        return truth.braking();
    }

    @Override
    public boolean leftTurnLight() {
        return truth.leftTurnLight();
    }

    @Override
    public boolean rightTurnLight() {
        return truth.rightTurnLight();
    }
}
