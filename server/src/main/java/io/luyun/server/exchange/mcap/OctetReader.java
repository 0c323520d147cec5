package io.luyun.server.exchange.mcap;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Looks at the octets of one record, little-endian; what would lie behind its end is an {@link McapException}. One thread. */
final class OctetReader {
    private ByteBuffer in = ByteBuffer.allocate(0);

    OctetReader on(final byte[] octets, final int offset, final int length) {
        in = ByteBuffer.wrap(octets, offset, length).order(ByteOrder.LITTLE_ENDIAN);
        return this;
    }

    int position() {
        return in.position();
    }

    int remaining() {
        return in.remaining();
    }

    int u8() throws McapException {
        return need(Byte.BYTES).get() & 0xFF;
    }

    int u16() throws McapException {
        return need(Short.BYTES).getShort() & 0xFFFF;
    }

    int u32() throws McapException {
        return need(Integer.BYTES).getInt();
    }

    long u64() throws McapException {
        return need(Long.BYTES).getLong();
    }

    /** Passes over so many octets. */
    void skip(final long count) throws McapException {
        if (count < 0 || count > in.remaining()) {
            throw new McapException(
                    "a length of " + Long.toUnsignedString(count) + " where " + in.remaining() + " octets are left");
        }
        in.position(in.position() + (int) count);
    }

    /** MCAP's String; what is longer than that is cut. */
    String text(final int longest) throws McapException {
        final long length = Integer.toUnsignedLong(u32());
        final int at = in.position();
        skip(length);
        return new String(in.array(), at, (int) Math.min(length, longest), StandardCharsets.UTF_8);
    }

    private ByteBuffer need(final int count) throws McapException {
        if (in.remaining() < count) {
            throw new McapException("a record ends within a field");
        }
        return in;
    }
}
