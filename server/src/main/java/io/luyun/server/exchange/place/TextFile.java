package io.luyun.server.exchange.place;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** A text file in UTF-8, packed by gzip when its name ends in .gz. Numbers and times need no objects. One thread. */
final class TextFile implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LONGEST = 64;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long MILLIS_A_MINUTE = 60_000;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final OutputStream out;
    private final byte[] bytes = new byte[BUFFER];
    private int size;
    private long minuteShown = Long.MIN_VALUE;
    private String minute = "";

    private TextFile(final OutputStream out) {
        this.out = out;
    }

    /** Begins one; what is there is overwritten. */
    static TextFile open(final Path file) throws IOException {
        final OutputStream raw = Files.newOutputStream(file);
        final boolean packed = file.toString().endsWith(".gz");
        return new TextFile(packed ? new GZIPOutputStream(raw, BUFFER) : raw);
    }

    TextFile put(final char ascii) throws IOException {
        room(1);
        bytes[size++] = (byte) ascii;
        return this;
    }

    /** Text of ASCII alone. */
    TextFile put(final String ascii) throws IOException {
        for (int i = 0; i < ascii.length(); i++) {
            put(ascii.charAt(i));
        }
        return this;
    }

    TextFile number(final long value) throws IOException {
        return fixed(value, 0);
    }

    /** A number of steps of 10 to the power of minus digits, without zeros at the end: 295819127, 7 is 29.5819127. */
    TextFile fixed(final long steps, final int digits) throws IOException {
        room(LONGEST);
        long rest = steps;
        int behind = digits;
        while (behind > 0 && rest % 10 == 0) {
            rest /= 10;
            behind--;
        }
        if (rest < 0) {
            bytes[size++] = '-';
        }
        int length = 1;
        for (long more = rest / 10; more != 0; more /= 10) {
            length++;
        }
        length = Math.max(length, behind + 1) + (behind > 0 ? 1 : 0);
        int at = size + length;
        for (int place = 0; at > size; place++) {
            if (place == behind && behind > 0) {
                bytes[--at] = '.';
            }
            bytes[--at] = (byte) ('0' + Math.abs(rest % 10));
            rest /= 10;
        }
        size += length;
        return this;
    }

    /** A time, ns since 1970, as RFC 3339 in UTC with milliseconds. */
    TextFile time(final long timeNs) throws IOException {
        final long millis = Math.floorDiv(timeNs, NANOS_A_MILLI);
        final long wanted = Math.floorDiv(millis, MILLIS_A_MINUTE);
        if (wanted != minuteShown) {
            minuteShown = wanted;
            minute = MINUTE.format(Instant.ofEpochMilli(wanted * MILLIS_A_MINUTE));
        }
        put(minute);
        final int within = (int) Math.floorMod(millis, MILLIS_A_MINUTE);
        digits(within / 1_000, 2);
        put('.');
        digits(within % 1_000, 3);
        return put('Z');
    }

    private void digits(final int value, final int width) throws IOException {
        room(width);
        int rest = value;
        for (int i = width - 1; i >= 0; i--) {
            bytes[size + i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += width;
    }

    /** Any text as a JSON string, with its quotes. */
    TextFile json(final String text) throws IOException {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\').put(c);
            } else if (c < ' ') {
                put("\\u00").put(hex(c >>> 4)).put(hex(c & 0xF));
            } else {
                i += any(text, i);
            }
        }
        return put('"');
    }

    /** Any text as content or attribute of XML 1.0; characters that XML does not have become U+FFFD. */
    TextFile xml(final String text) throws IOException {
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            switch (c) {
                case '&' -> put("&amp;");
                case '<' -> put("&lt;");
                case '>' -> put("&gt;");
                case '"' -> put("&quot;");
                case '\'' -> put("&apos;");
                case '\t', '\n', '\r' -> put("&#").number(c).put(';');
                default -> i += any(c < ' ' || c >= 0xFFFE ? "\uFFFD" : text, c < ' ' || c >= 0xFFFE ? 0 : i);
            }
        }
        return this;
    }

    /** Writes one character; answers how many chars it took beyond the first. Half a pair is no character. */
    private int any(final String text, final int at) throws IOException {
        final char c = text.charAt(at);
        if (c < 0x80) {
            put(c);
            return 0;
        }
        final int point = text.codePointAt(at);
        final boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        final byte[] encoded = (half ? "\uFFFD" : Character.toString(point)).getBytes(StandardCharsets.UTF_8);
        room(encoded.length);
        System.arraycopy(encoded, 0, bytes, size, encoded.length);
        size += encoded.length;
        return Character.charCount(point) - 1;
    }

    private static char hex(final int digit) {
        return Character.forDigit(digit, 16);
    }

    private void room(final int wanted) throws IOException {
        if (bytes.length - size < wanted) {
            out.write(bytes, 0, size);
            size = 0;
        }
    }

    @Override
    public void close() throws IOException {
        try (out) {
            out.write(bytes, 0, size);
            size = 0;
        }
    }
}
