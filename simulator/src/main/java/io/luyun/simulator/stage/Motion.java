package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.Curve;
import java.util.List;

/**
 * The true, noiseless motion of one actor: a line, how far along it when, and how far beside it when. Immutable. Beyond the
 * ends of its line it goes straight on.
 */
public final class Motion {
    /** A move to the side: from a time on, over so many seconds, by so many metres to the right. */
    record Sidestep(double atS, double seconds, double rightMetres) {}

    private static final double STEP_S = 0.02;
    private static final double BEHIND_METRES = 30;
    private static final double COARSE_METRES = 4;

    private final Curve line;
    private final double startMetres;
    private final Pace pace;
    private final double rightMetres;
    private final List<Sidestep> sidesteps;

    Motion(
            final Curve line,
            final double startMetres,
            final Pace pace,
            final double rightMetres,
            final List<Sidestep> sidesteps) {
        this.line = line;
        this.startMetres = startMetres;
        this.pace = pace;
        this.rightMetres = rightMetres;
        this.sidesteps = List.copyOf(sidesteps);
    }

    /** Where it is at a time of the scene, in seconds. */
    public Pose at(final double t) {
        final double speed = pace.speed(t);
        return pose(t, startMetres + pace.metres(t), speed, pace.accel(t));
    }

    /**
     * Where it would be some time later if from a time on nobody did anything: the way it has chosen, at the acceleration
     * of that time until it stands.
     *
     * @param accelerates false for constant speed
     */
    public Pose later(final double t, final double seconds, final boolean accelerates) {
        final double speed = pace.speed(t);
        final double accel = accelerates ? pace.accel(t) : 0;
        final double s = startMetres + pace.metres(t) + Pace.travel(speed, accel, seconds);
        return pose(t + seconds, s, Math.max(0, speed + accel * seconds), accel);
    }

    /** Metres along its line at a time. */
    public double alongMetres(final double t) {
        return startMetres + pace.metres(t);
    }

    /** Metres to the right of its line at a time. */
    public double asideMetres(final double t) {
        return right(t);
    }

    /**
     * Where something is as seen along a way.
     *
     * @param aheadMetres along it, negative behind
     * @param rightMetres to the right of it
     */
    public record Offset(double aheadMetres, double rightMetres) {}

    /** Where a point is along this way from where it is at a time, looked for so far ahead and 30 m behind. */
    public Offset offset(final double t, final double px, final double py, final double reachMetres) {
        final double from = alongMetres(t);
        final double roughly = nearest(px, py, from - BEHIND_METRES, from + reachMetres, COARSE_METRES);
        final double bestAt = nearest(px, py, roughly - COARSE_METRES, roughly + COARSE_METRES, 1);
        final double radians = Math.toRadians(heading(bestAt));
        final double dx = px - x(bestAt);
        final double dy = py - y(bestAt);
        return new Offset(
                bestAt - from + dx * Math.sin(radians) + dy * Math.cos(radians),
                dx * Math.cos(radians) - dy * Math.sin(radians) - right(t));
    }

    /** The place of the line nearest to a point, in steps. */
    private double nearest(
            final double px, final double py, final double from, final double to, final double stepMetres) {
        double best = Double.POSITIVE_INFINITY;
        double bestAt = from;
        for (double s = from; s <= to; s += stepMetres) {
            final double dx = px - x(s);
            final double dy = py - y(s);
            if (dx * dx + dy * dy < best) {
                best = dx * dx + dy * dy;
                bestAt = s;
            }
        }
        return bestAt;
    }

    /** Where it will be after so many more metres of its way, at the side it is on at a time. */
    public Pose further(final double t, final double metres) {
        final Pose now = at(t);
        final double s = alongMetres(t) + metres;
        final double radians = Math.toRadians(heading(s));
        final double right = right(t);
        return new Pose(
                x(s) + right * Math.cos(radians),
                y(s) - right * Math.sin(radians),
                (heading(s) % 360 + 360) % 360,
                now.speedMps(),
                now.accelMps2(),
                0);
    }

    private Pose pose(final double t, final double s, final double speed, final double accel) {
        final double right = right(t);
        final double base = heading(s);
        final double slide = speed < 0.1 ? 0 : Math.toDegrees(Math.atan2(right(t + STEP_S) - right, speed * STEP_S));
        final double radians = Math.toRadians(base);
        final double bend = (heading(s + speed * STEP_S) - base) / STEP_S;
        return new Pose(
                x(s) + right * Math.cos(radians),
                y(s) - right * Math.sin(radians),
                Math.floorMod(Math.round((base + slide) * 1e6), 360_000_000L) / 1e6,
                speed,
                accel,
                bend);
    }

    private double right(final double t) {
        double right = rightMetres;
        for (final Sidestep step : sidesteps) {
            final double part = Math.clamp((t - step.atS) / step.seconds, 0.0, 1.0);
            right += step.rightMetres * (0.5 - 0.5 * Math.cos(Math.PI * part));
        }
        return right;
    }

    private double heading(final double s) {
        return line.headingAt(Math.clamp(s, 0.0, line.lengthMetres()));
    }

    private double x(final double s) {
        final double on = Math.clamp(s, 0.0, line.lengthMetres());
        return line.xAt(on) + (s - on) * Math.sin(Math.toRadians(heading(s)));
    }

    private double y(final double s) {
        final double on = Math.clamp(s, 0.0, line.lengthMetres());
        return line.yAt(on) + (s - on) * Math.cos(Math.toRadians(heading(s)));
    }
}
