package io.luyun.server.privacy;

import static io.luyun.server.privacy.Treatment.AGENT;
import static io.luyun.server.privacy.Treatment.ALERT;
import static io.luyun.server.privacy.Treatment.DEVICE;
import static io.luyun.server.privacy.Treatment.EPOCH;
import static io.luyun.server.privacy.Treatment.KEEP;
import static io.luyun.server.privacy.Treatment.MILLI_OF_MINUTE;
import static io.luyun.server.privacy.Treatment.MINUTE_OF_HOUR;
import static io.luyun.server.privacy.Treatment.MINUTE_OF_YEAR;
import static io.luyun.server.privacy.Treatment.NEARNESS;
import static io.luyun.server.privacy.Treatment.OTHERS_ID;
import static io.luyun.server.privacy.Treatment.OWN_ID;
import static io.luyun.server.privacy.Treatment.PARTICIPANT;
import static io.luyun.server.privacy.Treatment.PLATE;
import static io.luyun.server.privacy.Treatment.PLATOON;
import static io.luyun.server.privacy.Treatment.POSITION;
import static io.luyun.server.privacy.Treatment.RAW;
import static io.luyun.server.privacy.Treatment.SEEN;
import static io.luyun.server.privacy.Treatment.SESSION;
import static io.luyun.server.privacy.Treatment.TENTH_OF_HOUR;
import static io.luyun.server.privacy.Treatment.TEXT;
import static io.luyun.server.privacy.Treatment.TIME_NS;
import static io.luyun.server.privacy.Treatment.VIN;
import static io.luyun.server.privacy.Treatment.ZONE;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rule;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is decided about the fields of the schema: by the name of the field, else by its name in the standard, else by its form. Fields
 * that could name somebody, and of which nothing is decided, have none: {@link #of} answers null.
 */
final class FieldTable {
    private static final Pattern ID_NAME = Pattern.compile("(^|_)(id|ids|pid|vid|veh|rsu|epoch)(_|$)");
    private static final Pattern PLATE_NAME = Pattern.compile("(^|_)(plate|licen[cs]e|licen[cs]e_plate|plate_no)(_|$)");
    private static final Pattern VIN_NAME = Pattern.compile("(^|_)vin(_|$)");

    /** Of bytes alone: {@code ParkingLotInfo.id} has the same name in the standard and is a number. */
    private static final Map<String, Treatment> OCTETS_BY_STANDARD = Map.of(
            "id", OWN_ID,
            "vehId", OTHERS_ID,
            "vid", OTHERS_ID,
            "targetVeh", OTHERS_ID,
            "targetRSU", OWN_ID,
            "targetId", OWN_ID,
            "pid", PLATOON,
            "userData", RAW,
            "RTCM-Payload", RAW);

    /** Numbers of roads, lanes, signals, events and requests name no road user. */
    private static final Map<String, Treatment> BY_STANDARD = entries(
            Map.of(
                    "Description", TEXT,
                    "DescriptiveName", TEXT,
                    "ptcId", SEEN,
                    "obsId", SEEN,
                    "DSecond", MILLI_OF_MINUTE,
                    "DMinute", MINUTE_OF_HOUR,
                    "MinuteOfTheYear", MINUTE_OF_YEAR),
            "NodeID",
            "RoadRegulatorID",
            "LaneID",
            "LaneRefID",
            "SectionId",
            "PhaseID",
            "rteId",
            "rtsId",
            "reqID",
            "slotID",
            "PAMNodeID",
            "driveID",
            "StationOrGantryId",
            "PaymentEntityID",
            "RTCM-ID");

    private static final Map<String, Treatment> BY_NAME = entries(
            Map.ofEntries(
                    // a vehicle of a platoon tells its id and no place: it is known to be somewhere by its BSM
                    Map.entry("Clpmm.id", OTHERS_ID),
                    Map.entry("Alert.alert_id", ALERT),
                    Map.entry("Alert.raised_at_ns", TIME_NS),
                    Map.entry("Alert.at_ns", TIME_NS),
                    // what they are counted to stands in the map, so that a circle around it would be the exact place
                    Map.entry("Alert.distance_cm", NEARNESS),
                    Map.entry("Alert.time_to_collision_ms", NEARNESS),
                    Map.entry("Alert.measured", NEARNESS),
                    Map.entry("SignalAdvice.min_speed", NEARNESS),
                    Map.entry("SignalAdvice.max_speed", NEARNESS),
                    Map.entry("SignalPriorityRequest.distance_to_intersection", NEARNESS),
                    Map.entry("SignalPriorityRequest.estimated_arrival_time", NEARNESS),
                    Map.entry("UtcTiming.start_time", TENTH_OF_HOUR),
                    Map.entry("UtcTiming.min_end_time", TENTH_OF_HOUR),
                    Map.entry("UtcTiming.max_end_time", TENTH_OF_HOUR),
                    Map.entry("UtcTiming.likely_end_time", TENTH_OF_HOUR),
                    Map.entry("UtcTiming.next_start_time", TENTH_OF_HOUR),
                    Map.entry("UtcTiming.next_end_time", TENTH_OF_HOUR),
                    Map.entry("AlertParty.participant_id", PARTICIPANT),
                    Map.entry("AlertParty.device_id", DEVICE),
                    Map.entry("AlertParty.seen_by", DEVICE),
                    Map.entry("AlertParty.id", OWN_ID),
                    Map.entry("AlertEvent.device_id", DEVICE),
                    Map.entry("AlertEvent.description", TEXT),
                    Map.entry("CoordinationAdvice.device_id", DEVICE),
                    Map.entry("CoordinationAdvice.description", TEXT),
                    Map.entry("AlertAcknowledgement.alert_id", ALERT),
                    Map.entry("AlertAcknowledgement.note", TEXT),
                    Map.entry("RawMessage.topic", RAW),
                    Map.entry("RawMessage.payload", RAW),
                    Map.entry("RawMessage.reason", RAW),
                    Map.entry("ServerStarted.version", TEXT),
                    Map.entry("ServerStarted.zone", TEXT),
                    Map.entry("ServerStarted.zone_sha256", ZONE),
                    Map.entry("SessionOpened.session_id", SESSION),
                    Map.entry("SessionOpened.device_id", DEVICE),
                    Map.entry("SessionOpened.boot_epoch", EPOCH),
                    Map.entry("SessionOpened.agent", AGENT),
                    Map.entry("SessionClosed.session_id", SESSION),
                    Map.entry("SessionClosed.reason", TEXT),
                    Map.entry("SubscriptionChanged.session_id", SESSION),
                    Map.entry("AlertAcknowledged.session_id", SESSION),
                    Map.entry("DamageSealed.file", TEXT),
                    Map.entry("DamageSealed.finding", TEXT)),
            "ParkingLotInfo.id",
            "AlertEvent.id",
            "Subscribe.subscription_id",
            "Unsubscribe.subscription_id",
            // sequences of records, which the records of an export have too
            "Alert.cause_sequences",
            "DamageSealed.first_sequence",
            "DamageSealed.last_sequence",
            "DamageSealed.offset");

    /** Fields whose points are of the road and not of anybody on it: neither made coarse nor redacted. */
    private static final Set<String> OF_THE_ROAD = Set.of(
            "Rsm.ref_pos",
            "Rsc.ref_pos",
            "Rsc.lane_coordinates",
            "Ssm.events",
            "TollingNodeInfo.pos",
            "TollInfo.entrance_pos",
            "TollInfo.exit_pos",
            "TollInfo.toll_path");

    /** Fields whose points are of the road when a roadside unit sends them. */
    private static final Set<String> OF_THE_ROADSIDE = Set.of("Ssm.sensor_pos", "Ssm.detected_region");

    /** Types of message with nothing but the road in them. */
    private static final Set<String> ROAD_MESSAGES = Set.of("MapData", "Pam", "Rsi", "Spat");

    /** Without them their message says nothing, though the schema does not ask for them. */
    private static final Set<String> ESSENTIAL = Set.of(
            "Alert.subject",
            "Alert.target",
            "Alert.event",
            "AlertEvent.pos",
            "Alert.pos",
            "AlertParty.pos",
            "Area.circle",
            "Area.polygon",
            "Area.corridor",
            "Subscribe.area",
            "SubscriptionChanged.subscribe");

    /** When one of these has been left out and none is there, the message says nothing any more. */
    private static final Set<String> SUBSTANCE = Set.of(
            "Ssm.participants",
            "Ssm.obstacles",
            "Ssm.events",
            "RawMessage.topic",
            "RawMessage.payload",
            "RawMessage.reason");

    /** Points in order: when one is left out, so are all behind it. */
    private static final List<String> PATH_POINTS = List.of("PathHistoryPoint", "PathPlanningPoint");

    private FieldTable() {}

    private static Map<String, Treatment> entries(final Map<String, Treatment> treated, final String... kept) {
        final Map<String, Treatment> all = new HashMap<>(treated);
        for (final String name : kept) {
            all.put(name, KEEP);
        }
        return Map.copyOf(all);
    }

    /** What is done about a field; null when that has not been decided and has to be. */
    static @Nullable Treatment of(final FieldDescriptor field) {
        final String standard = field.getOptions().getExtension(Options.rule).getStandard();
        final Treatment named = BY_NAME.get(name(field));
        if (named != null) {
            return named;
        }
        final Treatment octets =
                field.getType() == FieldDescriptor.Type.BYTES ? OCTETS_BY_STANDARD.get(standard) : null;
        final Treatment known = octets == null ? BY_STANDARD.get(standard) : octets;
        if (known != null) {
            return known;
        }
        final String name = field.getName().toLowerCase(Locale.ROOT);
        if (PLATE_NAME.matcher(name).find()) {
            return PLATE;
        }
        if (VIN_NAME.matcher(name).find()) {
            return VIN;
        }
        return switch (field.getJavaType()) {
            case MESSAGE -> field.getMessageType() == Position.getDescriptor() ? POSITION : Treatment.MESSAGE;
            case STRING, BYTE_STRING, LONG -> null;
            case INT -> ID_NAME.matcher(name).find() ? null : KEEP;
            case BOOLEAN, ENUM -> KEEP;
            // nothing of the schema is in floating point
            case FLOAT, DOUBLE -> null;
        };
    }

    /** Whether a field or type of message is of the road; those within it are too. */
    static boolean ofTheRoad(final FieldDescriptor field) {
        return OF_THE_ROAD.contains(name(field));
    }

    /** The same in a message of a roadside unit. */
    static boolean ofTheRoadside(final FieldDescriptor field) {
        return OF_THE_ROADSIDE.contains(name(field)) || ofTheRoad(field);
    }

    /** Whether a record of this type of message is of the road. */
    static boolean ofTheRoad(final String message) {
        return ROAD_MESSAGES.contains(message);
    }

    /** Whether a message falls with this field. */
    static boolean essential(final FieldDescriptor field) {
        final Rule rule = field.getOptions().getExtension(Options.rule);
        return rule.getRequired() || (field.isRepeated() && rule.getMinSize() > 0) || ESSENTIAL.contains(name(field));
    }

    /** Whether a message falls with any element of this field, since it must have several. */
    static boolean whole(final FieldDescriptor field) {
        return field.isRepeated()
                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && field.getOptions().getExtension(Options.rule).getMinSize() > 1;
    }

    /** Whether a message falls with the last of these fields. */
    static boolean substance(final FieldDescriptor field) {
        return SUBSTANCE.contains(name(field));
    }

    /** Whether the elements are points of a path, in order. */
    static boolean path(final FieldDescriptor field) {
        return field.isRepeated()
                && field.getJavaType() == FieldDescriptor.JavaType.MESSAGE
                && (name(field).equals("ReferencePath.active_path")
                        || PATH_POINTS.contains(field.getMessageType().getName()));
    }

    private static String name(final FieldDescriptor field) {
        return field.getContainingType().getName() + "." + field.getName();
    }
}
