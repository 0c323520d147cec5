package io.luyun.server.alert.life;

import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;

/**
 * One application. It is asked about whoever moves and tells the book about its cases; what else it wants to hear it says by
 * the further interfaces here. Driven by the thread that drives the world, allocates nothing while nothing is raised.
 */
@FunctionalInterface
public interface Rule {
    /** Looks at a motor vehicle that has just moved; its speed and heading are known. */
    void assess(Participant subject, long atNs);

    /** A rule that also looks from the other side, so that nobody waits for its own next report. */
    interface OfTargets {
        /** A motor vehicle with a heading has moved, its own cases are done: it may be the target of others. */
        void onMovedTarget(Participant moved, long atNs);
    }

    /** A rule that keeps something of events and signs. */
    interface OfEvents {
        /** An event or sign is gone. */
        void onEventGone(RoadEventState event);

        /** All are gone. */
        void clear();
    }
}
