package io.luyun.simulator.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.VehicleSize;
import java.io.Serial;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Puts recorded participants into the language of the house. Units are converted and fractions rounded; a value outside
 * its range stays as it is, for the server to refuse, but for headings when these are to be left out. What no field can hold
 * at all is a problem of the message.
 */
final class TrackMapper {
    private static final double STEPS_PER_DEGREE = 1e7;
    private static final double STEPS_PER_MPS = 50;
    private static final double STEPS_PER_HEADING_DEGREE = 80;
    private static final double STEPS_PER_METRE = 100;
    private static final double STEPS_PER_METRE_OF_HEIGHT = 20;
    private static final double STEPS_PER_METRE_OF_ELEVATION = 10;
    private static final int SPEED_UNKNOWN = 8191;
    private static final int HEADING_MAX = 28_800;
    private static final int SIZE_UNKNOWN = 0;
    private static final List<String> TYPES = List.of("unknown", "motor", "non-motor", "pedestrian", "rsu");

    private final boolean vendor;
    private final ByteString rsuId;
    private final WrongHeadings wrongHeadings;
    private int leftOut;

    private TrackMapper(final boolean vendor, final ByteString rsuId, final WrongHeadings wrongHeadings) {
        this.vendor = vendor;
        this.rsuId = rsuId;
        this.wrongHeadings = wrongHeadings;
    }

    /** A frame out of its list of messages, in the vendor's shape or in the standard's. */
    static TrackFrame frame(
            final JsonNode messages, final boolean vendor, final ByteString rsuId, final WrongHeadings wrongHeadings) {
        final TrackMapper mapper = new TrackMapper(vendor, rsuId, wrongHeadings);
        final List<TrackFrame.TrackMessage> mapped = new ArrayList<>();
        final List<String> problems = new ArrayList<>();
        for (final JsonNode message : messages) {
            try {
                mapped.add(mapper.message(message));
            } catch (final Inexpressible e) {
                problems.add(e.getMessage());
            }
        }
        return new TrackFrame(mapped, problems, mapper.leftOut);
    }

    private TrackFrame.TrackMessage message(final JsonNode node) throws Inexpressible {
        final Rsm.Builder rsm = Rsm.newBuilder()
                .setId(rsuId)
                .setRefPos(position(node.path(vendor ? "dev_pos" : "refPos"), "", vendor ? "dev_pos" : "refPos"));
        final List<Integer> millisAfterFirst = new ArrayList<>();
        int firstMark = 0;
        for (final JsonNode participant : node.path(vendor ? "content" : "participants")) {
            rsm.addParticipants(vendor ? ofVendor(participant) : ofStandard(participant));
            final int mark = participant.path("secMark").asInt();
            if (millisAfterFirst.isEmpty()) {
                firstMark = mark;
            }
            millisAfterFirst.add(mark - firstMark);
        }
        return new TrackFrame.TrackMessage(rsm.build(), millisAfterFirst);
    }

    private RsmParticipant ofStandard(final JsonNode node) throws Inexpressible {
        final RsmParticipant.Builder out = common(node).setPos(position(node.path("pos"), "", "pos"));
        speedAndHeading(node, 1, 1, out);
        final JsonNode size = node.path("size");
        size(size, 1, 1, out);
        return out.build();
    }

    private RsmParticipant ofVendor(final JsonNode node) throws Inexpressible {
        final RsmParticipant.Builder out = common(node).setPos(position(node, "pos_", "pos"));
        speedAndHeading(node, STEPS_PER_MPS, STEPS_PER_HEADING_DEGREE, out);
        size(node, STEPS_PER_METRE, STEPS_PER_METRE_OF_HEIGHT, out);
        return out.build();
    }

    private static RsmParticipant.Builder common(final JsonNode node) throws Inexpressible {
        final RsmParticipant.Builder out = RsmParticipant.newBuilder();
        if (node.has("ptcType")) {
            out.setPtcTypeValue(type(node.get("ptcType")));
        }
        if (node.has("ptcId")) {
            out.setPtcId(unsigned(node.get("ptcId"), 1, "ptcId"));
        }
        if (node.has("source")) {
            out.setSourceValue(unsigned(node.get("source"), 1, "source"));
        }
        return out;
    }

