package io.luyun.server;

import io.luyun.server.evidence.EvidenceConfig;
import io.luyun.server.evidence.EvidenceException;
import io.luyun.server.evidence.EvidenceRoom;
import io.luyun.server.evidence.Place;
import io.luyun.server.evidence.Trigger;
import io.luyun.server.supervise.VehicleEvents;

/** Makes incidents of what happens to test vehicles. Any thread. */
final class VehicleIncidents implements VehicleEvents {
    private final EvidenceConfig.Triggers config;
    private final EvidenceRoom room;

    VehicleIncidents(final EvidenceConfig.Triggers config, final EvidenceRoom room) {
        this.config = config;
        this.room = room;
    }

    @Override
    public void on(final What what, final String device, final long atNs, final int latE7, final int lonE7) {
        final boolean takeover = what == What.TAKEOVER;
        if (takeover ? config.takeovers() : config.failures()) {
            take(new Trigger(
                    takeover ? Trigger.Kind.TAKEOVER : Trigger.Kind.FAILURE,
                    atNs,
                    new Place(latE7, lonE7),
                    new Trigger.Cause(
                            device, 0, "", takeover ? "a person took over" : "the vehicle says that it has failed")));
        }
    }

    /** It is written down before the account says how far it has read, so that a kill in between loses nothing. */
    private void take(final Trigger trigger) {
        try {
            room.freeze(trigger);
        } catch (final EvidenceException e) {
            room.offer(trigger); // which is tried again, and tells of it
        }
    }
}
