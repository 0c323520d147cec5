package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Options;
import io.luyun.proto.v1.Position;
import java.util.Map;
import java.util.Set;

/** What columns are called. Stateless. */
final class FieldNames {
    private static final String PACKAGE = "luyun.v1.";

    /** Fields whose own name says too little outside of what they stand in, or is a word of SQL. */
    private static final Map<String, String> FULL = Map.of(
            "Alert.at_ns", "happened_at_ns",
            "DamageSealed.offset", "file_offset",
            "Position.lat", "latitude",
            "Position.lon", "longitude",
            "Acceleration4Way.longitudinal", "accel_longitudinal",
            "Acceleration4Way.lateral", "accel_lateral",
            "Acceleration4Way.vertical", "accel_vertical",
            "NonMotorData.human", "propulsion_human",
            "NonMotorData.animal", "propulsion_animal",
            "NonMotorData.motor", "propulsion_motor");

    /** Messages whose fields stand as if they were fields of what they stand in. */
    private static final Set<String> OPENED = Set.of(
            "pos",
            "accel",
            "size",
            "vehicle_class",
            "safety_ext",
            "emergency_ext",
            "leading_ext",
            "personal_ext",
            "personal_req",
            "road_worker_ext",
            "int_and_req",
            "ptc");

    private static final String POSITION_SUFFIX = "_pos";

    private FieldNames() {}

    /** What a field gives to the name of its column and of those of fields within it; empty for nothing. */
    static String part(final FieldDescriptor field) {
        final String name = field.getName();
        if (field.getJavaType() != FieldDescriptor.JavaType.MESSAGE) {
            return FULL.getOrDefault(field.getFullName().substring(PACKAGE.length()), name);
        }
        if (field.isRepeated()) {
            return name;
        }
        final boolean nodeId = field.getMessageType() == NodeReference.getDescriptor() && name.equals("id");
        if (nodeId || OPENED.contains(name)) {
            return "";
        }
        return field.getMessageType() == Position.getDescriptor() && name.endsWith(POSITION_SUFFIX)
                ? name.substring(0, name.length() - POSITION_SUFFIX.length())
                : name;
    }

    /** Both, with the words that end the one and begin the other said once. */
    static String join(final String outer, final String inner) {
        if (outer.isEmpty() || inner.equals(outer) || inner.startsWith(outer + "_")) {
            return inner;
        }
        final String last = outer.substring(outer.lastIndexOf('_') + 1);
        if (inner.isEmpty() || inner.equals(last)) {
            return outer;
        }
        return inner.startsWith(last + "_") ? outer + inner.substring(last.length()) : outer + "_" + inner;
    }

    /** The name of a quantity in SI: what the schema calls its own unit makes place for it. */
    static String si(final String name, final SiScale scale) {
        final String stem = stem(name);
        return scale.suffix().isEmpty() ? stem : stem + "_" + scale.suffix();
    }

    /** The name of the standard's integer beside it. */
    static String raw(final String name) {
        return stem(name).equals(name) ? name + "_raw" : name;
    }

    /** The name of an instant. */
    static String instant(final String name) {
        return stem(name);
    }

    private static String stem(final String name) {
        for (final String unit : new String[] {"_ms", "_ns", "_cm"}) {
            if (name.endsWith(unit)) {
                return name.substring(0, name.length() - unit.length());
            }
        }
        return name;
    }

    /** The unit of one step; empty where the schema has none. */
    static String unit(final FieldDescriptor field) {
        return field.getOptions().getExtension(Options.rule).getUnit();
    }

    /** Its name in the message sets; empty where it has none. */
    static String standard(final FieldDescriptor field) {
        return field.getOptions().getExtension(Options.rule).getStandard();
    }
}
