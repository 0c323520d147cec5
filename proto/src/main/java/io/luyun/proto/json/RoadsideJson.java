package io.luyun.proto.json;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns JSON of roadside units into canonical messages. Ranges of the schema are not checked here. Any thread. */
public final class RoadsideJson {
    private static final int COUNTS = 128;
    private static final int PARTICIPANTS_MAX = 16;
    private static final int EVENTS_MAX = 8;
    private static final String SIGN = "TrafficSign";

    private final Places places;
    private final ParticipantMapper participants;
    private final EventMapper events;
    private final List<String> senderMembers;

    /** A mapper of texts that do not name their sender. */
    public RoadsideJson(@Nullable Bounds zone) {
        this(zone, List.of());
    }

    /**
     * A mapper.
     *
     * @param zone where positions should lie; null where that is not known
     * @param senderMembers members in which a text may name its sender
     */
    public RoadsideJson(@Nullable Bounds zone, List<String> senderMembers) {
        this.senderMembers = List.copyOf(senderMembers);
        places = new Places(zone);
        participants = new ParticipantMapper(places);
        events = new EventMapper(places);
    }

    /**
     * Maps one text.
     *
     * @param content participants, events, lamps, spat, rsi or rsm; anything else must be JSON and is to be kept raw
     * @param unitId eight octets that stand for the unit
     */
    public Mapped map(String content, byte[] text, byte[] unitId) {
        boolean ack = false;
        long sequence = 0;
        final List<String> senders = new ArrayList<>();
        try {
            final Object root = JsonTree.read(text);
            if (root instanceof Map<?, ?>) {
                final Members head = Members.of("", root);
                ack = head.flag("ack");
                final Object number = head.get("seqNum");
                sequence = number instanceof Number said ? said.longValue() : 0;
                for (final String member : senderMembers) {
                    final String sender = head.text(member);
                    if (sender != null) {
                        senders.add(sender);
                    }
                }
            }
            final Notes notes = new Notes();
            final List<Mapped.Fault> refused = new ArrayList<>();
            final int count = Math.floorMod(sequence, COUNTS);
            final List<Mapped.Message> messages = switch (content) {
                case "participants" -> participants(root, notes, refused, count, unitId);
                case "rsm" -> rsm(root, notes, refused, count, unitId);
                case "events" -> events(root, notes, refused, count, unitId);
                case "rsi" -> rsi(root, notes, refused, count, unitId);
                case "lamps" -> lamps(root, notes, refused);
                case "spat" -> spats(root, notes, refused, count);
                default -> List.of();
            };
            if (messages.isEmpty() && !refused.isEmpty()) {
                return new Mapped(
                        List.of(),
                        refused.getFirst(),
                        refused.subList(1, refused.size()),
                        null,
                        senders,
                        ack,
                        sequence);
            }
            final String reason = notes.text() == null && messages.isEmpty() ? "no canonical form" : notes.text();
            return new Mapped(messages, null, refused, reason, senders, ack, sequence);
        } catch (FaultException e) {
            return new Mapped(List.of(), e.fault(), List.of(), null, senders, ack, sequence);
        }
    }

    /** Maps an element. */
    private interface Element<T> {
        T map(Object from, int index) throws FaultException;
    }

    /** Maps the elements one by one, so that one that is wrong is left out and the others are not. */
    private static <T> List<T> each(List<?> elements, List<Mapped.Fault> refused, Element<T> mapper) {
        final List<T> mapped = new ArrayList<>();
        for (int i = 0; i < elements.size(); i++) {
            try {
                mapped.add(mapper.map(elements.get(i), i));
            } catch (FaultException e) {
                refused.add(e.fault());
            }
        }
        return mapped;
    }

    private List<Mapped.Message> participants(
            Object root, Notes notes, List<Mapped.Fault> refused, int count, byte[] unitId) throws FaultException {
        final List<RsmParticipant> seen = each(
                elements(root, notes, "participants", "participantList", "ptcList", "data"),
                refused,
                (one, i) -> participants.metric(Members.of("participants[" + i + "]", one), notes));
        return seen.isEmpty() ? List.of() : inChunks(seen, seen.getFirst().getPos(), count, unitId);
    }

    private List<Mapped.Message> rsm(Object root, Notes notes, List<Mapped.Fault> refused, int count, byte[] unitId)
            throws FaultException {
        final List<Mapped.Message> messages = new ArrayList<>();
        for (final Object one : elements(root, notes, "rsms", "content")) {
            final Members from = Members.of("rsm", one);
            final List<RsmParticipant> seen = each(
                    from.list("participants"),
                    refused,
                    (participant, i) -> participants.steps(Members.of("participants[" + i + "]", participant), notes));
            final Object refPos = from.get("refPos");
            from.known(Set.of("ack", "seqNum", "id", "msgCnt", "timestamp", "timeStamp"));
            notes.addAll(from.unknown());
            if (!seen.isEmpty()) {
                final Position at = refPos == null
                        ? seen.getFirst().getPos()
                        : places.read(Members.of("refPos", refPos), false, "lat", "lon", "ele", "elevation");
                messages.addAll(inChunks(seen, at, count, unitId));
            }
        }
        return messages;
    }

