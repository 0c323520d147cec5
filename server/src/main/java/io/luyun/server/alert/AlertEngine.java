package io.luyun.server.alert;

import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;

/** Runs the rules. */
@SuppressWarnings("UnusedVariable")
public final class AlertEngine {
    private final World world;
    private final AlertConfig config;
    private final AlertListener listener;

    /** Starts without alerts. */
    public AlertEngine(final World world, final AlertConfig config, final AlertListener listener) {
        this.world = world;
        this.config = config;
        this.listener = listener;
    }

    /** A road user moved. */
    public void onMoved(final Participant participant, final long sequence, final long atNs) {}

    /** A road user is gone. */
    public void onGone(final Participant participant, final long atNs) {}

    /** An event is gone. */
    public void onEventGone(final RoadEventState event, final long atNs) {}

    /** Time has passed. */
    public void onTick(final long nowNs) {}

    /** The road is empty. */
    public void clear() {}
}
