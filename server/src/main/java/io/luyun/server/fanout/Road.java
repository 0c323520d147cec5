package io.luyun.server.fanout;

import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.EventState;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LinkTraffic;
import io.luyun.proto.v1.ParticipantState;

/** The road as the fan-out pulls it. Called on the core's thread. */
public interface Road {
    /** Coordinate of a thing that has no place; only subscriptions without an area carry it. */
    int NOWHERE = Integer.MIN_VALUE;

    /**
     * Reports everything that changed after a journal sequence, or everything there is for 0.
     *
     * @return the journal sequence up to which the report holds
     */
    long changes(long afterSequence, Sink sink);

    /** Takes the report; positions in 1e-7 degrees. */
    interface Sink {
        void participant(long id, int latE7, int lonE7, ParticipantState state);

        void signal(long id, int latE7, int lonE7, IntersectionState state);

        void event(long id, int latE7, int lonE7, EventState state);

        void crossing(long id, int latE7, int lonE7, CrossingState state);

        void stop(long id, int latE7, int lonE7, BusStopState state);

        void traffic(long id, int latE7, int lonE7, LinkTraffic state);
    }
}
