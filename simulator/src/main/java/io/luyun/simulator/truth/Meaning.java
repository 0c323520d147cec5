package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Scene;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an application means: whom it has to warn of what, and when. Pure. */
public abstract class Meaning {
    /** All cases of a scene; a warning outside of all of them is wrong. */
    public final List<Case> cases(final Scene scene) {
        final Cases cases = new Cases(scene);
        look(cases);
        return cases.found();
    }

    /** Says of what there may be a case. */
    abstract void look(Cases cases);

    /**
     * Whether what is said with a warning is right as well.
     *
     * @param t when it is said
     */
    public boolean suits(final Case theCase, final double t, final @Nullable Advice advice) {
        return true;
    }

    /**
     * How long after a time the thing that a case warns of would happen if nobody did anything.
     *
     * @return seconds; NaN when the application has no such moment, or nothing would happen
     */
    public double leadS(final Case theCase, final double t) {
        return Double.NaN;
    }
}
