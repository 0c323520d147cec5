package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Body;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;

/**
 * Its way crosses that of the one that is warned: both move on at the speed they have, and within the seconds are where the
 * other is no more than the slack before or after. Bodies are larger by the tolerance in metres, or smaller.
 */
final class Crossing implements Relation {
    private static final double STEP_S = 0.2;
    private static final double MIN_DEG = 40;
    private static final double MAX_DEG = 140;
    private static final double ANGLE_TOLERANCE_DEG = 15;

    private final double seconds;
    private final double slackSeconds;
    private final double toleranceShare;
    private final double toleranceMetres;

    Crossing(final Fields fields) {
        seconds = fields.number("seconds", 0.5, 30);
        slackSeconds = fields.number("slackSeconds", 0, 10);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        toleranceMetres = fields.number("toleranceMetres", 0, 10);
    }

    @Override
    public boolean holds(
            final Scene scene, final Actor subject, final Actor target, final double t, final Border border) {
        final int steps = (int) (seconds * border.most(toleranceShare) / STEP_S);
        final int slack = (int) (slackSeconds * border.most(toleranceShare) / STEP_S);
        final Pose[] its = new Pose[steps + 1];
        for (int i = 0; i <= steps; i++) {
            its[i] = target.motion().later(t, i * STEP_S, false);
        }
        for (int i = 0; i <= steps; i++) {
            final Pose own = subject.motion().later(t, i * STEP_S, false);
            for (int j = Math.max(0, i - slack); j <= Math.min(steps, i + slack); j++) {
                if (meet(subject, own, target, its[j], border)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean meet(
            final Actor subject, final Pose own, final Actor target, final Pose other, final Border border) {
        final double angle = OnWay.angleDeg(own.headingDeg(), other.headingDeg());
        final double give = border.give(toleranceMetres);
        return angle > MIN_DEG - border.give(ANGLE_TOLERANCE_DEG)
                && angle < MAX_DEG + border.give(ANGLE_TOLERANCE_DEG)
                && Body.of(own, subject.kind(), give).touches(Body.of(other, target.kind(), give));
    }
}
