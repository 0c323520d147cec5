package io.luyun.simulator.score;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SignalAdvice;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Party;
import io.luyun.simulator.stage.Playbill;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Signal;
import io.luyun.simulator.stage.Unit;
import io.luyun.simulator.truth.Advice;
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

    private static final double MILLIS = 1_000;
    private static final double SPEED_STEP_MPS = 0.02;

    /** Who of which scene. */
    private record Part(int tile, Party party) {}

    private final List<Scene> scenes;
    private final List<Identity> identities = new ArrayList<>();
    private final List<Integer> firstDevice = new ArrayList<>();
    private final Map<String, Part> parts = new HashMap<>();

    Cast(final List<Scene> scenes, final long bootEpoch) {
        this.scenes = List.copyOf(scenes);
        for (int tile = 0; tile < scenes.size(); tile++) {
            firstDevice.add(identities.size());
            for (final Actor actor : Playbill.reporters(scenes.get(tile))) {
                add("veh", Role.ROLE_OBU, new Part(tile, actor), bootEpoch);
            }
            for (final Unit unit : scenes.get(tile).scenario().units()) {
                add("rsu", Role.ROLE_RSU, new Part(tile, unit), bootEpoch);
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

    /** Its subject, or null. */
    @Nullable
    Party subject(final Alert alert) {
        return party(alert.getSubject(), tile(alert));
    }

    /** Place of its target among the scene's actors. */
    int target(final Alert alert) {
        if (!alert.hasTarget()) {
            return Warning.NONE;
        }
        final Party party = party(alert.getTarget(), tile(alert));
        return party instanceof final Actor actor ? actor.index() : Warning.UNKNOWN;
    }

    /** Place of the event or sign. */
    static int notice(final Alert alert) {
        final AlertEvent event = alert.getEvent();
        return alert.hasEvent() && !event.getDeviceId().isEmpty() ? event.getId() : Warning.NONE;
    }

    /** What is the matter, for example WEAVING; empty for nothing in particular. */
    static String reason(final Alert alert) {
        final String reason = alert.hasReason() ? alert.getReason().name().substring("ALERT_REASON_".length()) : "";
        final MessageKind about = MessageKind.forNumber(alert.getMessageKind());
        return about == null || !alert.hasMessageKind()
                ? reason
                : reason + " " + about.name().substring("MESSAGE_KIND_".length());
    }

    /** What it says of signals and speeds, or null. */
    static @Nullable Advice advice(final Alert alert) {
        final SignalAdvice signal = alert.getSignal();
        final Signal.Light light = switch (signal.getLight()) {
            case LIGHT_PROTECTED_GREEN -> Signal.Light.GREEN;
            case LIGHT_PERMISSIVE_GREEN -> Signal.Light.PERMISSIVE_GREEN;
            case LIGHT_YELLOW -> Signal.Light.YELLOW;
            case LIGHT_RED -> Signal.Light.RED;
            default -> null;
        };
        return light == null
                ? null
                : new Advice(
                        light,
                        signal.hasLightEndsInMs() ? signal.getLightEndsInMs() / MILLIS : Double.NaN,
                        signal.hasMinSpeed() ? signal.getMinSpeed() * SPEED_STEP_MPS : Double.NaN,
                        signal.hasMaxSpeed() ? signal.getMaxSpeed() * SPEED_STEP_MPS : Double.NaN);
    }

    private @Nullable Party party(final AlertParty told, final int tile) {
        final Part part = part(told);
        if (part == null || part.tile != tile) {
            return null;
        }
        if (parts.containsKey(told.getDeviceId())) {
            return part.party;
        }
        final int actor = told.getPtcId() - Playbill.FIRST_SEEN;
        final List<Actor> actors = scenes.get(tile).actors();
        return actor >= 0 && actor < actors.size() ? actors.get(actor) : null;
    }

    private @Nullable Part part(final AlertParty party) {
        final Part own = parts.get(party.getDeviceId());
        return own == null ? parts.get(party.getSeenBy()) : own;
    }
}
