package io.luyun.proto.uper;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A type as {@code messages.uper} states it. Immutable once read; any thread.
 *
 * @param name as in the standard; of a type written at its component: the component's
 * @param min smallest number, length or count
 * @param max largest number, length or count; -1 when a list has none
 * @param absent the values that mean unknown; null when there are none
 * @param otherwise what is written for absent, null when that is the last of {@code absent} or not possible
 * @param full a canonical value that goes out as another, null when there is none
 * @param unit of one step; empty when it has none
 * @param names of an enumeration or of bits
 * @param numbers the value of each name
 * @param components of a sequence or choice
 * @param additions of an extensible sequence, in order
 * @param element of a list
 * @param field of a list that is a message of its own, where its elements are; else empty
 */
record SchemaType(
        String name,
        Kind kind,
        boolean extensible,
        long min,
        long max,
        @Nullable Range absent,
        @Nullable Long otherwise,
        @Nullable Full full,
        String unit,
        List<String> names,
        List<Integer> numbers,
        List<Component> components,
        List<Component> additions,
        @Nullable Component element,
        String field) {

    enum Kind {
        INT,
        BOOL,
        ENUM,
        BITS,
        OCTETS,
        IA5,
        PRIORITY,
        TEXT,
        SEQ,
        POSITION,
        CHOICE,
        LIST
    }

    /** What a component keeps aside. */
    enum Mark {
        NONE,
        LON,
        LAT,
        HEIGHT,
        EAST,
        NORTH,
        RISE,
        WAY,
        LIFT
    }

    record Range(long first, long last) {}

    record Full(long value, long as) {}

    /**
     * A component of a sequence or choice, or the element of a list.
     *
     * @param typeName the type's name, when it is not written here
     * @param inline the type, when it is written here
     * @param target the canonical field, {@code -}, {@code ^} or {@code =}; null for the name in snake case
     * @param reference whether offsets that follow count from here
     * @param absent the values that mean unknown here, null when the type says so
     */
    record Component(
            String name,
            boolean optional,
            String typeName,
            @Nullable SchemaType inline,
            @Nullable String target,
            Mark mark,
            boolean reference,
            @Nullable Range absent) {}

    SchemaType withAbsent(Range here) {
        return new SchemaType(
                name,
                kind,
                extensible,
                min,
                max,
                here,
                otherwise,
                full,
                unit,
                names,
                numbers,
                components,
                additions,
                element,
                field);
    }

    /** How ASN.1 writes a type that has no name. */
    String asn1() {
        final String range = max == min ? Long.toString(min) : min + ".." + (max < 0 ? "MAX" : max);
        return switch (kind) {
            case INT -> "INTEGER (" + range + ')';
            case BOOL -> "BOOLEAN";
            case OCTETS -> "OCTET STRING (SIZE (" + range + "))";
            case PRIORITY -> "OCTET STRING (SIZE (1))";
            case IA5 -> "IA5String (SIZE (" + range + "))";
            case LIST ->
                "SEQUENCE (SIZE (" + range + ")) OF "
                        + (element == null
                                ? ""
                                : element.inline() == null
                                        ? element.typeName()
                                        : element.inline().asn1());
            case ENUM, BITS, TEXT, SEQ, POSITION, CHOICE -> name;
        };
    }

    /** Whether a component of it stands in the place of its own. */
    boolean isWrapper() {
        return components.stream().anyMatch(component -> "=".equals(component.target()));
    }
}
