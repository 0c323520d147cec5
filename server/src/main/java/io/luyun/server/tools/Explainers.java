package io.luyun.server.tools;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import io.luyun.proto.explain.FieldVisitor;
import io.luyun.proto.explain.Scale;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.EnvelopeExplainer;
import io.luyun.proto.uper.UperExplainer;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.server.journal.RecordExplainer;
import io.luyun.server.tools.Explanation.Form;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Explains octets as each form they may have. */
final class Explainers {
    private static final int MAX_VARINT32 = 5;

    private Explainers() {}

    static Explanation uper(final byte[] bytes, final Dialect dialect) {
        final List<ExplainedField> fields = new ArrayList<>();
        final UperExplainer explainer = new UperExplainer();
        final Violation violation = explainer.explain(dialect, new UnsafeBuffer(bytes), 0, bytes.length, fields::add);
        return new Explanation(Form.UPER, kind(explainer.messageKind()), dialect.label(), fields, violation);
    }

    static Explanation envelope(final byte[] bytes, final Dialect dialect) {
        final List<ExplainedField> fields = new ArrayList<>();
        final EnvelopeExplainer explainer = new EnvelopeExplainer();
        final Violation violation = explainer.explain(dialect, new UnsafeBuffer(bytes), 0, bytes.length, fields::add);
        return new Explanation(Form.ENVELOPE, kind(explainer.messageKind()), dialect.label(), fields, violation);
    }

    /** One message without a length. */
    static Explanation message(final byte[] bytes, final Descriptor type, final String root) {
        final List<ExplainedField> fields = new ArrayList<>();
        final Violation violation = new ProtobufExplainer(root, bytes, 0, bytes.length, fields::add).explain(type);
        return new Explanation(Form.PROTOBUF, type.getName(), null, fields, violation);
    }

    /** Frames of a conversation, one behind the other, each after its length; what a device sends or what the server does. */
    static Explanation frames(final byte[] bytes, final Descriptor type) {
        final List<ExplainedField> fields = new ArrayList<>();
        int at = 0;
        int index = 0;
        Violation violation = null;
        while (at < bytes.length && violation == null) {
            final String path = type.getName() + (at == 0 && isWhole(bytes) ? "" : "[" + index + ']');
            final CodedInputStream in =
                    CodedInputStream.newInstance(bytes, at, Math.min(MAX_VARINT32, bytes.length - at));
            int length;
            try {
                length = in.readRawVarint32();
            } catch (final IOException e) {
                // then there is none
                length = -1;
            }
            final int prefix = in.getTotalBytesRead();
            if (length <= 0 || length > bytes.length - at - prefix) {
                violation = new Violation()
                        .set(
                                ErrorCode.ERROR_CODE_MALFORMED,
                                path,
                                length < 0 ? "octet " + at : length + " octets",
                                "the length of a frame and as many octets");
                unread(fields, bytes, at);
                break;
            }
            fields.add(row(Part.LENGTH, path, at, prefix, Integer.toString(length), (long) length, "octets"));
            at += prefix;
            violation = frame(type, path, bytes, at, length, fields);
            at += length;
            index++;
        }
        return new Explanation(Form.PROTOBUF, type.getName(), null, fields, violation);
    }

    private static @Nullable Violation frame(
            final Descriptor type,
            final String path,
            final byte[] bytes,
            final int at,
            final int length,
            final List<ExplainedField> fields) {
        final int before = fields.size();
        final ProtobufExplainer explainer =
                new ProtobufExplainer(path, bytes, at, length, field -> fields.add(field.within("", at * Byte.SIZE)));
        final Violation violation = explainer.explain(type);
        if (violation != null) {
            unread(fields, bytes, at + length);
            return violation;
        }
        final Set<String> paths = new HashSet<>();
        fields.subList(before, fields.size()).forEach(field -> paths.add(field.path()));
        return explainer.sawUnknown() || !hasBody(type, path, paths)
                ? new Violation()
                        .set(
                                ErrorCode.ERROR_CODE_UNKNOWN_KIND,
                                path,
                                "octets",
                                "a " + type.getName() + " of this schema")
                : null;
    }

    /** Whether a frame says something that its schema knows; a message in it, too. */
    private static boolean hasBody(final Descriptor type, final String path, final Set<String> paths) {
        for (final OneofDescriptor body : type.getRealOneofs()) {
            final boolean there =
                    body.getFields().stream().anyMatch(field -> paths.contains(path + '.' + field.getName()));
            if (!there) {
                return false;
            }
        }
        final String message = path + ".message";
        return type != DeviceFrame.getDescriptor()
                || !paths.contains(message)
                || hasBody(io.luyun.proto.v1.Message.getDescriptor(), message, paths);
    }

    private static boolean isWhole(final byte[] bytes) {
        try {
            final CodedInputStream in = CodedInputStream.newInstance(bytes);
            return in.readRawVarint32() == bytes.length - in.getTotalBytesRead();
        } catch (final IOException e) {
            return false;
        }
    }

    private static void unread(final List<ExplainedField> fields, final byte[] bytes, final int from) {
        if (from < bytes.length) {
            final String hex = HexFormat.of().formatHex(bytes, from, bytes.length);
            fields.add(row(Part.UNREAD, "", from, bytes.length - from, hex, null, "not read"));
        }
    }

    private static ExplainedField row(
            final Part part,
            final String path,
            final int at,
            final int octets,
            final String raw,
            final @Nullable Long number,
            final String meaning) {
        return new ExplainedField(
                part, path, "", at * Byte.SIZE, octets * Byte.SIZE, raw, number, Scale.NONE, false, meaning);
    }

    static Explanation record(final DirectBuffer in, final int offset, final int length) {
        final List<ExplainedField> fields = new ArrayList<>();
        final String[] kind = {"not known"};
        final Violation violation = new RecordExplainer(in, offset, length, fields::add)
                .explain((number, at, octets, visitor) -> {
                    kind[0] = RecordText.kind(number);
                    final byte[] payload = new byte[octets];
                    in.getBytes(at, payload);
                    return payload(number, payload, visitor);
                });
        return new Explanation(Form.JOURNAL, kind[0], null, fields, violation);
    }

    private static @Nullable Violation payload(final int kind, final byte[] payload, final FieldVisitor visitor) {
        final Descriptor type = RecordText.descriptor(kind);
        if (type != null) {
            return new ProtobufExplainer(
                            RecordText.kind(kind).toLowerCase(java.util.Locale.ROOT),
                            payload,
                            0,
                            payload.length,
                            visitor)
                    .explain(type);
        }
        if (payload.length > 0) {
            visitor.field(row(
                    Part.EXTENSION,
                    "payload",
                    0,
                    payload.length,
                    HexFormat.of().formatHex(payload),
                    null,
                    "of a kind not known"));
        }
        return null;
    }

    static String kind(final int number) {
        final MessageKind kind = MessageKind.forNumber(number);
        return kind == null || number == 0 ? "message not known" : kind.name().substring("MESSAGE_KIND_".length());
    }

    /** The frames of a conversation. */
    static List<Explanation> conversation(final byte[] bytes) {
        return List.of(frames(bytes, DeviceFrame.getDescriptor()), frames(bytes, ServerFrame.getDescriptor()));
    }
}
