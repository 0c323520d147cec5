package io.luyun.proto.uper;

import com.google.protobuf.ByteString;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Message;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rule;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes canonical messages that one dialect can carry unchanged, out of a seed: the rules of the schema, narrowed by what
 * stands in the tables here. Independent of the program under test.
 */
final class RandomCanonical {
    /** Mandatory on the wire without a value that means unknown, though the schema lets them be absent. */
    private static final Set<String> MANDATORY = Set.of(
            "Bsm.accel",
            "Acceleration4Way.yaw_rate",
            "RsmParticipant.source",
            "RoadEvent.event_source",
            "IntersectionState.status",
            "LaneAttributes.type",
            "PathHistory.points");

    /** Lists the wire wants longer than the schema does, when they are there. */
    private static final Map<String, Integer> LEAST = Map.of(
            "MapLink.points", 2,
            "MapLane.points", 2,
            "MapLinkEx.ref_line", 2,
            "MapLaneEx.st_points", 2,
            "ConnectingLaneEx.points", 2,
            "ProhibitedZone.grid_line_marking", 2,
            "PamDrive.points", 2);

    /** Narrower than the schema in the second phase: least and most elements. */
    private static final Map<String, int[]> PHASE_2_SIZES = Map.of(
            "MapData.nodes", new int[] {1, 32},
            "MapLane.connects_to", new int[] {1, 8},
            "ReferencePath.active_path", new int[] {2, 32});

    private static final Set<String> MANDATORY_IN_PHASE_2 = Set.of("MapLink.link_width");

    /** Narrower than the schema: least and most value. */
    private static final Map<String, long[]> RANGES = Map.of(
            "DateTime.second", new long[] {0, 59_999},
            // the numbers behind are not all taken
            "RtcmCorrection.rev", new long[] {1, 10});

    /** A field that is nothing on the wire without another one. */
    private static final Map<String, String> NEEDS = Map.of(
            "Connection.maneuver", "lane",
            "DriveRequest.req_priority_rest", "req_priority",
            "RoadEvent.priority_rest", "priority",
            "RoadSign.priority_rest", "priority");

    private static final long[] OFFSET_IN_2019 = {-720, 720};

    /** In which dialect a field cannot be carried. */
    private static final Map<String, Dialect> NOT_IN = Map.of("FullPosition.pos_accuracy", Dialect.PHASE_2);

    private static final Set<String> ONLY_IN_PHASE_2 =
            Set.of("MapNode.in_links_ex", "MapNode.prohibited_zone", "RoadSign.auxiliary_sign");

    private static final String[] LETTERS = {"路", "云", "，", "é", "A", "7"};
    private static final int[] OFFSET_BITS = {12, 14, 16, 18, 22, 24};

    private final Random random;
    private final Dialect dialect;
    private final double presence;
    private @Nullable Position anchor;

    /** How many more elements a message may have, so that it stays within what a frame takes. */
    private int elements;

    RandomCanonical(long seed, Dialect dialect, double presence) {
        random = new Random(seed);
        this.dialect = dialect;
        this.presence = presence;
    }

    Message like(Message prototype) {
        anchor = null;
        // what is in an extension is shorter
        elements = Canonical.kind(prototype) > 5 ? 30 : 250;
        final Message.Builder builder = prototype.newBuilderForType();
        fill(builder);
        return builder.build();
    }

    private void fill(Message.Builder builder) {
        for (final FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            final OneofDescriptor oneof = field.getRealContainingOneof();
            if (!isCarried(key(field))) {
                continue;
            }
            if (oneof == null) {
                if (rule(field).getRequired() || isMandatory(key(field)) || random.nextDouble() < presence) {
                    set(builder, field);
                }
            } else if (field == oneof.getField(0) && (isMandatory(key(oneof)) || random.nextDouble() < presence)) {
                set(builder, oneof.getField(random.nextInt(oneof.getFieldCount())));
            }
        }
        drop(builder);
    }

    private void drop(Message.Builder builder) {
        for (final FieldDescriptor field : builder.getDescriptorForType().getFields()) {
            final String other = NEEDS.get(key(field));
            if (other != null
                    && !builder.hasField(builder.getDescriptorForType().findFieldByName(other))) {
                builder.clearField(field);
            }
        }
    }

    private void set(Message.Builder builder, FieldDescriptor field) {
        if (field.isRepeated()) {
            for (int i = count(field); i > 0; i--) {
                builder.addRepeatedField(field, value(builder, field));
            }
            return;
        }
        final Object value = value(builder, field);
        // a message with nothing in it comes back absent
        if (!(value instanceof Message message)
                || message.getSerializedSize() > 0
                || rule(field).getRequired()) {
            builder.setField(field, value);
        }
    }

    private int count(FieldDescriptor field) {
        final Rule rule = rule(field);
        final int[] narrowed = dialect == Dialect.PHASE_2 ? PHASE_2_SIZES.get(key(field)) : null;
        final int most = narrowed == null ? rule.getMaxSize() : narrowed[1];
        final int least =
                Math.max(1, narrowed == null ? LEAST.getOrDefault(key(field), rule.getMinSize()) : narrowed[0]);
        final int more = switch (elements < 0 ? 1 : random.nextInt(40)) {
            case 0 -> Math.min(most - least, elements);
            case 1 -> 0;
            default -> random.nextInt(Math.min(3, most - least + 1));
        };
        elements -= least + more;
        return least + more;
    }

