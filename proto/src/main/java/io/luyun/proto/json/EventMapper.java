package io.luyun.proto.json;

import io.luyun.proto.v1.EventSource;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.TimeSpan;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events and signs: those of T/ITS 0180.1 in degrees, those of T/ITS 0117 and OpenV2X in the standard's steps. */
final class EventMapper {
    /** Members of T/ITS 0180.1 table 18 and of the T/ITS 0117 alert that no canonical field holds. */
    private static final Set<String> WITHOUT_PLACE = Set.of(
            "sourceType",
            "crossId",
            "crossName",
            "linkId",
            "linkName",
            "laneId",
            "speed",
            "heading",
            "duration",
            "timeStamp",
            "timestamp",
            "eventClass",
            "eventStatus",
            "ack",
            "seqNum");

    private static final int IDS = 256;
    private static final int MINUTES_A_DAY = 1_440;

    private final Places places;

    EventMapper(Places places) {
        this.places = places;
    }

    RoadEvent metric(Members from, Notes notes) throws FaultException {
        final RoadEvent.Builder to = RoadEvent.newBuilder()
                .setEventId(id(from.text("eventId")))
                .setEventType(Unit.NUMBER.convert(from.path("eventType"), from.required("eventType")))
                .setPos(places.read(from, true, "latitude", "longitude", "elevation"));
        common(from, to, "priority", "eventDescription");
        times(from, to);
        from.known(WITHOUT_PLACE);
        notes.addAll(from.unknown());
        return to.build();
    }

    RoadEvent steps(Members from, Notes notes) throws FaultException {
        final RoadEvent.Builder to = RoadEvent.newBuilder()
                .setEventId(id(from.text("alertID", "alertId", "rteId")))
                .setEventType(Unit.NUMBER.convert(from.path("eventType"), from.required("eventType")));
        final List<Object> positions = from.list("eventPosition", "eventPos");
        if (!positions.isEmpty()) {
            to.setPos(place(from.path("eventPosition"), positions.getFirst()));
        }
        final Integer radius = ParticipantMapper.number(from, Unit.NUMBER, "eventRadius");
        if (radius != null) {
            to.setRadius(radius);
        }
        source(from, to, notes);
        common(from, to, "eventPriority", "eventDescription");
        for (final Object path : from.list("referencePaths")) {
            to.addReferencePaths(path(from.path("referencePaths"), path));
        }
        from.known(WITHOUT_PLACE);
        notes.addAll(from.unknown());
        return to.build();
    }

    RoadSign sign(Members from, Notes notes) throws FaultException {
        final RoadEvent event = steps(from, notes);
        final RoadSign.Builder sign =
                RoadSign.newBuilder().setSignId(event.getEventId()).setSignType(event.getEventType());
        if (event.hasPos()) {
            sign.setPos(event.getPos());
        }
        if (event.hasDescription()) {
            sign.setDescription(event.getDescription());
        }
        if (event.hasPriority()) {
            sign.setPriority(event.getPriority());
        }
        return sign.addAllReferencePaths(event.getReferencePathsList()).build();
    }

    private void common(Members from, RoadEvent.Builder to, String priorityName, String descriptionName)
            throws FaultException {
        final Integer priority = ParticipantMapper.number(from, Unit.NUMBER, priorityName);
        if (priority != null) {
            to.setPriority(priority);
        }
        final Integer confidence = ParticipantMapper.number(from, Unit.CONFIDENCE, "eventConfidence");
        if (confidence != null) {
            to.setConfidence(confidence);
        }
        final String description = from.text(descriptionName, "description");
        if (description != null && !description.isEmpty()) {
            to.setDescription(description);
        }
    }

    private static void times(Members from, RoadEvent.Builder to) throws FaultException {
        final Instant start = from.time("startTime");
        final Instant end = from.time("endTime");
        if (start != null || end != null) {
            final TimeSpan.Builder span = TimeSpan.newBuilder();
            if (start != null) {
                span.setStartTime(minuteOfYear(start));
            }
            if (end != null) {
                span.setEndTime(minuteOfYear(end));
            }
            to.setTimeSpan(span);
        }
    }

    private static void source(Members from, RoadEvent.Builder to, Notes notes) {
        final String source = from.text("eventSource");
        if (source == null) {
            return;
        }
        for (final EventSource known : EventSource.values()) {
            if (known != EventSource.UNRECOGNIZED
                    && (known.name().equals("EVENT_SOURCE_" + source.toUpperCase(Locale.ROOT))
                            || String.valueOf(known.getNumber()).equals(source))) {
                to.setEventSource(known);
                return;
            }
        }
        notes.add("eventSource " + source);
    }

    private ReferencePath path(String at, Object value) throws FaultException {
        final Members from = Members.of(at, value);
        final ReferencePath.Builder path = ReferencePath.newBuilder();
        for (final Object point : from.list("activePath", "active_path")) {
            path.addActivePath(place(from.path("activePath"), point));
        }
        final Integer radius = ParticipantMapper.number(from, Unit.NUMBER, "pathRadius", "path_radius");
        return path.setPathRadius(radius == null ? 0 : radius).build();
    }

    private Position place(String at, Object value) throws FaultException {
        return places.read(Members.of(at, value), false, "lat", "lon", "ele", "elevation");
    }

    /** The 256 numbers of a unit get reused; an id that is not one of them is folded. */
    private static int id(@Nullable String text) {
        if (text == null) {
            return 0;
        }
        try {
            return (int) Math.floorMod(Long.parseLong(text), (long) IDS);
        } catch (NumberFormatException e) {
            return Math.floorMod(text.hashCode(), IDS);
        }
    }

    private static int minuteOfYear(Instant time) {
        final ZonedDateTime utc = time.atZone(ZoneOffset.UTC);
        return (utc.getDayOfYear() - 1) * MINUTES_A_DAY + utc.getHour() * 60 + utc.getMinute();
    }
}
