package io.luyun.proto.uper;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.explain.ExplainedField;
import io.luyun.proto.explain.ExplainedField.Part;
import io.luyun.proto.explain.FieldVisitor;
import io.luyun.proto.explain.Octets;
import io.luyun.proto.explain.Scale;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.HexFormat;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Tells every octet of the envelope roadside units put around UPER frames ({@link RsuEnvelope}), and every bit of the frames
 * in it. A frame that is refused does not hide the next one. One thread; off the line.
 */
public final class EnvelopeExplainer {
    private static final String NAME = "envelope";
    private static final Scale MILLIS = new Scale("1", "ms since 1970 UTC");

    private final RsuEnvelope envelope = new RsuEnvelope();
    private final UperExplainer frames = new UperExplainer();
    private DirectBuffer in = new UnsafeBuffer(new byte[0]);
    private FieldVisitor visitor = field -> {};
    private int start;
    private int told;

    /**
     * Explains one envelope.
     *
     * @return what is wrong with it, or with the first frame of which something is; null when nothing is
     */
    public @Nullable Violation explain(
            Dialect dialect, DirectBuffer input, int offset, int length, FieldVisitor newVisitor) {
        in = input;
        start = offset;
        told = 0;
        visitor = newVisitor;
        final boolean whole = envelope.wrap(input, offset, length);
        if (length >= RsuEnvelope.HEAD_LENGTH) {
            head();
        }
        if (!whole) {
            octets(Part.UNREAD, NAME, "", length - told, "not read");
            return envelope.violation();
        }
        if (envelope.layout() != RsuEnvelope.Layout.ONE_FRAME) {
            number(
                    Part.LENGTH,
                    NAME + ".count",
                    envelope.frames(),
                    1,
                    envelope.layout() == RsuEnvelope.Layout.COUNTED
                            ? "each frame behind its length"
                            : "all lengths before all frames");
        }
        if (envelope.layout() == RsuEnvelope.Layout.LENGTHS_FIRST) {
            for (int i = 0; i < envelope.frames(); i++) {
                length(i);
            }
        }
        Violation first = null;
        while (envelope.next()) {
            final Violation violation = frame(dialect);
            first = first == null ? violation : first;
        }
        return first;
    }

    /** Number of {@code MessageKind} of the last frame; 0 when that is not known. */
    public int messageKind() {
        return frames.messageKind();
    }

    private void head() {
        final byte[] id = new byte[RsuEnvelope.TIMESTAMP];
        in.getBytes(start, id);
        octets(Part.VALUE, NAME + ".id", "OCTET STRING (SIZE (8))", id.length, Octets.readable(id, id.length));
        final long millis = in.getLong(start + RsuEnvelope.TIMESTAMP, ByteOrder.LITTLE_ENDIAN);
        emit(new ExplainedField(
                Part.VALUE,
                NAME + ".timestamp",
                "64 bits, low octet first",
                told * Byte.SIZE,
                Long.SIZE,
                Long.toString(millis),
                millis,
                MILLIS,
                false,
                time(millis)));
    }

    private static String time(long millis) {
        final Instant latest = Instant.parse("9999-12-31T23:59:59Z");
        return millis < 0 || millis > latest.toEpochMilli()
                ? "no date"
                : Instant.ofEpochMilli(millis).toString();
    }

    private @Nullable Violation frame(Dialect dialect) {
        final int index = envelope.index();
        if (envelope.layout() != RsuEnvelope.Layout.LENGTHS_FIRST) {
            length(index);
        }
        final String path = NAME + ".frames[" + index + ']';
        final int before = told * Byte.SIZE;
        final Violation violation = frames.explain(
                dialect,
                in,
                envelope.frameOffset(),
                envelope.frameLength(),
                field -> visitor.field(field.within(path, before)));
        told += envelope.frameLength();
        if (violation != null) {
            violation.within(path, -1);
        }
        return violation;
    }

    private void length(int index) {
        final int length = in.getShort(start + told, ByteOrder.LITTLE_ENDIAN) & 0xFFFF;
        number(Part.LENGTH, NAME + ".frames[" + index + "].length", length, RsuEnvelope.LENGTH_BYTES, "octets");
    }

    private void number(Part part, String path, long number, int octets, String meaning) {
        emit(new ExplainedField(
                part,
                path,
                "",
                told * Byte.SIZE,
                octets * Byte.SIZE,
                Long.toString(number),
                number,
                Scale.NONE,
                false,
                meaning));
    }

    private void octets(Part part, String path, String type, int length, String meaning) {
        final byte[] bytes = new byte[length];
        in.getBytes(start + told, bytes);
        if (length > 0) {
            emit(new ExplainedField(
                    part,
                    path,
                    type,
                    told * Byte.SIZE,
                    length * Byte.SIZE,
                    HexFormat.of().formatHex(bytes),
                    null,
                    Scale.NONE,
                    false,
                    meaning));
        }
    }

    private void emit(ExplainedField field) {
        told += field.bits() / Byte.SIZE;
        visitor.field(field);
    }
}
