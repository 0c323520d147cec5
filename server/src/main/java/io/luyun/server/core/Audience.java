package io.luyun.server.core;

import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Vir;
import io.luyun.server.alert.life.AlertListener;
import io.luyun.server.world.RoadEventState;

/**
 * Who is told of the road: of its alerts, and of records after the road has taken them. What a method is not there for passes
 * unheard. Nothing here changes the road, so alerts are the same whoever listens. Core's thread.
 */
@FunctionalInterface
public interface Audience extends AlertListener {
    /** A record begins to be taken. */
    default void at(final long sequence) {}

    /** A server has started: the road is empty, alerts that stood are forgotten. */
    default void onServerStarted(final ServerStarted started, final long atNs) {}

    /** A MAP has been taken. */
    default void onMap(final MapData map) {}

    /** A VIR has been taken; false when what it asks for is refused. */
    default boolean onVir(final long atNs, final int device, final Vir vir) {
        return true;
    }

    /** Time has passed. */
    default void onTick(final long nowNs) {}

    /** A roadside unit has sent a message that could be read; latitude and longitude in 1e-7 deg where it says where it is, else ABSENT. */
    default void onUnitMessage(final int device, final int latE7, final int lonE7) {}

    /** A device has opened a session. */
    default void onSessionOpened(final SessionOpened opened, final int device) {}

    /** A session has ended. */
    default void onSessionClosed(final long sessionId) {}

    /** A session's subscriptions have changed; false when it is not said how. */
    default boolean onSubscription(final SubscriptionChanged changed) {
        return true;
    }

    /** An operator has acknowledged an alert. */
    default void onAlertAcknowledged(
            final AlertAcknowledgement acknowledgement, final String deviceId, final long atNs) {}

    /** A road user is gone. */
    default void onParticipantGone(final long participantId) {}

    /** An event or sign is there, or has changed. */
    default void onEvent(final RoadEventState event, final long sequence) {}

    /** An event or sign is gone. */
    default void onEventGone(final RoadEventState event) {}

    /** Does what waits and is due; returns how much was done. */
    default int doWork(final long nowNs) {
        return 0;
    }
}
