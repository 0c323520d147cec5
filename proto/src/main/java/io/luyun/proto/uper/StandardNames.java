package io.luyun.proto.uper;

import java.util.HashMap;
import java.util.Map;

/** What values of the standard's enumerations and bit strings are called there. Immutable, any thread. */
public final class StandardNames {
    private static final Map<String, SchemaType> TYPES = new HashMap<>();

    static {
        TYPES.putAll(SchemaReader.read(Dialect.PHASE_1_2019).types());
        TYPES.putAll(SchemaReader.read(Dialect.PHASE_2).types());
    }

    private StandardNames() {}

    /**
     * The name of a value, or the names of the bits that are set; phase II's where the dialects differ.
     *
     * @param type name of the type in the standard
     * @return empty when the type is not known, has no names, or not for this value
     */
    public static String of(String type, long value) {
        final SchemaType known = TYPES.get(type);
        if (known == null) {
            return "";
        }
        return switch (known.kind()) {
            case ENUM, INT -> {
                final int index = known.numbers().indexOf((int) value);
                yield index < 0 ? "" : known.names().get(index);
            }
            case BITS -> ExplainedRows.names(known.names(), value, Integer.SIZE);
            default -> "";
        };
    }
}
