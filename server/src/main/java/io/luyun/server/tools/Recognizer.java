package io.luyun.server.tools;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.journal.RecordExplainer;
import io.luyun.server.tools.Explanation.Form;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what octets are: whatever reads them to the last bit without an objection. Where several do, the first in the
 * order of {@link #candidates} is shown and the others are named; where none does, the one that understands most of them.
 */
final class Recognizer {
    private final @Nullable Form only;
    private final @Nullable Dialect dialect;
    private final @Nullable String kind;

    /**
     * A recognizer.
     *
     * @param only the form they have, null when that is to be found out
     * @param dialect the dialect of UPER, null for both
     * @param kind of a protobuf message or record payload without anything around it, null for frames
     */
    Recognizer(final @Nullable Form only, final @Nullable Dialect dialect, final @Nullable String kind) {
        this.only = kind == null ? only : Form.PROTOBUF;
        this.dialect = dialect;
        this.kind = kind;
    }

    /** The explanation to show first, and after it the others that fit as well. */
    List<Explanation> recognize(final byte[] bytes) {
        final List<Explanation> candidates = candidates(bytes);
        final List<Explanation> fitting =
                candidates.stream().filter(Explanation::fits).toList();
        return fitting.isEmpty()
                ? List.of(candidates.stream()
                        .max(Comparator.comparingInt(Explanation::understood))
                        .orElseThrow())
                : fitting;
    }

    /** Likely ones first: a record says what it is, an envelope and a conversation have lengths that must fit. */
    private List<Explanation> candidates(final byte[] bytes) {
        final List<Explanation> candidates = new ArrayList<>();
        final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
        if (only == Form.JOURNAL || (only == null && RecordExplainer.begins(buffer, 0, bytes.length))) {
            candidates.add(Explainers.record(buffer, 0, bytes.length));
            return candidates;
        }
        if (only == null || only == Form.ENVELOPE) {
            dialects().forEach(each -> candidates.add(Explainers.envelope(bytes, each)));
        }
        if (only == null || only == Form.PROTOBUF) {
            if (kind == null) {
                candidates.addAll(Explainers.conversation(bytes));
            } else {
                final Descriptor type = descriptor(kind);
                candidates.add(Explainers.message(bytes, type, kind.toLowerCase(Locale.ROOT)));
            }
        }
        if (only == null || only == Form.UPER) {
            dialects().forEach(each -> candidates.add(Explainers.uper(bytes, each)));
        }
        return candidates;
    }

    /** Phase II first: it has all messages. */
    private List<Dialect> dialects() {
        return dialect == null ? List.of(Dialect.PHASE_2, Dialect.PHASE_1_2019) : List.of(dialect);
    }

    /**
     * The message of a kind.
     *
     * @throws IllegalArgumentException when there is no such kind, or it has no message
     */
    static Descriptor descriptor(final String kind) {
        final FieldDescriptor body = Message.getDescriptor().findFieldByName(kind.toLowerCase(Locale.ROOT));
        if (body != null && body.getContainingOneof() != null) {
            return body.getMessageType();
        }
        for (final RecordKind record : RecordKind.values()) {
            final Descriptor type =
                    record == RecordKind.UNRECOGNIZED ? null : RecordText.descriptor(record.getNumber());
            if (type != null && RecordText.kind(record.getNumber()).equalsIgnoreCase(kind)) {
                return type;
            }
        }
        throw new IllegalArgumentException(
                "no kind " + kind + "; kinds are BSM, RSM, RSI, SPAT, MAP, … and those of records");
    }
}
