package io.luyun.proto.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes canonical messages and alerts as roadside units read them. Any thread. */
public final class RoadsideJsonWriter {
    private static final double E7 = 1e7;
    private static final String ABNORMAL_TRAFFIC = "AbnormalTraffic";
    /** The class of event an alert is nearest to. */
    private static final Map<AlertKind, String> CLASSES = Map.of(
            AlertKind.ALERT_KIND_EBW, "AbnormalVehicle",
            AlertKind.ALERT_KIND_SLW, "TrafficSign");

    private final JsonFactory factory = new JsonFactory();

    /** Writes the members of a text. */
    private interface Body {
        void write(JsonGenerator json) throws IOException;
    }

    /** An alert as an event; null when there is no such form. */
    public byte @Nullable [] alert(String content, Alert alert, long nowNs) {
        return switch (content) {
            case "rsi" ->
                text(json -> {
                    json.writeArrayFieldStart("rsiDatas");
                    alertAsRsi(json, alert, nowNs);
                    json.writeEndArray();
                });
            case "events" ->
                text(json -> {
                    json.writeArrayFieldStart("events");
                    alertAsEvent(json, alert, nowNs);
                    json.writeEndArray();
                });
            default -> null;
        };
    }

    /** Events and signs. */
    public byte[] rsi(Rsi rsi, long nowNs) {
        return text(json -> {
            json.writeArrayFieldStart("rsiDatas");
            for (final RoadEvent event : rsi.getEventsList()) {
                event(json, event, nowNs);
            }
            for (final RoadSign sign : rsi.getSignsList()) {
                sign(json, sign, nowNs);
            }
            json.writeEndArray();
        });
    }

    /** Road users. */
    public byte[] rsm(Rsm rsm) {
        return text(json -> {
            place(json, "refPos", rsm.getRefPos());
            json.writeArrayFieldStart("participants");
            for (final RsmParticipant participant : rsm.getParticipantsList()) {
                participant(json, participant);
            }
            json.writeEndArray();
        });
    }

    private static void alertAsRsi(JsonGenerator json, Alert alert, long nowNs) throws IOException {
        json.writeStartObject();
        json.writeStringField("alertID", Long.toUnsignedString(alert.getAlertId()));
        head(json, CLASSES.getOrDefault(alert.getKind(), ABNORMAL_TRAFFIC), nowNs);
        json.writeBooleanField("eventStatus", alert.getState() != AlertState.ALERT_STATE_CLEARED);
        json.writeNumberField("eventType", alert.getEvent().getCode());
        json.writeStringField("eventSource", "detection");
        place(json, "eventPosition", alert.getPos());
        json.writeStringField("eventDescription", name(alert));
        json.writeNumberField("eventPriority", priority(alert));
        json.writeEndObject();
    }

    private static void alertAsEvent(JsonGenerator json, Alert alert, long nowNs) throws IOException {
        json.writeStartObject();
        json.writeStringField("eventId", Long.toUnsignedString(alert.getAlertId()));
        json.writeNumberField("eventType", alert.getEvent().getCode());
        json.writeStringField(
                alert.getState() == AlertState.ALERT_STATE_CLEARED ? "endTime" : "startTime", time(nowNs));
        json.writeNumberField("longitude", alert.getPos().getLon() / E7);
        json.writeNumberField("latitude", alert.getPos().getLat() / E7);
        json.writeStringField("eventDescription", name(alert));
        json.writeNumberField("priority", priority(alert));
        json.writeEndObject();
    }

    private static void event(JsonGenerator json, RoadEvent event, long nowNs) throws IOException {
        json.writeStartObject();
        json.writeStringField("alertID", Integer.toString(event.getEventId()));
        head(json, ABNORMAL_TRAFFIC, nowNs);
        json.writeBooleanField("eventStatus", true);
        json.writeNumberField("eventType", event.getEventType());
        if (event.hasPos()) {
            place(json, "eventPosition", event.getPos());
        }
        if (event.hasRadius()) {
            json.writeNumberField("eventRadius", event.getRadius());
        }
        if (event.hasDescription()) {
            json.writeStringField("eventDescription", event.getDescription());
        }
        if (event.hasPriority()) {
            json.writeNumberField("eventPriority", event.getPriority());
        }
        paths(json, event.getReferencePathsList());
        json.writeEndObject();
    }

    private static void sign(JsonGenerator json, RoadSign sign, long nowNs) throws IOException {
        json.writeStartObject();
        json.writeStringField("alertID", Integer.toString(sign.getSignId()));
        head(json, "TrafficSign", nowNs);
        json.writeBooleanField("eventStatus", true);
        json.writeNumberField("eventType", sign.getSignType());
        if (sign.hasPos()) {
            place(json, "eventPosition", sign.getPos());
        }
        if (sign.hasDescription()) {
            json.writeStringField("eventDescription", sign.getDescription());
        }
        paths(json, sign.getReferencePathsList());
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, String eventClass, long nowNs) throws IOException {
        json.writeNumberField("duration", 0);
        json.writeStringField("timeStamp", time(nowNs));
        json.writeStringField("eventClass", eventClass);
    }

    private static void paths(JsonGenerator json, Iterable<ReferencePath> paths) throws IOException {
        json.writeArrayFieldStart("referencePaths");
        for (final ReferencePath path : paths) {
            json.writeStartObject();
            json.writeArrayFieldStart("activePath");
            for (final Position point : path.getActivePathList()) {
                place(json, point);
            }
            json.writeEndArray();
            json.writeNumberField("pathRadius", path.getPathRadius());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void participant(JsonGenerator json, RsmParticipant participant) throws IOException {
        json.writeStartObject();
        json.writeNumberField("ptcType", participant.getPtcTypeValue());
        json.writeNumberField("ptcId", participant.getPtcId());
        json.writeNumberField("source", participant.getSourceValue());
        if (participant.hasSecMark()) {
            json.writeNumberField("secMark", participant.getSecMark());
        }
        place(json, "pos", participant.getPos());
        if (participant.hasSpeed()) {
            json.writeNumberField("speed", participant.getSpeed());
        }
        if (participant.hasHeading()) {
            json.writeNumberField("heading", participant.getHeading());
        }
        json.writeEndObject();
    }

    private static void place(JsonGenerator json, String name, Position position) throws IOException {
        json.writeFieldName(name);
        place(json, position);
    }

    private static void place(JsonGenerator json, Position position) throws IOException {
        json.writeStartObject();
        json.writeNumberField("lat", position.getLat());
        json.writeNumberField("lon", position.getLon());
        if (position.hasElevation()) {
            json.writeNumberField("ele", position.getElevation());
        }
        json.writeEndObject();
    }

    private static String name(Alert alert) {
        return alert.getKind().name().replace("ALERT_KIND_", "");
    }

    private static int priority(Alert alert) {
        return Math.clamp(2L * alert.getSeverityValue() - 1, 0, 7);
    }

    private static String time(long nowNs) {
        return Instant.ofEpochSecond(0, nowNs).truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private byte[] text(Body body) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = factory.createGenerator(bytes)) {
            json.writeStartObject();
            body.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
