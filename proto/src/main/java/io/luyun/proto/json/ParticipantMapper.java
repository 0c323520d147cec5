package io.luyun.proto.json;

import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.VehicleSize;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Road users: those of T/ITS 0180.1 in degrees and metres, those of T/ITS 0117 and OpenV2X in the standard's steps. */
final class ParticipantMapper {
    /** Members of T/ITS 0180.1 table 16 that no canonical field holds. Licence, brand and colour are left out on purpose. */
    private static final Set<String> WITHOUT_PLACE = Set.of(
            "vehicleClass",
            "vehicleStatus",
            "crossId",
            "crossType",
            "crossName",
            "linkName",
            "linkId",
            "laneId",
            "positionConfidence",
            "status",
            "speedConfidence",
            "headingConfidence",
            "accelerationConfidence",
            "tracking",
            "license",
            "brand",
            "colour",
            "color",
            "accuracy",
            "posConfidence",
            "ack",
            "seqNum");
    /** ptcType of T/ITS 0180.1: unknown, motor, non-motor, pedestrian, obstacle, other. */
    private static final int[] TYPES = {0, 1, 2, 3, 0, 0};
    /** sourceType of T/ITS 0180.1: unknown, RSCU, RSU, video, lidar, mmWave, microwave, loop, other. */
    private static final int[] SOURCES = {0, 7, 2, 3, 6, 4, 4, 5, 0};

    private static final int OBSTACLE = 4;
    private static final int MINUTE_MILLIS = 60_000;

    private final Places places;

    ParticipantMapper(Places places) {
        this.places = places;
    }

    /** In degrees, metres and metres a second. */
    RsmParticipant metric(Members from, Notes notes) throws FaultException {
        final RsmParticipant.Builder to = RsmParticipant.newBuilder();
        to.setPtcTypeValue(code(from, "ptcType", TYPES));
        if (from.required("ptcType") >= OBSTACLE) {
            notes.add("ptcType " + from.text("ptcType"));
        }
        to.setPtcId(Unit.NUMBER.convert(from.path("ptcId"), from.required("ptcId")));
        if (from.get("sourceType") != null) {
            to.setSource(SourceType.forNumber(code(from, "sourceType", SOURCES)));
        }
        final Instant time = from.time("timestamp", "timeStamp");
        if (time == null) {
            throw from.missing("timestamp");
        }
        to.setSecMark((int) Math.floorMod(time.toEpochMilli(), (long) MINUTE_MILLIS));
        to.setPos(places.read(from, true, "latitude", "longitude", "elevation"));
        final Integer speed = number(from, Unit.SPEED_MPS, "speed");
        if (speed != null) {
            to.setSpeed(speed);
        }
        final Integer heading = number(from, Unit.HEADING_DEG, "heading");
        if (heading != null) {
            to.setHeading(heading);
        }
        size(from, to, Unit.LENGTH_M, Unit.HEIGHT_M);
        from.known(WITHOUT_PLACE);
        notes.addAll(from.unknown());
        return to.build();
    }

    /** In the standard's own steps. */
    RsmParticipant steps(Members from, Notes notes) throws FaultException {
        final RsmParticipant.Builder to = RsmParticipant.newBuilder();
        to.setPtcType(ParticipantType.forNumber(bounded(from, "ptcType", ParticipantType.PARTICIPANT_RSU_VALUE)));
        to.setPtcId(Unit.NUMBER.convert(from.path("ptcId"), from.required("ptcId")));
        if (from.get("source") != null) {
            to.setSource(SourceType.forNumber(bounded(from, "source", SourceType.SOURCE_INTEGRATED_VALUE)));
        }
        final Integer secMark = number(from, Unit.SEC_MARK, "secMark");
        if (secMark != null) {
            to.setSecMark(secMark);
        }
        final Object pos = from.get("pos");
        if (pos == null) {
            throw from.missing("pos");
        }
        final Members place = Members.of(from.path("pos"), pos);
        to.setPos(places.read(place, false, "lat", "lon", "ele", "elevation"));
        final Integer speed = number(from, Unit.SPEED_STEPS, "speed");
        if (speed != null) {
            to.setSpeed(speed);
        }
        final Integer heading = number(from, Unit.HEADING_STEPS, "heading");
        if (heading != null) {
            to.setHeading(heading);
        }
        final Object size = from.get("size");
        if (size != null) {
            final Members measures = Members.of(from.path("size"), size);
            size(measures, to, Unit.LENGTH_STEPS, Unit.HEIGHT_STEPS);
            notes.addAll(measures.unknown());
        }
        from.known(WITHOUT_PLACE);
        notes.addAll(from.unknown());
        notes.addAll(place.unknown());
        return to.build();
    }

    static @Nullable Integer number(Members from, Unit unit, String... names) throws FaultException {
        final Double value = from.number(names);
        return value == null || unit.isUnknown(value)
                ? null
                : Integer.valueOf(unit.convert(from.path(names[0]), value));
    }

    private static void size(Members from, RsmParticipant.Builder to, Unit length, Unit height) throws FaultException {
        final Integer wide = number(from, length, "width");
        final Integer longs = number(from, length, "length");
        final Integer high = number(from, height, "height");
        if (wide == null && longs == null && high == null) {
            return;
        }
        final VehicleSize.Builder size = VehicleSize.newBuilder();
        if (wide != null) {
            size.setWidth(wide);
        }
        if (longs != null) {
            size.setLength(longs);
        }
        if (high != null) {
            size.setHeight(high);
        }
        to.setSize(size);
    }

    private static int code(Members from, String name, int[] table) throws FaultException {
        return table[bounded(from, name, table.length - 1)];
    }

    private static int bounded(Members from, String name, int last) throws FaultException {
        final int code = Unit.NUMBER.convert(from.path(name), from.required(name));
        if (code < 0 || code > last) {
            throw new FaultException(
                    ErrorCode.ERROR_CODE_OUT_OF_RANGE, from.path(name), Integer.toString(code), "0.." + last);
        }
        return code;
    }
}
