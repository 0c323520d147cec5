package io.luyun.server.exchange.table;

import org.jspecify.annotations.Nullable;

/** Where the fields of a message go, by their numbers. Immutable once it is complete. */
final class FieldPlan {
    private final @Nullable Field[] byNumber;

    FieldPlan(final int lastNumber) {
        byNumber = new Field[lastNumber + 1];
    }

    /** What becomes of a field. */
    enum Op {
        /** An unsigned number for a column. */
        PLAIN,
        /** A signed one. */
        ZIGZAG,
        /** One of four octets. */
        FIXED32,
        /** One of eight octets. */
        FIXED64,
        /** A text for a column. */
        TEXT,
        /** A message whose fields have columns. */
        MESSAGE,
        /** One of the messages that have rows. */
        ROWS,
        /** One or several of what becomes JSON in one column. */
        LIST
    }

    /**
     * A field that goes somewhere.
     *
     * @param tag as it stands before a value
     * @param packedTag as it stands before several numbers; 0 where that cannot be
     * @param slot the column's integers
     * @param plan of the message, for MESSAGE
     * @param list how an element is written, for LIST
     */
    record Field(
            int number,
            Op op,
            WireForm form,
            int tag,
            int packedTag,
            int slot,
            @Nullable FieldPlan plan,
            JsonPlan.@Nullable Member list) {}

    void put(final Field field) {
        byNumber[field.number()] = field;
    }

    /** The field of a tag; null when it goes nowhere. */
    @Nullable
    Field of(final int tag) {
        final int number = tag >>> 3;
        final Field field = number < byNumber.length ? byNumber[number] : null;
        return field != null && (tag == field.tag || tag == field.packedTag) ? field : null;
    }
}
