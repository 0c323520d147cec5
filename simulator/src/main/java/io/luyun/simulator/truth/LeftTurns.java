package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Pose;

/** Who turns left at a junction that somebody comes to from the other side. Pure. */
final class LeftTurns {
    private static final double BEYOND_METRES = 60;
    private static final double TURNS_DEG = 30;
    private static final double FACING_DEG = 135;

    private LeftTurns() {}

    /** Whether the subject turns left across the side the target comes from. */
    static boolean acrossOncoming(final Actor subject, final Actor target) {
        final Actor.Approach own = subject.approach();
        final Actor.Approach other = target.approach();
        if (own == null || other == null) {
            return false;
        }
        final Pose before = at(subject, own.stopMetres());
        final Pose behind = at(subject, own.stopMetres() + BEYOND_METRES);
        final double left = ((before.headingDeg() - behind.headingDeg()) % 360 + 540) % 360 - 180;
        return left > TURNS_DEG
                && OnWay.angleDeg(
                                before.headingDeg(),
                                at(target, other.stopMetres()).headingDeg())
                        > FACING_DEG;
    }

    private static Pose at(final Actor actor, final double alongMetres) {
        return actor.motion().further(0, alongMetres - actor.motion().alongMetres(0));
    }
}