    private List<Mapped.Message> events(Object root, Notes notes, List<Mapped.Fault> refused, int count, byte[] unitId)
            throws FaultException {
        final List<RoadEvent> found = each(
                elements(root, notes, "events", "eventList", "data"),
                refused,
                (one, i) -> events.metric(Members.of("events[" + i + "]", one), notes));
        return rsis(found, List.of(), count, unitId);
    }

    private List<Mapped.Message> rsi(Object root, Notes notes, List<Mapped.Fault> refused, int count, byte[] unitId)
            throws FaultException {
        final List<RoadEvent> found = new ArrayList<>();
        final List<RoadSign> signs = new ArrayList<>();
        each(elements(root, notes, "rsiDatas", "rsis", "rsi"), refused, (one, i) -> {
            final Members from = Members.of("rsi[" + i + "]", one);
            if (Boolean.FALSE.equals(from.get("eventStatus"))) {
                // that an event has ended is no message of the standard; it runs out when it is no longer sent
                notes.add("eventStatus false");
                return false;
            }
            return SIGN.equals(from.get("eventClass"))
                    ? signs.add(events.sign(from, notes))
                    : found.add(events.steps(from, notes));
        });
        return rsis(found, signs, count, unitId);
    }

    private static List<Mapped.Message> lamps(Object root, Notes notes, List<Mapped.Fault> refused) {
        final List<Mapped.Message> messages = new ArrayList<>();
        final List<?> crossings = root instanceof List<?> list ? list : List.of(root);
        for (final List<Spat> spats :
                each(crossings, refused, (one, _) -> LampMapper.map(Members.of("", one), notes))) {
            spats.forEach(spat -> messages.add(message(MessageKind.MESSAGE_KIND_SPAT, spat)));
        }
        return messages;
    }

    /** One message for each intersection; lamps of T/ITS 0180.1 come on these topics, too. */
    private static List<Mapped.Message> spats(Object root, Notes notes, List<Mapped.Fault> refused, int count)
            throws FaultException {
        final Members head = Members.of("", root);
        if (head.get("lampRealInfos") != null) {
            return lamps(root, notes, refused);
        }
        final String name = head.text("name");
        head.known(Set.of("ack", "seqNum", "msgCnt", "timeStamp", "time_stamp", "rsuId", "rsuEsn"));
        final List<Spat> spats = each(
                head.list("intersections"),
                refused,
                (one, i) -> SpatMapper.map(Members.of("intersections[" + i + "]", one), name, count, notes));
        notes.addAll(head.unknown());
        return spats.stream()
                .map(spat -> message(MessageKind.MESSAGE_KIND_SPAT, spat))
                .toList();
    }

    private static List<Mapped.Message> inChunks(List<RsmParticipant> seen, Position refPos, int count, byte[] unitId) {
        final List<Mapped.Message> messages = new ArrayList<>();
        for (int i = 0; i < seen.size(); i += PARTICIPANTS_MAX) {
            messages.add(message(
                    MessageKind.MESSAGE_KIND_RSM,
                    Rsm.newBuilder()
                            .setMsgCnt(count)
                            .setId(ByteString.copyFrom(unitId))
                            .setRefPos(refPos)
                            .addAllParticipants(seen.subList(i, Math.min(seen.size(), i + PARTICIPANTS_MAX)))
                            .build()));
        }
        return messages;
    }

    private static List<Mapped.Message> rsis(List<RoadEvent> found, List<RoadSign> signs, int count, byte[] unitId) {
        final List<Mapped.Message> messages = new ArrayList<>();
        for (int i = 0; i < Math.max(found.size(), signs.size()); i += EVENTS_MAX) {
            final Rsi.Builder rsi = Rsi.newBuilder().setMsgCnt(count).setId(ByteString.copyFrom(unitId));
            rsi.addAllEvents(found.subList(Math.min(i, found.size()), Math.min(found.size(), i + EVENTS_MAX)));
            rsi.addAllSigns(signs.subList(Math.min(i, signs.size()), Math.min(signs.size(), i + EVENTS_MAX)));
            rsi.setRefPos(refPos(rsi));
            messages.add(message(MessageKind.MESSAGE_KIND_RSI, rsi.build()));
        }
        return messages;
    }

    private static Position refPos(Rsi.Builder rsi) {
        if (rsi.getEventsCount() > 0) {
            final RoadEvent event = rsi.getEvents(0);
            return event.hasPos()
                            || event.getReferencePathsCount() == 0
                            || event.getReferencePaths(0).getActivePathCount() == 0
                    ? event.getPos()
                    : event.getReferencePaths(0).getActivePath(0);
        }
        return rsi.getSigns(0).getPos();
    }

    private static Mapped.Message message(MessageKind kind, MessageLite message) {
        return new Mapped.Message(kind.getNumber(), message.toByteArray());
    }

    /** The elements of an array, of the array in one of these members, or the object itself. */
    private static List<?> elements(Object root, Notes notes, String... names) throws FaultException {
        if (root instanceof List<?> list) {
            return list;
        }
        final Members head = Members.of("", root);
        final List<Object> inside = head.list(names);
        if (inside.isEmpty()) {
            return List.of(root);
        }
        head.known(Set.of(
                "ack", "seqNum", "timeStamp", "timestamp", "rscuId", "rscuSn", "rsuId", "rsuEsn", "rsiSourceType"));
        notes.addAll(head.unknown());
        return inside;
    }
}
