package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.Rng;

/** Where many vehicles of one place think they are: the errors of {@link NoiseLevels} without jumps and clocks. One thread. */
public final class Receivers {
    private final NoiseLevels levels;
    private final Rng rng;
    private final Walk common;
    private final Walk[] own;
    private final double white;

    /** So many receivers for so many seconds. */
    public Receivers(final NoiseLevels levels, final int count, final double lastsS, final long seed) {
        this.levels = levels;
        rng = new Rng(Rng.mix(seed));
        final double axis = levels.gnssMetres() / Math.sqrt(2);
        final double ownShare = Math.max(0, 1 - levels.commonShare() - levels.whiteShare());
        white = axis * Math.sqrt(levels.whiteShare());
        common = new Walk(rng, axis * Math.sqrt(levels.commonShare()), levels.commonSeconds(), lastsS);
        own = new Walk[count];
        for (int i = 0; i < count; i++) {
            own[i] = new Walk(rng, axis * Math.sqrt(ownShare), levels.ownSeconds(), lastsS);
        }
    }

    /** Whether the next message gets lost. */
    public boolean lost() {
        return rng.nextDouble() < levels.lossShare();
    }

    /** What a receiver makes of a pose at a time. */
    public Pose told(final int receiver, final Pose pose, final double t) {
        return new Pose(
                pose.x() + common.east(t) + own[receiver].east(t) + white * rng.noise(),
                pose.y() + common.north(t) + own[receiver].north(t) + white * rng.noise(),
                Noise.heading(rng, pose, levels.headingDeg()),
                Noise.speed(rng, pose, levels.speedMps()),
                Noise.accel(rng, pose, levels.accelMps2()),
                pose.yawRateDegPerS() + 0.5 * levels.headingDeg() * rng.noise());
    }
}
