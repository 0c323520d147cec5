package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;

/**
 * Where one is on the way that another has chosen.
 *
 * @param gapMetres along it from body to body, when both are in line with it; negative when they overlap or it is behind
 * @param acrossMetres beside it
 * @param angleDeg between its heading and that of the other where this is now, 0 to 180
 */
record OnWay(double gapMetres, double acrossMetres, double angleDeg) {
    static OnWay of(final Actor from, final Actor other, final double t, final double reachMetres) {
        final Pose own = from.motion().at(t);
        final Pose at = other.motion().at(t);
        final Motion.Offset offset = from.motion().offset(t, at.x(), at.y(), reachMetres);
        return new OnWay(
                offset.aheadMetres()
                        - 0.5 * (from.kind().lengthMetres() + other.kind().lengthMetres()),
                Math.abs(offset.rightMetres()),
                angleDeg(own.headingDeg(), at.headingDeg()));
    }

    /** Between two directions, 0 to 180 degrees. */
    static double angleDeg(final double one, final double other) {
        return Math.abs(((one - other) % 360 + 540) % 360 - 180);
    }
}
