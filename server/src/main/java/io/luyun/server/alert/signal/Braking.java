package io.luyun.server.alert.signal;

import io.luyun.server.world.Participant;
import java.util.Arrays;

/**
 * The acceleration of road users that do not tell it, from the speeds they are seen with: differences over an exponential
 * window. Owned by one rule; allocates when the world's pool has grown.
 */
final class Braking {
    private static final double WINDOW_SECONDS = 0.5;
    /** After a longer silence it begins anew. */
    private static final double GAP_SECONDS = 1;

    private static final double NANO = 1e-9;

    private long[] ids = new long[64];
    private long[] atNs = new long[64];
    private double[] speeds = new double[64];
    private double[] accels = new double[64];

    /** What it tells, else what its speeds say; NaN as long as it has not been seen twice. */
    double accelMps2(final Participant of, final long nowNs) {
        if (!Double.isNaN(of.accelMps2())) {
            return of.accelMps2();
        }
        final int slot = of.slot();
        if (slot >= ids.length) {
            final int size = Math.max(slot + 1, ids.length * 2);
            ids = Arrays.copyOf(ids, size);
            atNs = Arrays.copyOf(atNs, size);
            speeds = Arrays.copyOf(speeds, size);
            accels = Arrays.copyOf(accels, size);
        }
        final double seconds = (nowNs - atNs[slot]) * NANO;
        if (ids[slot] != of.id() || seconds > GAP_SECONDS) {
            accels[slot] = Double.NaN;
        } else if (seconds > 0) {
            final double now = (of.speedMps() - speeds[slot]) / seconds;
            final double before = Double.isNaN(accels[slot]) ? 0 : accels[slot];
            accels[slot] = before + seconds / (seconds + WINDOW_SECONDS) * (now - before);
        }
        ids[slot] = of.id();
        atNs[slot] = nowNs;
        speeds[slot] = of.speedMps();
        return accels[slot];
    }
}
