package io.luyun.simulator.link;

import io.luyun.proto.v1.AlertAcknowledgementDelivery;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.Notice;
import io.luyun.proto.v1.Update;
import io.luyun.proto.v1.Welcome;

/** What a client tells its owner; called on the client's event loop. */
public interface LinkListener {
    /**
     * A session is open.
     *
     * @param again true when the client had a session before
     */
    default void onOpen(final DeviceClient client, final Welcome welcome, final boolean again) {}

    /** A message was written to the socket for the first time ({@code again} false) or once more. */
    default void onWritten(final DeviceClient client, final long number, final boolean again) {}

    /**
     * A message is safe to the level of the session.
     *
     * @param kind number of its MessageKind
     */
    default void onAcked(
            final DeviceClient client, final long number, final int kind, final long intendedNs, final long nowNs) {}

    /**
     * Something was refused.
     *
     * @param number the message, or 0 when it was not one of the outstanding messages
     */
    default void onRefused(final DeviceClient client, final long number, final io.luyun.proto.v1.Error error) {}

    /** An alert came in at {@code receivedEpochNs}, nanoseconds since 1970 of this host's clock. */
    default void onAlert(final DeviceClient client, final AlertDelivery alert, final long receivedEpochNs) {}

    /** An operator has acknowledged an alert. */
    default void onAlertAcknowledged(final DeviceClient client, final AlertAcknowledgementDelivery acknowledgement) {}

    /** A change of a subscription came in. */
    default void onUpdate(final DeviceClient client, final Update update) {}

    /** The server wants something known. */
    default void onNotice(final DeviceClient client, final Notice notice) {}

    /** A heartbeat came back: the server's clock minus this host's, and the way there and back. */
    default void onClock(final DeviceClient client, final long offsetNs, final long roundTripNs) {}

    /**
     * The connection is gone.
     *
     * @param forGood true when the client will not connect again
     */
    default void onClosed(final DeviceClient client, final String why, final boolean forGood) {}
}
