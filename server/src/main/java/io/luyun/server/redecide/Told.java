package io.luyun.server.redecide;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.alert.life.Order;

/** What a core tells, in the order in which it does. */
sealed interface Told {
    /** Where it stands among what the other cores tell. */
    Order order();

    /** A step of an alert. */
    record Step(Order order, Alert alert) implements Told {}

    /**
     * A server has started: the road is empty.
     *
     * @param lastNs time of the record before; MIN_VALUE when it is the first one
     */
    record Started(Order order, ServerStarted started, long atNs, long lastNs) implements Told {}
}
