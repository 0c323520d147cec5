package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.Descriptor;
import org.jspecify.annotations.Nullable;

/** How a message stands in JSON: as an object of what would be the columns of its row. Immutable once it is complete. */
final class JsonPlan {
    private final Descriptor type;
    private final @Nullable Member[] byNumber;

    JsonPlan(final Descriptor type, final int lastNumber) {
        this.type = type;
        byNumber = new Member[lastNumber + 1];
    }

    /**
     * A field.
     *
     * @param key what stands before its value; empty for a message whose members stand in the object that it stands in
     * @param tag as it stands before a value
     * @param packedTag as it stands before several numbers; 0 where that cannot be
     * @param column form, scale and names of its values
     * @param plan of the message, where it is one
     */
    record Member(
            int number,
            String key,
            WireForm form,
            int tag,
            int packedTag,
            boolean repeated,
            Column column,
            @Nullable JsonPlan plan) {}

    void put(final Member member) {
        byNumber[member.number()] = member;
    }

    Descriptor type() {
        return type;
    }

    /** The field of a tag; null when there is none. */
    @Nullable
    Member of(final int tag) {
        final int number = tag >>> 3;
        final Member member = number < byNumber.length ? byNumber[number] : null;
        return member != null && (tag == member.tag || tag == member.packedTag) ? member : null;
    }
}
