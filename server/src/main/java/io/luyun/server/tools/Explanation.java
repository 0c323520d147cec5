package io.luyun.server.tools;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What octets say when they are taken for one form.
 *
 * @param form what they were taken for
 * @param what the message or record, as far as it is known
 * @param dialect generation of the message set; null where there is none
 * @param fields every piece, in the order of the bits
 * @param violation what is wrong; null when they fit
 */
record Explanation(
        Form form,
        String what,
        @Nullable String dialect,
        List<ExplainedField> fields,
        @Nullable Violation violation) {
    /** What octets can be taken for. */
    enum Form {
        UPER("UPER frame"),
        ENVELOPE("envelope of a roadside unit"),
        PROTOBUF("protobuf of luyun.v1"),
        JOURNAL("journal record");

        private final String text;

        Form(final String text) {
            this.text = text;
        }

        @Override
        public String toString() {
            return text;
        }
    }

    Explanation {
        fields = List.copyOf(fields);
    }

    boolean fits() {
        return violation == null;
    }

    /** Bits that were understood. */
    int understood() {
        int bits = 0;
        for (final ExplainedField field : fields) {
            bits += field.part() == Part.UNREAD ? 0 : field.bits();
        }
        return bits;
    }

    /** Its name among others: {@code UPER frame, phase2}. */
    String name() {
        return form + (dialect == null ? "" : ", " + dialect);
    }
}
