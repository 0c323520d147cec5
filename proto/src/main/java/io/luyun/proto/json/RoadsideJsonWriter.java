package io.luyun.proto.json;

import com.fasterxml.jackson.core.JsonGenerator;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes canonical messages and alerts as roadside units read them. Any thread. */
public final class RoadsideJsonWriter {
    private static final double E7 = 1e7;
    private static final String ABNORMAL_TRAFFIC = "AbnormalTraffic";

    /**
     * An alert as an event; null when there is no such form.
     *
     * @param content rsi or events
     * @param id number of the alert
     * @param over whether the event has ended
     */
    public byte @Nullable [] alert(
            String content, String id, String eventClass, boolean over, RoadEvent event, long nowNs) {
        return switch (content) {
            case "rsi" ->
                JsonText.text(json -> {
                    json.writeArrayFieldStart("rsiDatas");
                    event(json, id, eventClass, !over, event, nowNs);
                    json.writeEndArray();
                });
            case "events" ->
                JsonText.text(json -> {
                    json.writeArrayFieldStart("events");
                    metric(json, id, over, event, nowNs);
                    json.writeEndArray();
                });
            default -> null;
        };
    }

    /** Events and signs. */
    public byte[] rsi(Rsi rsi, long nowNs) {
        return JsonText.text(json -> {
            json.writeArrayFieldStart("rsiDatas");
            for (final RoadEvent event : rsi.getEventsList()) {
                event(json, Integer.toString(event.getEventId()), ABNORMAL_TRAFFIC, true, event, nowNs);
            }
            for (final RoadSign sign : rsi.getSignsList()) {
                sign(json, sign, nowNs);
            }
            json.writeEndArray();
        });
    }

    /** A crossing and who is there. */
    public byte[] crossing(CrossingState crossing) {
        return JsonText.text(json -> members(json, crossing));
    }

    /** Crossings. */
    public byte[] crossings(List<CrossingState> crossings) {
        return JsonText.text(json -> {
            json.writeArrayFieldStart("crossings");
            for (final CrossingState crossing : crossings) {
                json.writeStartObject();
                members(json, crossing);
                json.writeEndObject();
            }
            json.writeEndArray();
        });
    }

    private static void members(JsonGenerator json, CrossingState crossing) throws IOException {
        json.writeStringField("name", crossing.getName());
        JsonText.place(json, "pos", crossing.getPos());
        json.writeBooleanField("smart", crossing.getSmart());
        json.writeNumberField("waiting", crossing.getWaiting());
        json.writeNumberField("requests", crossing.getRequests());
        json.writeNumberField("crossing", crossing.getCrossing());
        json.writeNumberField("approaching", crossing.getApproaching());
        if (crossing.hasArrivalMs()) {
            json.writeNumberField("arrivalMs", crossing.getArrivalMs());
            json.writeNumberField("arrivalCm", crossing.getArrivalCm());
            if (crossing.hasArrivalDeviceId()) {
                json.writeStringField("arrivalDevice", crossing.getArrivalDeviceId());
            }
        }
        if (crossing.hasLight()) {
            json.writeNumberField("light", crossing.getLightValue());
            if (crossing.hasLightEndsMs()) {
                json.writeNumberField("lightEndsMs", crossing.getLightEndsMs());
            }
        }
        json.writeStringField("time", JsonText.time(crossing.getAtNs()));
    }

    /** Road users. */
    public byte[] rsm(Rsm rsm) {
        return JsonText.text(json -> {
            JsonText.place(json, "refPos", rsm.getRefPos());
            json.writeArrayFieldStart("participants");
            for (final RsmParticipant participant : rsm.getParticipantsList()) {
                participant(json, participant);
            }
            json.writeEndArray();
        });
    }

    /** In degrees and metres. */
    private static void metric(JsonGenerator json, String id, boolean over, RoadEvent event, long nowNs)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("eventId", id);
        json.writeNumberField("eventType", event.getEventType());
        json.writeStringField(over ? "endTime" : "startTime", JsonText.time(nowNs));
        json.writeNumberField("longitude", event.getPos().getLon() / E7);
        json.writeNumberField("latitude", event.getPos().getLat() / E7);
        json.writeStringField("eventDescription", event.getDescription());
        json.writeNumberField("priority", event.getPriority());
        json.writeEndObject();
    }

    /** In the standard's steps. */
    private static void event(
            JsonGenerator json, String id, String eventClass, boolean status, RoadEvent event, long nowNs)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("alertID", id);
        head(json, eventClass, nowNs);
        json.writeBooleanField("eventStatus", status);
        json.writeNumberField("eventType", event.getEventType());
        if (event.hasEventSource()) {
            json.writeStringField(
                    "eventSource",
                    event.getEventSource().name().replace("EVENT_SOURCE_", "").toLowerCase(Locale.ROOT));
        }
        if (event.hasPos()) {
            JsonText.place(json, "eventPosition", event.getPos());
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
            JsonText.place(json, "eventPosition", sign.getPos());
        }
        if (sign.hasDescription()) {
            json.writeStringField("eventDescription", sign.getDescription());
        }
        paths(json, sign.getReferencePathsList());
        json.writeEndObject();
    }

    private static void head(JsonGenerator json, String eventClass, long nowNs) throws IOException {
        json.writeNumberField("duration", 0);
        json.writeStringField("timeStamp", JsonText.time(nowNs));
        json.writeStringField("eventClass", eventClass);
    }

    private static void paths(JsonGenerator json, Iterable<ReferencePath> paths) throws IOException {
        json.writeArrayFieldStart("referencePaths");
        for (final ReferencePath path : paths) {
            json.writeStartObject();
            json.writeArrayFieldStart("activePath");
            for (final Position point : path.getActivePathList()) {
                JsonText.place(json, point);
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
        JsonText.place(json, "pos", participant.getPos());
        if (participant.hasSpeed()) {
            json.writeNumberField("speed", participant.getSpeed());
        }
        if (participant.hasHeading()) {
            json.writeNumberField("heading", participant.getHeading());
        }
        json.writeEndObject();
    }
}
