package io.luyun.proto.uper;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Rule;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What one dialect can carry of a canonical message unchanged: the rules of the schema, narrowed by what stands in the
 * tables here. Independent of the program under test. Immutable.
 */
final class CanonicalPlan {
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

    private static final Set<String> REFERENCES = Set.of("Bsm.pos", "FullPosition.pos", "Psm.pos");

    private static final String REST = "_rest";

    /** By number; what is left of an octet stands behind what its upper bits are. */
    final Field[] fields;

    private CanonicalPlan(Descriptor message, Dialect dialect, Map<Descriptor, CanonicalPlan> plans) {
        plans.put(message, this);
        fields = message.getFields().stream()
                .filter(field -> isCarried(key(field), dialect))
                .sorted(Comparator.comparingInt(CanonicalPlan::place))
                .map(field -> new Field(field, dialect, plans))
                .toArray(Field[]::new);
    }

    static CanonicalPlan of(Descriptor message, Dialect dialect) {
        return new CanonicalPlan(message, dialect, new HashMap<>());
    }

    private static int place(FieldDescriptor field) {
        final String name = field.getName();
        return name.endsWith(REST)
                ? 2
                                * field.getContainingType()
                                        .findFieldByName(name.replace(REST, ""))
                                        .getNumber()
                        + 1
                : 2 * field.getNumber();
    }

    private static boolean isCarried(String key, Dialect dialect) {
        return NOT_IN.get(key) != dialect && (dialect == Dialect.PHASE_2 || !ONLY_IN_PHASE_2.contains(key));
    }

    private static String key(FieldDescriptor field) {
        return field.getContainingType().getName() + '.' + field.getName();
    }

    /** A field, or one of several of which at most one is there. */
    static final class Field {
        final FieldDescriptor descriptor;
        final int tag;

        /** Whether it must be there, or one of the fields it is an alternative of. */
        final boolean mandatory;

        /** Whether a message with nothing in it stays. */
        final boolean keepsEmpty;

        /** As a bit; 0 when it needs none. */
        final long needs;

        /** The first and how many fields it is an alternative of; 0 when of none. */
        final int alternatives;

        final boolean firstAlternative;
        final long least;
        final long most;
        final int leastSize;
        final int mostSize;
        final boolean position;

        /** Positions that follow may be offsets from this one. */
        final boolean reference;

        final boolean description;
        final CanonicalPlan message;

        Field(FieldDescriptor field, Dialect dialect, Map<Descriptor, CanonicalPlan> plans) {
            descriptor = field;
            final String key = key(field);
            final Rule rule = field.getOptions().getExtension(Options.rule);
            final var oneof = field.getRealContainingOneof();
            alternatives = oneof == null ? 0 : oneof.getFieldCount();
            firstAlternative = oneof != null && oneof.getField(0) == field;
            mandatory = oneof == null
                    ? rule.getRequired() || isMandatory(key, dialect)
                    : isMandatory(field.getContainingType().getName() + '.' + oneof.getName(), dialect);
            keepsEmpty = rule.getRequired();
            final String other = NEEDS.get(key);
            needs = other == null
                    ? 0
                    : 1L << field.getContainingType().findFieldByName(other).getNumber();
            final long[] range = range(field, key, rule, dialect);
            least = range[0];
            most = range[1];
            final int[] narrowed = dialect == Dialect.PHASE_2 ? PHASE_2_SIZES.get(key) : null;
            mostSize = narrowed == null ? rule.getMaxSize() : narrowed[1];
            final int smallest = narrowed == null ? LEAST.getOrDefault(key, rule.getMinSize()) : narrowed[0];
            leastSize = field.isRepeated() ? Math.max(1, smallest) : smallest;
            final boolean isMessage = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            position = isMessage && field.getMessageType() == Position.getDescriptor();
            reference = REFERENCES.contains(key)
                    || key.endsWith(".ref_pos")
                    || key.endsWith(".sensor_pos")
                    || key.endsWith(".initial_position");
            description = field.getName().equals("description");
            tag = field.getNumber() << 3 | wireType(field);
            message = !isMessage || position
                    ? null
                    : plans.containsKey(field.getMessageType())
                            ? plans.get(field.getMessageType())
                            : new CanonicalPlan(field.getMessageType(), dialect, plans);
        }

        private static int wireType(FieldDescriptor field) {
            return field.isPackable() ? 2 : field.getLiteType().getWireType();
        }

        private static boolean isMandatory(String key, Dialect dialect) {
            return MANDATORY.contains(key) || (dialect == Dialect.PHASE_2 && MANDATORY_IN_PHASE_2.contains(key));
        }

        private static long[] range(FieldDescriptor field, String key, Rule rule, Dialect dialect) {
            if (field.getName().equals("heading") && rule.getMax() == 28_800) {
                return new long[] {0, 28_799};
            }
            if (dialect == Dialect.PHASE_1_2019 && key.equals("DateTime.offset")) {
                return OFFSET_IN_2019;
            }
            if (field.getJavaType() == FieldDescriptor.JavaType.BOOLEAN) {
                return new long[] {0, 1};
            }
            return RANGES.getOrDefault(key, new long[] {rule.getMin(), rule.getMax()});
        }
    }
}