    private Object value(Message.Builder builder, FieldDescriptor field) {
        return switch (field.getJavaType()) {
            case INT -> (int) number(field);
            case LONG -> number(field);
            case BOOLEAN -> random.nextBoolean();
            case ENUM -> field.getEnumType().findValueByNumberCreatingIfUnknown((int) number(field));
            case BYTE_STRING -> bytes(field);
            case STRING -> text(field);
            case MESSAGE -> message(builder, field);
            case FLOAT, DOUBLE -> throw new IllegalStateException(field.getFullName());
        };
    }

    private Message message(Message.Builder builder, FieldDescriptor field) {
        final boolean reference = isReference(key(field));
        if (field.getMessageType() == Position.getDescriptor()) {
            final Position position = anchor == null || reference || random.nextBoolean() ? position() : near(anchor);
            if (reference) {
                anchor = position;
            }
            return position;
        }
        final Position outer = anchor;
        final Message.Builder inner = builder.newBuilderForField(field);
        fill(inner);
        if (field.getName().equals("initial_position")) {
            anchor = ((io.luyun.proto.v1.FullPosition) inner.build()).getPos();
        } else if (!reference) {
            anchor = outer;
        }
        return inner.build();
    }

    private static boolean isReference(String key) {
        return key.endsWith(".ref_pos")
                || key.endsWith(".sensor_pos")
                || key.equals("Bsm.pos")
                || key.equals("FullPosition.pos")
                || key.equals("Psm.pos");
    }

    private Position position() {
        final Position.Builder position = Position.newBuilder()
                .setLat((int) between(-900_000_000, 900_000_000))
                .setLon((int) between(-1_799_999_999, 1_800_000_000));
        return random.nextDouble() < presence
                ? position.setElevation((int) between(-4095, 61_439)).build()
                : position.build();
    }

    /** A position that goes as an offset. */
    private Position near(Position from) {
        final int way = 1 + random.nextInt(6);
        final int half = 1 << (OFFSET_BITS[way - 1] - 1);
        final long lat = from.getLat() + between(-half, half - 1);
        long lon = from.getLon() + between(-half, half - 1);
        lon += lon > 1_800_000_000 ? -3_600_000_000L : lon <= -1_800_000_000 ? 3_600_000_000L : 0;
        if (Math.abs(lat) > 900_000_000) {
            return from;
        }
        final Position.Builder position =
                Position.newBuilder().setLat((int) lat).setLon((int) lon);
        int form = way;
        if (from.hasElevation() && random.nextBoolean()) {
            final int lift = 1 + random.nextInt(6);
            final long rise = between(-(1L << (5 + lift)), (1L << (5 + lift)) - 1);
            if (from.getElevation() + rise >= -4095 && from.getElevation() + rise <= 61_439) {
                position.setElevation((int) (from.getElevation() + rise));
                form += 8 * lift;
            }
        }
        return position.setOffsetForm(form).build();
    }

    private long number(FieldDescriptor field) {
        final Rule rule = rule(field);
        long[] range = RANGES.get(key(field));
        if (field.getName().equals("heading") && rule.getMax() == 28_800) {
            range = new long[] {0, 28_799};
        }
        if (dialect == Dialect.PHASE_1_2019 && key(field).equals("DateTime.offset")) {
            range = OFFSET_IN_2019;
        }
        if (range == null) {
            range = new long[] {rule.getMin(), rule.getMax()};
        }
        return between(range[0], range[1]);
    }

    private long between(long least, long most) {
        return switch (random.nextInt(8)) {
            case 0 -> least;
            case 1 -> most;
            default -> random.nextLong(least, most + 1);
        };
    }

    private ByteString bytes(FieldDescriptor field) {
        final Rule rule = rule(field);
        final int most = Math.min(rule.getMaxSize(), rule.getMinSize() + 100);
        final byte[] bytes = new byte[(int) between(rule.getMinSize(), most)];
        random.nextBytes(bytes);
        return ByteString.copyFrom(bytes);
    }

    private String text(FieldDescriptor field) {
        final boolean description = field.getName().equals("description");
        final StringBuilder text = new StringBuilder();
        for (int left = (int) between(1, description ? 200 : 63); left > 0; left--) {
            text.append(description && random.nextBoolean() ? LETTERS[random.nextInt(LETTERS.length)] : letter());
        }
        return text.toString();
    }

    private String letter() {
        return Character.toString((char) random.nextInt(0x80));
    }

    private boolean isCarried(String key) {
        return NOT_IN.get(key) != dialect && (dialect == Dialect.PHASE_2 || !ONLY_IN_PHASE_2.contains(key));
    }

    private boolean isMandatory(String key) {
        return MANDATORY.contains(key) || (dialect == Dialect.PHASE_2 && MANDATORY_IN_PHASE_2.contains(key));
    }

    private static String key(FieldDescriptor field) {
        return field.getContainingType().getName() + '.' + field.getName();
    }

    private static String key(OneofDescriptor oneof) {
        return oneof.getContainingType().getName() + '.' + oneof.getName();
    }

    private static Rule rule(FieldDescriptor field) {
        return field.getOptions().getExtension(Options.rule);
    }
}
