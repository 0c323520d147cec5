package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Scene;
import java.util.List;

/** What an application means: whom it has to warn of what, and when. Pure. */
public interface Meaning {
    /** All cases of a scene; a warning outside of all of them is wrong. */
    List<Case> cases(Scene scene);

    /**
     * How long after a time the thing that a case warns of would happen if nobody did anything.
     *
     * @return seconds; NaN when the application has no such moment, or nothing would happen
     */
    double leadS(Case theCase, double t);
}
