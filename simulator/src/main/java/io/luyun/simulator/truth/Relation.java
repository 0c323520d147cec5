package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Scene;

/** How somebody is to somebody else that one is warned of. */
interface Relation {
    /** Whether one is so to the other, by a border. */
    boolean holds(Scene scene, Actor subject, Actor target, double t, Border border);
}
