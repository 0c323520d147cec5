package io.luyun.server.core;

import io.luyun.server.alert.life.AlertEngine;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.WorldListener;
import org.jspecify.annotations.Nullable;

/**
 * Passes on what changes on the road. The world needs it before the others can exist, so it is made first and told of them
 * once. Core's thread.
 */
final class RoadListener implements WorldListener {
    private @Nullable AlertEngine alerts;
    private @Nullable Audience audience;

    /** Says who is told. */
    void tell(final AlertEngine engine, final Audience listeners) {
        alerts = engine;
        audience = listeners;
    }

    @Override
    public void onMoved(final Participant participant, final long sequence, final long atNs) {
        if (alerts != null) {
            alerts.onMoved(participant, sequence, atNs);
        }
    }

    @Override
    public void onGone(final Participant participant, final long atNs) {
        if (alerts != null && audience != null) {
            alerts.onGone(participant, atNs);
            audience.onParticipantGone(participant.id());
        }
    }

    @Override
    public void onSignal(final SignalState signal, final long sequence, final long atNs) {
        if (alerts != null) {
            alerts.onSignal(signal, sequence, atNs);
        }
    }

    @Override
    public void onEvent(final RoadEventState event, final long sequence, final long atNs) {
        if (audience != null) {
            audience.onEvent(event, sequence);
        }
    }

    @Override
    public void onEventGone(final RoadEventState event, final long atNs) {
        if (alerts != null && audience != null) {
            alerts.onEventGone(event, atNs);
            audience.onEventGone(event);
        }
    }
}
