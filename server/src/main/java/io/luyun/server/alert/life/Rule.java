package io.luyun.server.alert.life;

import io.luyun.proto.v1.MapData;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;

/**
 * One application about road users. It is asked about whoever moves and tells the book about its cases; what else it wants to
 * hear it says by the further interfaces here. Driven by the thread that drives the world, allocates nothing while nothing
 * is raised.
 */
@FunctionalInterface
public interface Rule extends Application {
    /** Looks at a motor vehicle that has just moved; its speed and heading are known. */
    void assess(Participant subject, long atNs);

    /** One that also looks from the other side, so that nobody waits for its own next report. */
    interface OfTargets extends Application {
        /** A motor vehicle with a heading has moved, its own cases are done: it may be the target of others. */
        void onMovedTarget(Participant moved, long atNs);
    }

    /** One that keeps something of events and signs. */
    interface OfEvents extends Application {
        /** An event or sign is gone. */
        void onEventGone(RoadEventState event);
    }

    /** One about signals. */
    interface OfSignals extends Application {
        /** A SPAT has told what a node's signals show. */
        void onSignal(SignalState signal, long atNs);
    }

    /** One that rests on the map. */
    interface OfMaps extends Application {
        /** A MAP has been taken; links and movements of the world may have changed. */
        void onMap(MapData map, long atNs);
    }

    /** One about roadside units. */
    interface OfUnits extends Application {
        /**
         * A unit has sent a message of the roadside that could be read.
         *
         * @param unit index of the device
         * @param kind number of MessageKind: RSM, RSI, SPAT, MAP or SSM
         * @param latE7 where it says it is, 1e-7 degrees, or ABSENT
         */
        void onMessage(int unit, int kind, int latE7, int lonE7, long sequence, long atNs);
    }

    /** One that has to notice silence. */
    interface OfTicks extends Application {
        /** Time has passed. */
        void onTick(long nowNs);
    }
}
