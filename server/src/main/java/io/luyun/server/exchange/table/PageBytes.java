package io.luyun.server.exchange.table;

import java.io.OutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A Parquet page in the making: little-endian. One thread. */
final class PageBytes extends OutputStream {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private byte[] bytes = new byte[1 << 16];
    private int size;

    byte[] array() {
        return bytes;
    }

    int size() {
        return size;
    }

    /** Makes place, whose first byte it answers. */
    int room(final int more) {
        if (bytes.length - size < more) {
            bytes = Arrays.copyOf(bytes, Math.max(size + more, 2 * bytes.length));
        }
        final int at = size;
        size += more;
        return at;
    }

    void putByte(final int value) {
        final int at = room(1);
        bytes[at] = (byte) value;
    }

    void putInt(final int value) {
        final int at = room(Integer.BYTES);
        INT.set(bytes, at, value);
    }

    void putLong(final long value) {
        final int at = room(Long.BYTES);
        LONG.set(bytes, at, value);
    }

    void putVarint(final int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            putByte((rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        putByte(rest);
    }

    @Override
    public void write(final int octet) {
        putByte(octet);
    }

    @Override
    public void write(final byte[] from, final int begin, final int length) {
        final int at = room(length);
        System.arraycopy(from, begin, bytes, at, length);
    }

    void cut(final int newSize) {
        size = newSize;
    }

    void setLong(final int at, final long value) {
        LONG.set(bytes, at, value);
    }

    void setByte(final int at, final int value) {
        bytes[at] = (byte) value;
    }

    void setInt(final int at, final int value) {
        INT.set(bytes, at, value);
    }
}
