package io.luyun.simulator.score;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Playbill;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Unit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Who plays whom: the devices of the scenes that are played together, and back from an alert to the scene's actors. Immutable. */
final class Cast {
    /** Registry of a server that is played against. */
    static final String REGISTRY = """
            devices:
              - {id: "veh-*", role: OBU}
              - {id: "rsu-*", role: RSU}
              - {id: "observer-*", role: OBSERVER}
            """;

    /** An actor, or a roadside unit with the actor -1. */
    private record Part(int tile, int actor) {}

    private final List<Identity> identities = new ArrayList<>();
    private final List<Integer> firstDevice = new ArrayList<>();
    private final Map<String, Part> parts = new HashMap<>();

    Cast(final List<Scene> scenes, final long bootEpoch) {
        for (int tile = 0; tile < scenes.size(); tile++) {
            firstDevice.add(identities.size());
            for (final Actor actor : Playbill.reporters(scenes.get(tile))) {
                add("veh", Role.ROLE_OBU, new Part(tile, actor.index()), bootEpoch);
            }
            for (final Unit _ : scenes.get(tile).scenario().units()) {
                add("rsu", Role.ROLE_RSU, new Part(tile, -1), bootEpoch);
            }
        }
    }

    private void add(final String prefix, final Role role, final Part part, final long bootEpoch) {
        final String id = String.format(Locale.ROOT, "%s-%05d", prefix, identities.size() + 1);
        identities.add(new Identity(id, role, null, bootEpoch, AckLevel.ACK_LEVEL_RECEIVED));
        parts.put(id, part);
    }

    List<Identity> identities() {
        return identities;
    }

    /** Place among all devices of the first device of a scene. */
    int firstDevice(final int tile) {
        return firstDevice.get(tile);
    }

    /** The scene an alert is about, or -1. */
    int tile(final Alert alert) {
        final Part part = part(alert.getSubject());
        return part == null ? -1 : part.tile;
    }

    /** Place of its subject among the scene's actors. */
    int subject(final Alert alert) {
        return actor(alert.getSubject(), tile(alert));
    }

    /** Place of its target. */
    int target(final Alert alert) {
        return alert.hasTarget() ? actor(alert.getTarget(), tile(alert)) : Warning.NONE;
    }

    /** Place of the event or sign. */
    static int notice(final Alert alert) {
        final AlertEvent event = alert.getEvent();
        return alert.hasEvent() && !event.getDeviceId().isEmpty() ? event.getId() : Warning.NONE;
    }

    /** What is the matter, for example WEAVING; empty for nothing in particular. */
    static String reason(final Alert alert) {
        return alert.hasReason() ? alert.getReason().name().substring("ALERT_REASON_".length()) : "";
    }

    private int actor(final AlertParty party, final int tile) {
        final Part part = part(party);
        if (part == null || part.tile != tile) {
            return Warning.UNKNOWN;
        }
        return part.actor >= 0 ? part.actor : party.getPtcId() - Playbill.FIRST_SEEN;
    }

    private @Nullable Part part(final AlertParty party) {
        final Part own = parts.get(party.getDeviceId());
        return own == null ? parts.get(party.getSeenBy()) : own;
    }
}
