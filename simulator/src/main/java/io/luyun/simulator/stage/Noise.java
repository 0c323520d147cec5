package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.Rng;
import java.util.List;

/**
 * What is wrong with the messages of one scene. Asked in order of time; the same seed and the same questions give the same
 * answers. Position errors are Gauss–Markov walks of first order, one for all and one for each receiver, and a white part.
 */
final class Noise {
    private static final double SLOW_MPS = 1.5;

    private final NoiseLevels levels;
    private final Rng rng;
    private final Walk common;
    private final Walk[] own;
    private final double[] clockMillis;
    private final double[][] unitBias;
    private final int jumper;
    private final double jumpFromS;
    private final double jumpToS;
    private final double jumpEast;
    private final double jumpNorth;

    Noise(final Scene scene, final NoiseLevels levels) {
        this.levels = levels;
        rng = new Rng(Rng.mix(scene.seed() ^ (long) scene.label().hashCode() << 32));
        final double axis = levels.gnssMetres() / Math.sqrt(2);
        final double ownShare = Math.max(0, 1 - levels.commonShare() - levels.whiteShare());
        final double lastsS = scene.scenario().seconds() + 1;
        common = new Walk(rng, axis * Math.sqrt(levels.commonShare()), levels.commonSeconds(), lastsS);
        final List<Actor> actors = scene.actors();
        own = new Walk[actors.size()];
        for (int i = 0; i < own.length; i++) {
            own[i] = new Walk(rng, axis * Math.sqrt(ownShare), levels.ownSeconds(), lastsS);
        }
        final int units = scene.scenario().units().size();
        clockMillis = new double[own.length + units];
        for (int i = 0; i < clockMillis.length; i++) {
            clockMillis[i] = levels.clockMillis() * rng.noise();
        }
        if (rng.nextDouble() < levels.badClockShare()) {
            clockMillis[rng.below(clockMillis.length)] +=
                    rng.between(0.3, 1) * levels.badClockMillis() * (rng.nextDouble() < 0.5 ? -1 : 1);
        }
        unitBias = new double[units][];
        for (int i = 0; i < units; i++) {
            unitBias[i] = new double[] {levels.seenBiasMetres() * rng.noise(), levels.seenBiasMetres() * rng.noise()};
        }
        jumper = rng.nextDouble() < levels.jumpShare() ? rng.below(own.length) : -1;
        jumpFromS = rng.between(0, scene.scenario().seconds());
        jumpToS = jumpFromS + levels.jumpSeconds() * rng.between(0.3, 1);
        final double way = levels.jumpMetres() * rng.between(0.5, 1);
        final double direction = rng.between(0, 2 * Math.PI);
        jumpEast = way * Math.sin(direction);
        jumpNorth = way * Math.cos(direction);
    }

    /** Where a reporting actor thinks it is. */
    Pose told(final Actor actor, final double t) {
        final Pose pose = actor.motion().at(t);
        final double white = levels.gnssMetres() / Math.sqrt(2) * Math.sqrt(levels.whiteShare());
        final Walk mine = own[actor.index()];
        final boolean jumps = actor.index() == jumper && t >= jumpFromS && t < jumpToS;
        return new Pose(
                pose.x() + common.east(t) + mine.east(t) + white * rng.noise() + (jumps ? jumpEast : 0),
                pose.y() + common.north(t) + mine.north(t) + white * rng.noise() + (jumps ? jumpNorth : 0),
                heading(rng, pose, levels.headingDeg()),
                speed(rng, pose, levels.speedMps()),
                accel(rng, pose, levels.accelMps2()),
                pose.yawRateDegPerS() + 0.5 * levels.headingDeg() * rng.noise());
    }

    /** Where a roadside unit sees an actor. */
    Pose seen(final int unit, final Actor actor, final double t) {
        final Pose pose = actor.motion().at(t);
        return new Pose(
                pose.x() + unitBias[unit][0] + levels.seenMetres() * rng.noise(),
                pose.y() + unitBias[unit][1] + levels.seenMetres() * rng.noise(),
                heading(rng, pose, 1.5 * levels.headingDeg()),
                speed(rng, pose, levels.speedMps()),
                accel(rng, pose, levels.accelMps2()),
                0);
    }

    static double heading(final Rng rng, final Pose pose, final double deviation) {
        final double slow = pose.speedMps() < SLOW_MPS ? SLOW_MPS / Math.max(0.3, pose.speedMps()) : 1;
        final double noisy = pose.headingDeg() + (pose.speedMps() == 0 ? 0 : slow * deviation * rng.noise());
        return (noisy % 360 + 360) % 360;
    }

    /** Who stands knows it. */
    static double speed(final Rng rng, final Pose pose, final double deviation) {
        return pose.speedMps() == 0 ? 0 : Math.max(0, pose.speedMps() + deviation * rng.noise());
    }

    static double accel(final Rng rng, final Pose pose, final double deviation) {
        return pose.speedMps() == 0 ? 0 : pose.accelMps2() + deviation * rng.noise();
    }

    /** Whether the next message gets lost. */
    boolean lost() {
        return rng.nextDouble() < levels.lossShare();
    }

    /** How much later than planned the next message is sent, seconds. */
    double jitterS() {
        return levels.jitterMillis() / 1e3 * rng.between(-1, 1);
    }

    /** Where in the period a sender sends, 0..1. */
    double phase() {
        return rng.nextDouble();
    }

    /** How far the clock of an actor is ahead, ms. */
    double clockMillis(final Actor actor) {
        return clockMillis[actor.index()];
    }

    /** How far the clock of a roadside unit is ahead, ms. */
    double unitClockMillis(final int unit) {
        return clockMillis[own.length + unit];
    }
}
