package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Bsm;
import io.luyun.server.alert.AlertScene;
import java.util.Random;
import java.util.function.IntFunction;

/** Reports as they come from a street: positions 1.5 m off, headings 1 degree, speeds 0.2 m/s, 3 % lost. */
final class Noisy {
    static final int SEEDS = 60;
    private static final double POSITION_METRES = 1.5;
    private static final double HEADING_DEG = 1;
    private static final double SPEED_MPS = 0.2;
    private static final double ACCEL_MPS2 = 0.3;
    private static final double LOST = 0.03;

    final AlertScene s;
    private final Random random;

    Noisy(final AlertScene scene, final long seed) {
        s = scene;
        random = new Random(seed);
    }

    /** A report of a car; the scene's time stays. */
    void car(final int device, final double x, final double y, final double headingDeg, final double mps) {
        car(device, x, y, headingDeg, mps, 0);
    }

    void car(
            final int device,
            final double x,
            final double y,
            final double headingDeg,
            final double mps,
            final double mps2) {
        final double dx = POSITION_METRES * random.nextGaussian();
        final double dy = POSITION_METRES * random.nextGaussian();
        final double heading = headingDeg + HEADING_DEG * random.nextGaussian();
        final double speed = mps == 0 ? 0 : Math.max(0, mps + SPEED_MPS * random.nextGaussian());
        final double accel = mps == 0 ? 0 : mps2 + ACCEL_MPS2 * random.nextGaussian();
        if (random.nextDouble() >= LOST) {
            final Bsm.Builder bsm = s.scene.braking(device, x + dx, y + dy, (heading + 360) % 360, speed, accel, 0);
            s.scene.bsm(device, bsm);
        }
    }

    /** A tenth of a second passes. */
    void pass() {
        s.scene.pass(100);
        s.tick();
    }

    double uniform(final double from, final double to) {
        return from + random.nextDouble() * (to - from);
    }

    /** How many of the seeds raise a kind. */
    static int raised(final AlertKind kind, final IntFunction<AlertScene> run) {
        int count = 0;
        for (int seed = 1; seed <= SEEDS; seed++) {
            count += run.apply(seed).raised(kind) == null ? 0 : 1;
        }
        return count;
    }
}