    private void speedAndHeading(
            final JsonNode node, final double perSpeed, final double perHeading, final RsmParticipant.Builder out)
            throws Inexpressible {
        if (node.has("speed")) {
            final int speed = unsigned(node.get("speed"), perSpeed, "speed");
            if (known(speed, SPEED_UNKNOWN)) {
                out.setSpeed(speed);
            }
        }
        if (node.has("heading")) {
            final int heading = unsigned(node.get("heading"), perHeading, "heading");
            if (heading <= HEADING_MAX || wrongHeadings == WrongHeadings.SEND) {
                out.setHeading(heading);
            } else {
                leftOut++;
            }
        }
    }

    private void size(
            final JsonNode node, final double perMetre, final double perHeight, final RsmParticipant.Builder out)
            throws Inexpressible {
        final VehicleSize.Builder size = VehicleSize.newBuilder();
        if (node.has("width")) {
            final int width = unsigned(node.get("width"), perMetre, "width");
            if (known(width, SIZE_UNKNOWN)) {
                size.setWidth(width);
            }
        }
        if (node.has("length")) {
            final int length = unsigned(node.get("length"), perMetre, "length");
            if (known(length, SIZE_UNKNOWN)) {
                size.setLength(length);
            }
        }
        if (node.has("height")) {
            final int height = unsigned(node.get("height"), perHeight, "height");
            if (known(height, SIZE_UNKNOWN)) {
                size.setHeight(height);
            }
        }
        if (size.hasWidth() || size.hasLength() || size.hasHeight()) {
            out.setSize(size);
        }
    }

    private Position position(final JsonNode node, final String prefix, final String name) throws Inexpressible {
        final double perDegree = vendor ? STEPS_PER_DEGREE : 1;
        final Position.Builder out = Position.newBuilder();
        if (node.has(prefix + "lat")) {
            out.setLat(signed(node.get(prefix + "lat"), perDegree, name + ".lat"));
        }
        if (node.has(prefix + "lon")) {
            out.setLon(signed(node.get(prefix + "lon"), perDegree, name + ".lon"));
        }
        if (node.has(prefix + "ele")) {
            final double perMetre = vendor ? STEPS_PER_METRE_OF_ELEVATION : 1;
            out.setElevation(signed(node.get(prefix + "ele"), perMetre, name + ".ele"));
        }
        return out.build();
    }

    private boolean known(final int value, final int unknown) {
        if (value == unknown) {
            leftOut++;
        }
        return value != unknown;
    }

    private static int type(final JsonNode node) throws Inexpressible {
        if (!node.isTextual()) {
            return unsigned(node, 1, "ptcType");
        }
        final int type = TYPES.indexOf(node.textValue().toLowerCase(Locale.ROOT));
        if (type < 0) {
            throw new Inexpressible("ptcType is no type of the standard");
        }
        return type;
    }

    private static int unsigned(final JsonNode node, final double steps, final String name) throws Inexpressible {
        final int value = signed(node, steps, name);
        if (value < 0) {
            throw new Inexpressible(name + " is negative");
        }
        return value;
    }

    private static int signed(final JsonNode node, final double steps, final String name) throws Inexpressible {
        final double number;
        if (node.isNumber()) {
            number = node.doubleValue();
        } else {
            try {
                number = Double.parseDouble(node.asText());
            } catch (final NumberFormatException e) {
                throw new Inexpressible(name + " is not a number", e);
            }
        }
        final double value = Math.rint(number * steps);
        if (!(value >= Integer.MIN_VALUE && value <= Integer.MAX_VALUE)) {
            throw new Inexpressible(name + " does not fit 32 bits");
        }
        return (int) value;
    }

    /** A value no field can hold. */
    private static final class Inexpressible extends Exception {
        @Serial
        private static final long serialVersionUID = 1L;

        Inexpressible(final String message) {
            super(message);
        }

        Inexpressible(final String message, final Throwable cause) {
            super(message, cause);
        }
    }
}
