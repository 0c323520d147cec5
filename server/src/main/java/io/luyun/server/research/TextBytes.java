package io.luyun.server.research;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.agrona.DirectBuffer;

/**
 * UTF-8 text that is made, to be written as bytes: grows, is emptied and filled again. One thread; allocates when it has to grow alone.
 * */
public final class TextBytes {
    private static final int FIRST_SIZE = 1 << 16;
    private static final int LIMIT_OF_ASCII = 128;
    /** Most bytes that one byte of a string becomes. */
    private static final int MOST_ESCAPED = 6;

    private static final int MILLION = 1_000_000;
    private static final int THOUSAND = 1_000;

    private static final byte[] CAPITAL_HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    /** What JSON puts behind a backslash, by character; 0 for what stands as it is, 'u' for a number. */
    private static final byte[] ESCAPES = escapes();

    private byte[] bytes = new byte[FIRST_SIZE];
    private int length;

    private static byte[] escapes() {
        final byte[] escapes = new byte[LIMIT_OF_ASCII];
        Arrays.fill(escapes, 0, ' ', (byte) 'u');
        escapes['\b'] = 'b';
        escapes['\t'] = 't';
        escapes['\n'] = 'n';
        escapes['\f'] = 'f';
        escapes['\r'] = 'r';
        escapes['"'] = '"';
        escapes['\\'] = '\\';
        return escapes;
    }

    /** How many bytes there are. */
    public int length() {
        return length;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /** Ends at this length: forgets what was made behind it. */
    public void shorten(final int newLength) {
        length = newLength;
    }

    /** Writes all and begins anew. */
    public void moveTo(final OutputStream stream) throws IOException {
        stream.write(bytes, 0, length);
        length = 0;
    }

    /** Appends a byte. */
    public void put(final char ascii) {
        room(1);
        bytes[length++] = (byte) ascii;
    }

    /** Appends the first of some bytes. */
    public void put(final byte[] from, final int count) {
        room(count);
        System.arraycopy(from, 0, bytes, length, count);
        length += count;
    }

    void put(final Word word) {
        room(word.room());
        length = word.put(bytes, length);
    }

    /** Appends text. */
    public void text(final String text) {
        room(text.length());
        final int before = length;
        for (int i = 0; i < text.length(); i++) {
            final char character = text.charAt(i);
            if (character >= LIMIT_OF_ASCII) {
                length = before;
                final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
                put(utf8, utf8.length);
                return;
            }
            bytes[length++] = (byte) character;
        }
    }

    /** Appends a number in decimal digits. */
    public void number(final long value) {
        room(Digits.ROOM);
        length = Digits.number(bytes, length, value);
    }

    /** Appends the digits of a fraction of a second, as many threes as it takes; none for 0. */
    void fraction(final int nanos) {
        if (nanos == 0) {
            return;
        }
        room(Digits.ROOM);
        bytes[length] = '.';
        final int end = Digits.nine(bytes, length + 1, nanos);
        length = nanos % MILLION == 0 ? end - 6 : nanos % THOUSAND == 0 ? end - 3 : end;
    }

    /** Appends bytes as hexadecimal digits. */
    public void hex(final DirectBuffer buffer, final int offset, final int count) {
        room(2 * count);
        for (int i = 0; i < count; i++) {
            Digits.hex(bytes, length + 2 * i, buffer.getByte(offset + i));
        }
        length += 2 * count;
    }

    void hex(final byte[] from, final int offset, final int count) {
        room(2 * count);
        for (int i = 0; i < count; i++) {
            Digits.hex(bytes, length + 2 * i, from[offset + i]);
        }
        length += 2 * count;
    }

    /** Appends a text as the inside of a JSON string. */
    void escaped(final String text, final Quote quote) {
        final byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        escaped(utf8, 0, utf8.length, quote);
    }

    /**
     * Appends UTF-8 as the inside of a JSON string.
     *
     * @return whether all of it is ASCII
     */
    boolean escaped(final byte[] utf8, final int offset, final int count, final Quote quote) {
        room(MOST_ESCAPED * count);
        int all = 0;
        for (int i = offset; i < offset + count; i++) {
            final byte value = utf8[i];
            all |= value;
            if (value < 0 || ESCAPES[value] == 0) {
                bytes[length++] = value;
            } else {
                escape(value, quote);
            }
        }
        return all >= 0;
    }

    private void escape(final byte value, final Quote quote) {
        final byte escape = ESCAPES[value];
        bytes[length++] = '\\';
        bytes[length++] = escape;
        if (escape == 'u') {
            bytes[length++] = '0';
            bytes[length++] = '0';
            bytes[length++] = CAPITAL_HEX[value >> 4];
            bytes[length++] = CAPITAL_HEX[value & 0xF];
        } else if (escape == '"' && quote == Quote.DOUBLED) {
            bytes[length++] = '"';
        }
    }

    /** The bytes, with so much room behind them; whoever writes there says so by {@link #shorten}. */
    byte[] room(final int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
        }
        return bytes;
    }
}
