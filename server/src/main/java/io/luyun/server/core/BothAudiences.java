package io.luyun.server.core;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Vir;
import io.luyun.server.world.RoadEventState;

/** Two audiences that are told the same, one after the other; whether something is refused the first one says. Core's thread. */
public final class BothAudiences implements Audience {
    private final Audience first;
    private final Audience second;

    public BothAudiences(final Audience first, final Audience second) {
        this.first = first;
        this.second = second;
    }

    @Override
    public void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
        first.onAlert(alert, subjectDevice, causeReceivedAtNs);
        second.onAlert(alert, subjectDevice, causeReceivedAtNs);
    }

    @Override
    public void at(final long sequence) {
        first.at(sequence);
        second.at(sequence);
    }

    @Override
    public void onServerStarted(final ServerStarted started, final long atNs) {
        first.onServerStarted(started, atNs);
        second.onServerStarted(started, atNs);
    }

    @Override
    public void onMap(final MapData map) {
        first.onMap(map);
        second.onMap(map);
    }

    @Override
    public boolean onVir(final long atNs, final int device, final Vir vir) {
        final boolean taken = first.onVir(atNs, device, vir);
        second.onVir(atNs, device, vir);
        return taken;
    }

    @Override
    public void onTick(final long nowNs) {
        first.onTick(nowNs);
        second.onTick(nowNs);
    }

    @Override
    public void onUnitMessage(final int device, final int latE7, final int lonE7) {
        first.onUnitMessage(device, latE7, lonE7);
        second.onUnitMessage(device, latE7, lonE7);
    }

    @Override
    public void onSessionOpened(final SessionOpened opened, final int device) {
        first.onSessionOpened(opened, device);
        second.onSessionOpened(opened, device);
    }

    @Override
    public void onSessionClosed(final long sessionId) {
        first.onSessionClosed(sessionId);
        second.onSessionClosed(sessionId);
    }

    @Override
    public boolean onSubscription(final SubscriptionChanged changed) {
        final boolean taken = first.onSubscription(changed);
        second.onSubscription(changed);
        return taken;
    }

    @Override
    public void onAlertAcknowledged(
            final AlertAcknowledgement acknowledgement, final String deviceId, final long atNs) {
        first.onAlertAcknowledged(acknowledgement, deviceId, atNs);
        second.onAlertAcknowledged(acknowledgement, deviceId, atNs);
    }

    @Override
    public void onParticipantGone(final long participantId) {
        first.onParticipantGone(participantId);
        second.onParticipantGone(participantId);
    }

    @Override
    public void onEvent(final RoadEventState event, final long sequence) {
        first.onEvent(event, sequence);
        second.onEvent(event, sequence);
    }

    @Override
    public void onEventGone(final RoadEventState event) {
        first.onEventGone(event);
        second.onEventGone(event);
    }

    @Override
    public int doWork(final long nowNs) {
        return first.doWork(nowNs) + second.doWork(nowNs);
    }
}
