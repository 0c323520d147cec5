package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Position;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One step of an alert as the page is told it, over HTTP and over the WebSocket: SI units, degrees, times as RFC 3339, ids of 64 bits
 * as decimal strings. What is not known is absent.
 */
public final class AlertJson {
    private static final double DEGREES = 1e-7;
    private static final double SPEED_MPS = 0.02;
    private static final double CENTI = 100;
    private static final double DECI = 10;
    private static final double MILLI = 1_000;
    private static final long NANOS = 1_000_000_000L;

    private AlertJson() {}

    /** The alert as an object. */
    public static ObjectNode of(final Alert alert) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("id", Long.toUnsignedString(alert.getAlertId()));
        json.put("kind", Names.of(alert.getKind()));
        json.put("state", word(alert.getState().name(), "ALERT_STATE_"));
        json.put("severity", word(alert.getSeverity().name(), "SEVERITY_"));
        json.put("at", time(alert.getAtNs()));
        json.put("raisedAt", time(alert.getRaisedAtNs()));
        if (alert.hasClearReason()) {
            json.put("clearReason", word(alert.getClearReason().name(), "CLEAR_REASON_"));
        }
        if (alert.hasSubject()) {
            json.set("subject", party(alert.getSubject()));
        }
        if (alert.hasTarget()) {
            json.set("target", party(alert.getTarget()));
        }
        if (alert.hasEvent()) {
            json.set("event", event(alert.getEvent()));
        }
        if (alert.hasPos()) {
            place(json, alert.getPos());
        }
        figures(json, alert);
        final var causes = json.putArray("causes");
        alert.getCauseSequencesList().forEach(sequence -> causes.add(Long.toUnsignedString(sequence)));
        return json;
    }

    /** A time of a record as RFC 3339. */
    public static String time(final long timeNs) {
        return Instant.ofEpochSecond(Math.floorDiv(timeNs, NANOS), Math.floorMod(timeNs, NANOS))
                .toString();
    }

    /** A node as {@code region:id}, or {@code id} where it is of no region. */
    public static String node(final NodeReference node) {
        return node.hasRegion() ? node.getRegion() + ":" + node.getId() : Integer.toString(node.getId());
    }

    private static void figures(final ObjectNode json, final Alert alert) {
        if (alert.hasTimeToCollisionMs()) {
            json.put("timeToCollisionSeconds", alert.getTimeToCollisionMs() / MILLI);
        }
        if (alert.hasDistanceCm()) {
            json.put("distanceMetres", alert.getDistanceCm() / CENTI);
        }
        if (alert.hasSpeed()) {
            json.put("speedMps", speed(alert.getSpeed()));
        }
        if (alert.hasSpeedLimit()) {
            json.put("speedLimitMps", speed(alert.getSpeedLimit()));
        }
        if (alert.hasNode()) {
            json.put("node", node(alert.getNode()));
        }
        if (alert.hasReason()) {
            json.put("reason", word(alert.getReason().name(), "ALERT_REASON_"));
        }
        if (alert.getPhaseIdsCount() > 0) {
            final var phases = json.putArray("phaseIds");
            alert.getPhaseIdsList().forEach(phases::add);
        }
        if (alert.hasMeasured()) {
            json.put("measured", alert.getMeasured() / CENTI);
        }
        if (alert.hasThreshold()) {
            json.put("threshold", alert.getThreshold() / CENTI);
        }
    }

    private static ObjectNode party(final AlertParty party) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        if (party.hasParticipantId()) {
            json.put("participant", Long.toUnsignedString(party.getParticipantId()));
        }
        if (party.hasDeviceId()) {
            json.put("device", party.getDeviceId());
        }
        if (party.hasSeenBy()) {
            json.put("seenBy", party.getSeenBy());
        }
        if (party.hasId()) {
            json.put("temporaryId", HexFormat.of().formatHex(party.getId().toByteArray()));
        }
        if (party.hasPtcId()) {
            json.put("numberAtUnit", party.getPtcId());
        }
        if (party.hasObstacleType()) {
            json.put("obstacle", word(party.getObstacleType().name(), "OBSTACLE_TYPE_"));
        }
        if (party.hasPos()) {
            place(json, party.getPos());
        }
        return json;
    }

    private static ObjectNode event(final AlertEvent event) {
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("sign", event.getSign());
        if (event.hasDeviceId()) {
            json.put("device", event.getDeviceId());
        }
        if (event.hasId()) {
            json.put("number", event.getId());
        }
        if (event.hasCode()) {
            json.put("code", event.getCode());
        }
        if (event.hasDescription()) {
            json.put("description", event.getDescription());
        }
        if (event.hasPos()) {
            place(json, event.getPos());
        }
        if (event.hasRadius()) {
            json.put("radiusMetres", event.getRadius() / DECI);
        }
        return json;
    }

    private static void place(final ObjectNode json, final Position position) {
        json.put("lat", degrees(position.getLat()));
        json.put("lon", degrees(position.getLon()));
    }

    /** Seven digits, without what binary fractions add to them. */
    private static double degrees(final int e7) {
        return Math.rint(e7 * DEGREES * 1e7) / 1e7;
    }

    private static double speed(final int raw) {
        return Math.rint(raw * SPEED_MPS * CENTI) / CENTI;
    }

    private static String word(final String constant, final String prefix) {
        return constant.startsWith(prefix) ? constant.substring(prefix.length()) : constant;
    }
}
