package io.luyun.server.exchange.place;

import io.luyun.server.research.RoadUserClass;

/** What one step of FCD says of a road user, in the steps of the messages; written over by the next one. One thread. */
final class FcdUser {
    String id = "";
    RoadUserClass type = RoadUserClass.UNKNOWN;
    private final int[] steps = new int[FcdNumber.values().length];

    void put(final FcdNumber of, final int value) {
        steps[of.ordinal()] = value;
    }

    boolean has(final FcdNumber of) {
        return of(of) != FcdNumber.ABSENT;
    }

    int of(final FcdNumber of) {
        return steps[of.ordinal()];
    }
}
