package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Party;
import io.luyun.simulator.stage.Scene;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gathers the cases of a scene for a meaning, which says of whom and of what there may be one and when it holds. Used by one
 * thread.
 */
final class Cases {
    private static final double STEP_S = 0.1;
    private static final double TINY_S = 1e-9;

    private final Scene scene;
    private final double endS;
    private final List<Case> found = new ArrayList<>();

    /** Whether something has to be warned of; asked for both borders, one time of the scene after the other. */
    interface Holds {
        boolean at(double t, Border border);
    }

    Cases(final Scene scene) {
        this.scene = scene;
        endS = Impact.endS(scene);
    }

    Scene scene() {
        return scene;
    }

    /** Who may be warned. */
    List<Actor> vehicles() {
        return scene.actors().stream().filter(actor -> actor.kind().vehicle()).toList();
    }

    /** Everybody else on the same level. */
    List<Actor> others(final Actor subject) {
        return scene.actors().stream()
                .filter(other -> other.index() != subject.index() && Impact.sameLevel(subject, other))
                .toList();
    }

    /** All other vehicles on the same level. */
    List<Actor> otherVehicles(final Actor subject) {
        return others(subject).stream().filter(other -> other.kind().vehicle()).toList();
    }

    /**
     * Somebody may have to be warned of somebody else.
     *
     * @param holdS how long it has to be due without a break
     */
    void add(final Party subject, final Actor target, final double holdS, final Holds holds) {
        add(subject, target, null, "", holdS, holds);
    }

    /** Of an event or sign. */
    void add(final Party subject, final Notice notice, final double holdS, final Holds holds) {
        add(subject, null, notice, "", holdS, holds);
    }

    /** Of what is the matter with it; an empty reason for whatever. */
    void add(final Party subject, final String reason, final double holdS, final Holds holds) {
        add(subject, null, null, reason, holdS, holds);
    }

    /** Of somebody else, of which one of several things may be the matter. */
    void add(
            final Party subject,
            final @Nullable Actor target,
            final @Nullable Notice notice,
            final String reason,
            final double holdS,
            final Holds holds) {
        double allowedFrom = Double.NaN;
        double allowedTo = Double.NaN;
        double dueFrom = Double.NaN;
        double dueTo = Double.NaN;
        double run = Double.NaN;
        final int steps = (int) Math.floor(endS / STEP_S);
        for (int i = 0; i <= steps; i++) {
            final double t = i * STEP_S;
            final boolean allowed = holds.at(t, Border.WIDE);
            final boolean due = holds.at(t, Border.NARROW) && allowed;
            if (allowed) {
                allowedFrom = Double.isNaN(allowedFrom) ? t : allowedFrom;
                allowedTo = t;
            }
            if (!due) {
                run = Double.NaN;
                continue;
            }
            run = Double.isNaN(run) ? t : run;
            // the first stretch that is long enough, to its end
            if (t - run >= holdS - TINY_S && (Double.isNaN(dueFrom) || dueFrom == run)) {
                dueFrom = run;
                dueTo = t;
            }
        }
        if (!Double.isNaN(allowedFrom)) {
            found.add(new Case(scene, subject, target, notice, reason, allowedFrom, allowedTo, dueFrom, dueTo));
        }
    }

    /** All of them. */
    List<Case> found() {
        return List.copyOf(found);
    }
}
