package io.luyun.server.core;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Vir;
import io.luyun.server.alert.life.AlertListener;
import io.luyun.server.fanout.FanOut;
import io.luyun.server.monitor.Counters;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;

/** The audience of a live server: sessions, what they have subscribed to, and who asks to be told what others see. Core's thread. */
public final class Subscribers implements Audience {
    private final RoadView view;
    private final FanOut fanOut;
    private final AlertListener alerts;
    private final SensorSharing sharing;

    /**
     * Nobody is there yet.
     *
     * @param view the world's view that the fan-out pulls
     * @param alerts where alerts go, the fan-out among others
     */
    public Subscribers(
            final World world,
            final RoadView view,
            final FanOut fanOut,
            final AlertListener alerts,
            final Counters counters) {
        this.view = view;
        this.fanOut = fanOut;
        this.alerts = alerts;
        sharing = new SensorSharing(world, fanOut, counters);
    }

    @Override
    public void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
        alerts.onAlert(alert, subjectDevice, causeReceivedAtNs);
    }

    @Override
    public void at(final long sequence) {
        view.at(sequence);
    }

    @Override
    public void onServerStarted(final ServerStarted started, final long atNs) {
        fanOut.clear();
        view.clear();
        sharing.clear();
    }

    @Override
    public void onMap(final MapData map) {
        view.onMap(map);
    }

    @Override
    public boolean onVir(final long atNs, final int device, final Vir vir) {
        return sharing.onVir(atNs, device, vir);
    }

    @Override
    public void onTick(final long nowNs) {
        sharing.onTick(nowNs);
    }

    @Override
    public void onSessionOpened(final SessionOpened opened, final int device) {
        if (!opened.getBeside()) {
            fanOut.onSessionOpened(opened.getSessionId(), device);
        }
    }

    @Override
    public void onSessionClosed(final long sessionId) {
        fanOut.onSessionClosed(sessionId);
    }

    @Override
    public boolean onSubscription(final SubscriptionChanged changed) {
        switch (changed.getChangeCase()) {
            case SUBSCRIBE -> fanOut.onSubscribe(changed.getSessionId(), changed.getSubscribe());
            case UNSUBSCRIBE ->
                fanOut.onUnsubscribe(
                        changed.getSessionId(), changed.getUnsubscribe().getSubscriptionId());
            case CHANGE_NOT_SET -> {
                return false;
            }
        }
        return true;
    }

    @Override
    public void onAlertAcknowledged(
            final AlertAcknowledgement acknowledgement, final String deviceId, final long atNs) {
        fanOut.onAlertAcknowledged(acknowledgement, deviceId, atNs);
    }

    @Override
    public void onParticipantGone(final long participantId) {
        fanOut.onParticipantGone(participantId);
    }

    @Override
    public void onEvent(final RoadEventState event, final long sequence) {
        view.onEvent(event, sequence);
    }

    @Override
    public void onEventGone(final RoadEventState event) {
        view.onEventGone(event);
        fanOut.onEventGone(event.id());
    }

    @Override
    public int doWork(final long nowNs) {
        return fanOut.doWork(nowNs);
    }
}
