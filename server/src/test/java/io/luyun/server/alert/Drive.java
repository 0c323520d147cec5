package io.luyun.server.alert;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.ObjectSize;
import io.luyun.proto.v1.ObstacleType;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.VehicleClassification;
import io.luyun.proto.v1.VehicleEmergencyExtension;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.server.world.ZoneMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Vehicles that drive by functions of time and report it ten times a second with seeded noise: 1.5 m of position, 1 degree
 * of heading, 0.1 m/s of speed, 0.1 m/s2 of acceleration, 3 % of the messages lost. Without noise by seed 0.
 */
public final class Drive {
    public static final double NOISE_METRES = 1.5;
    private static final double OBSTACLE_METRES = 0.3;
    private static final double STEP_S = 0.1;
    private static final double LOSS = 0.03;

    /** What a vehicle does at a time. */
    public static final class Car {
        public double x;
        public double y;
        public double headingDeg;
        public double mps;
        public double mps2;
        public int events;
        public int lights;
        public int classification = 10;
        public int siren;
        public int lightbar;
        public int elevationDm;
        public boolean seenOnly;
        public boolean silent;
    }

    /** How one drives. */
    @FunctionalInterface
    public interface Motion {
        /** Says where it is after so many seconds. */
        void at(double seconds, Car car);
    }

    private record Obstacle(int unit, double x, double y, double untilSeconds) {}

    private record Driver(int device, Car car, Motion motion) {}

    public final AlertScene s;
    private final Random random;
    private final double noise;
    private final List<Driver> drivers = new ArrayList<>();
    private final List<Obstacle> obstacles = new ArrayList<>();
    private double seconds;

    public Drive(final ZoneMap zone, final long seed) {
        this(zone, seed, AlertConfig.DEFAULT);
    }

    public Drive(final ZoneMap zone, final long seed, final AlertConfig config) {
        s = new AlertScene(zone, config);
        random = new Random(seed);
        noise = seed == 0 ? 0 : 1;
    }

    /** One more vehicle. */
    public Drive car(final int device, final Motion motion) {
        drivers.add(new Driver(device, new Car(), motion));
        return this;
    }

    /** Cargo of one metre that a unit tells of until a time, with 0.3 m of noise. */
    public Drive obstacle(final int unit, final double x, final double y, final double untilSeconds) {
        obstacles.add(new Obstacle(unit, x, y, untilSeconds));
        return this;
    }

    /** Drives until so many seconds after the begin. */
    public Drive until(final double end) {
        for (; seconds < end; seconds += STEP_S) {
            for (final Driver driver : drivers) {
                driver.motion.at(seconds, driver.car);
                if (!driver.car.silent && (noise == 0 || random.nextDouble() >= LOSS)) {
                    report(driver);
                }
            }
            obstacles.stream().filter(o -> seconds < o.untilSeconds).forEach(this::report);
            s.scene.pass(100);
            s.tick();
        }
        return this;
    }

    private void report(final Obstacle obstacle) {
        s.scene.ssm(
                obstacle.unit,
                Ssm.newBuilder()
                        .addObstacles(DetectedObstacle.newBuilder()
                                .setObsType(ObstacleType.OBSTACLE_GOODS_SCATTERED)
                                .setObsId(7)
                                .setPos(s.scene.position(
                                        obstacle.x + OBSTACLE_METRES * gauss(), obstacle.y + OBSTACLE_METRES * gauss()))
                                .setSize(ObjectSize.newBuilder().setWidth(10).setLength(10))));
    }

    private void report(final Driver driver) {
        final Car car = driver.car;
        final double x = car.x + NOISE_METRES * gauss();
        final double y = car.y + NOISE_METRES * gauss();
        final double heading = (car.headingDeg + gauss() + 360) % 360;
        final double mps = car.mps == 0 ? 0 : Math.max(0, car.mps + 0.1 * gauss());
        if (car.seenOnly) {
            s.scene.rsm(AlertScene.UNIT, s.scene.seen(driver.device, x, y, heading, mps));
            return;
        }
        final Bsm.Builder bsm = s.scene.braking(driver.device, x, y, heading, mps, car.mps2 + 0.1 * gauss(), 0);
        bsm.getPosBuilder().setElevation(car.elevationDm);
        bsm.setVehicleClass(VehicleClassification.newBuilder().setClassification(car.classification));
        bsm.setSafetyExt(
                VehicleSafetyExtension.newBuilder().setEvents(car.events).setLights(car.lights));
        if (car.siren != 0 || car.lightbar != 0) {
            final VehicleEmergencyExtension.Builder duty = VehicleEmergencyExtension.newBuilder();
            if (car.siren != 0) {
                duty.setSirenUse(car.siren);
            }
            if (car.lightbar != 0) {
                duty.setLightsUse(car.lightbar);
            }
            bsm.setEmergencyExt(duty);
        }
        s.scene.bsm(driver.device, bsm);
    }

    private double gauss() {
        return noise * random.nextGaussian();
    }

    /** Seconds at which a kind was first raised for a vehicle, or NaN. */
    public double raised(final AlertKind kind, final String subject) {
        return first(kind, subject, AlertState.ALERT_STATE_RAISED);
    }

    /** Seconds at which it was first cleared, or NaN. */
    public double cleared(final AlertKind kind, final String subject) {
        return first(kind, subject, AlertState.ALERT_STATE_CLEARED);
    }

    private double first(final AlertKind kind, final String subject, final AlertState state) {
        final long begin = s.scene.nowNs - Math.round(seconds / STEP_S) * 100_000_000L;
        for (final Alert alert : s.of(kind)) {
            if (alert.getState() == state && alert.getSubject().getDeviceId().equals(subject)) {
                return (alert.getAtNs() - begin) * 1e-9;
            }
        }
        return Double.NaN;
    }

    /** How often a kind was raised for a vehicle. */
    public long times(final AlertKind kind, final String subject) {
        return s.of(kind).stream()
                .filter(alert -> alert.getState() == AlertState.ALERT_STATE_RAISED)
                .filter(alert -> alert.getSubject().getDeviceId().equals(subject))
                .count();
    }
}
