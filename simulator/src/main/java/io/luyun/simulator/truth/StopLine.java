package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Signal;
import org.jspecify.annotations.Nullable;

/** The stop line on an actor's way and the light that governs it there. Pure. */
record StopLine(Actor actor, Actor.Approach approach, Signal signal) {
    /** Lights that change so soon before or after may be seen either way. */
    static final double LIGHT_TOLERANCE_S = 1;

    private static final double LEAST_METRES = 0.5;

    /** That of an actor, or null where nobody tells of a light on its way. */
    static @Nullable StopLine of(final Scene scene, final Actor actor) {
        final Actor.Approach approach = actor.approach();
        final Signal signal = approach == null ? null : scene.signal(approach.phase());
        return approach == null || signal == null ? null : new StopLine(actor, approach, signal);
    }

    /** From the front bumper to the line, negative beyond it. */
    double metres(final double t) {
        return metres(actor, approach, t);
    }

    /** The same of any actor. */
    static double metres(final Actor actor, final Actor.Approach approach, final double t) {
        return approach.stopMetres()
                - actor.motion().alongMetres(t)
                - actor.kind().lengthMetres() / 2;
    }

    /** Until it is there at its speed. */
    double seconds(final double t) {
        return Reach.seconds(metres(t), actor.motion().at(t).speedMps());
    }

    /** The deceleration with which it stops so far behind the line. */
    double neededMps2(final double t, final double beyondMetres) {
        final double mps = actor.motion().at(t).speedMps();
        return mps * mps / (2 * Math.max(LEAST_METRES, metres(t) + beyondMetres));
    }

    /** Whether its light is red when it is there: at any time around that by the wide border, all the time by the narrow one. */
    boolean red(final double t, final Border border) {
        final double arrivesS = t + seconds(t);
        final boolean before = red(arrivesS - LIGHT_TOLERANCE_S);
        final boolean then = red(arrivesS);
        final boolean after = red(arrivesS + LIGHT_TOLERANCE_S);
        return border == Border.WIDE ? before || then || after : before && then && after;
    }

    private boolean red(final double s) {
        return signal.at(s) == Signal.Light.RED;
    }
}
