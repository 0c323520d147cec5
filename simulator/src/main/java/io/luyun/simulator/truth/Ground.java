package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.traffic.Curve;
import java.util.Map;

/** Where a point lies beside the lines of a layout. Pure. */
final class Ground {
    private static final double STEP_METRES = 2;

    private Ground() {}

    /**
     * Beside a line.
     *
     * @param metres from it, positive right, NaN beyond its ends
     * @param headingDeg direction of the line there
     * @param x nearest point of the line
     * @param y the same
     */
    record Beside(double metres, double headingDeg, double x, double y) {
        /** Angle between the line and a direction, 0 to 180 degrees. */
        double angleDeg(final double otherDeg) {
            return OnWay.angleDeg(headingDeg, otherDeg);
        }
    }

    /** Where a point is beside a line. */
    static Beside beside(final Curve line, final double x, final double y) {
        double best = 0;
        for (double s = 0; s <= line.lengthMetres(); s += STEP_METRES) {
            if (metres(line, s, x, y) < metres(line, best, x, y)) {
                best = s;
            }
        }
        final double radians = Math.toRadians(line.headingAt(best));
        final double along = (x - line.xAt(best)) * Math.sin(radians) + (y - line.yAt(best)) * Math.cos(radians);
        final double s = best + along;
        if (s < 0 || s > line.lengthMetres()) {
            return new Beside(Double.NaN, line.headingAt(best), line.xAt(best), line.yAt(best));
        }
        final double heading = Math.toRadians(line.headingAt(s));
        final double dx = x - line.xAt(s);
        final double dy = y - line.yAt(s);
        return new Beside(dx * Math.cos(heading) - dy * Math.sin(heading), line.headingAt(s), line.xAt(s), line.yAt(s));
    }

    /** Metres from the edge of the nearest surface one can drive on, negative within it. */
    static double offRoadMetres(final Layout layout, final Pose pose) {
        double least = Double.POSITIVE_INFINITY;
        for (final Map.Entry<Curve, Double> surface : layout.surfaces().entrySet()) {
            final Beside beside = beside(surface.getKey(), pose.x(), pose.y());
            if (!Double.isNaN(beside.metres)) {
                least = Math.min(least, Math.abs(beside.metres) - surface.getValue() / 2);
            }
        }
        return least;
    }

    private static double metres(final Curve line, final double s, final double x, final double y) {
        return Math.hypot(x - line.xAt(s), y - line.yAt(s));
    }
}
