package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.WireFormat;
import io.luyun.proto.codec.Wire;
import io.luyun.proto.codec.WireCursor;

/** How the bytes of a value are read. */
enum WireForm {
    /** Unsigned numbers, flags and enums. */
    PLAIN(WireFormat.WIRETYPE_VARINT),
    /** Signed numbers. */
    ZIGZAG(WireFormat.WIRETYPE_VARINT),
    FIXED32(WireFormat.WIRETYPE_FIXED32),
    FIXED64(WireFormat.WIRETYPE_FIXED64),
    /** Texts and octets. */
    BYTES(WireFormat.WIRETYPE_LENGTH_DELIMITED),
    MESSAGE(WireFormat.WIRETYPE_LENGTH_DELIMITED);

    private final int wireType;

    WireForm(final int wireType) {
        this.wireType = wireType;
    }

    /** That of a field; the schema has no floating point. */
    static WireForm of(final FieldDescriptor field) {
        return switch (field.getType()) {
            case UINT32, UINT64, BOOL, ENUM -> PLAIN;
            case SINT32, SINT64 -> ZIGZAG;
            case FIXED32, SFIXED32 -> FIXED32;
            case FIXED64, SFIXED64 -> FIXED64;
            case BYTES, STRING -> BYTES;
            case MESSAGE -> MESSAGE;
            default -> throw new IllegalArgumentException(field.getFullName() + " is of type " + field.getType());
        };
    }

    /** The tag of a field in this form. */
    int tag(final FieldDescriptor field) {
        return field.getNumber() << 3 | wireType;
    }

    /** Reads a number. */
    long number(final WireCursor in) {
        return switch (this) {
            case PLAIN -> in.varint();
            case ZIGZAG -> Wire.zigZag64(in.varint());
            case FIXED32 -> in.fixed32();
            case FIXED64 -> in.fixed64();
            case BYTES, MESSAGE -> throw new IllegalStateException("no number");
        };
    }
}
