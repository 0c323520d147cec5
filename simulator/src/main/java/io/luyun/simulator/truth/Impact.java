package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Scene;
import java.util.List;

/** When bodies really touch in a scene in which nobody reacts. What is told of the scene from then on means nothing. */
public final class Impact {
    /** A difference of height with a road in between. */
    static final double OTHER_LEVEL_METRES = 4;

    private static final double STEP_S = 0.05;

    private Impact() {}

    /** Time of the first one, or the end of the scene. */
    public static double endS(final Scene scene) {
        final List<Actor> actors = scene.actors();
        final double seconds = scene.scenario().seconds();
        for (double t = 0; t < seconds; t += STEP_S) {
            for (int i = 1; i < actors.size(); i++) {
                for (int j = 0; j < i; j++) {
                    if (touch(actors.get(i), actors.get(j), t)) {
                        return t;
                    }
                }
            }
        }
        return seconds;
    }

    private static boolean touch(final Actor one, final Actor other, final double t) {
        return sameLevel(one, other) && one.body(t, 0).touches(other.body(t, 0));
    }

    static boolean sameLevel(final Actor one, final Actor other) {
        return Math.abs(one.elevationMetres() - other.elevationMetres()) <= OTHER_LEVEL_METRES;
    }
}
