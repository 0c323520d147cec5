package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Scene;
import java.util.ArrayList;
import java.util.List;

/** What is the matter with a vehicle alone. */
abstract class Alone implements Meaning {
    @Override
    public final List<Case> cases(final Scene scene) {
        final double endS = Impact.endS(scene);
        final List<Case> cases = new ArrayList<>();
        for (final Actor subject : scene.actors()) {
            if (subject.kind().vehicle()) {
                look(scene, subject, endS, cases);
            }
        }
        return cases;
    }

    /** Adds the cases of a vehicle. */
    abstract void look(Scene scene, Actor subject, double endS, List<Case> cases);

    /** Adds one that is about one thing. */
    static void add(
            final List<Case> cases,
            final double endS,
            final Actor subject,
            final String reason,
            final double holdS,
            final Windows.LevelAt levels) {
        final Case found = Windows.of(endS, subject, null, null, reason, holdS, levels);
        if (found != null) {
            cases.add(found);
        }
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        return Double.NaN;
    }
}
