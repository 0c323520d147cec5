package io.luyun.server.alert;

import io.luyun.proto.v1.RsmParticipant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Reports to an {@link AlertScene} as they come in life: positions with 1.5 m of noise, speeds with 0.1 m/s, headings with 1
 * degree, three of a hundred lost; by BSM, or seen by a roadside unit.
 */
public final class NoisyRoad {
    private static final double LOSS = 0.03;
    private static final double SIGMA_METRES = 1.5;
    private static final double SIGMA_MPS = 0.1;
    private static final double SIGMA_DEG = 1;
    private static final int STEP_MILLIS = 100;

    public final AlertScene s;
    private final Random random;
    private final boolean seen;
    private final List<RsmParticipant.Builder> frame = new ArrayList<>();

    /** Vehicles report themselves, or are only seen. */
    public NoisyRoad(final AlertScene s, final long seed, final boolean seen) {
        this.s = s;
        random = new Random(seed);
        this.seen = seen;
    }

    /** A vehicle tells where it is, unless that is lost. */
    public void report(final int id, final double x, final double y, final double heading, final double mps) {
        report(id, x, y, heading, mps, 0);
    }

    /** The same with an acceleration, which roadside units do not tell. */
    public void report(
            final int id, final double x, final double y, final double heading, final double mps, final double mps2) {
        final double noisyX = x + SIGMA_METRES * random.nextGaussian();
        final double noisyY = y + SIGMA_METRES * random.nextGaussian();
        final double noisyMps = Math.max(0, mps + (mps > 0 ? SIGMA_MPS * random.nextGaussian() : 0));
        final double noisyHeading = (heading + SIGMA_DEG * random.nextGaussian() + 360) % 360;
        if (random.nextDouble() < LOSS) {
            return;
        }
        if (seen) {
            frame.add(s.scene.seen(id, noisyX, noisyY, noisyHeading, noisyMps));
        } else {
            s.scene.bsm(id, s.scene.braking(id, noisyX, noisyY, noisyHeading, noisyMps, mps2, 0));
        }
    }

    /** A tenth of a second passes. */
    public void step() {
        if (!frame.isEmpty()) {
            s.scene.rsm(AlertScene.UNIT, frame.toArray(new RsmParticipant.Builder[0]));
            frame.clear();
        }
        s.scene.pass(STEP_MILLIS);
        s.tick();
    }
}
