package io.luyun.server.exchange.place;

import io.luyun.server.research.TextBytes;
import java.io.IOException;
import java.io.OutputStream;
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
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final long MILLIS_A_MINUTE = 60_000;
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final OutputStream out;
    private final TextBytes text = new TextBytes();
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
        text.put(ascii);
        return written();
    }

    TextFile put(final String plain) throws IOException {
        text.text(plain);
        return written();
    }

    TextFile number(final long value) throws IOException {
        text.number(value);
        return written();
    }

    /** A number of steps of 10 to the power of minus digits, without zeros at the end: 295819127, 7 is 29.5819127. */
    TextFile fixed(final long steps, final int digits) throws IOException {
        long unit = 1;
        for (int i = 0; i < digits; i++) {
            unit *= 10;
        }
        if (steps < 0) {
            text.put('-');
        }
        text.number(Math.abs(steps / unit));
        long rest = Math.abs(steps % unit);
        if (rest != 0) {
            text.put('.');
        }
        while (rest != 0) {
            unit /= 10;
            text.put((char) ('0' + rest / unit));
            rest %= unit;
        }
        return written();
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

    private void digits(final int value, final int width) {
        if (width > 1) {
            digits(value / 10, width - 1);
        }
        text.put((char) ('0' + value % 10));
    }

    /** Any text as a JSON string, with its quotes. */
    TextFile json(final String any) throws IOException {
        put('"');
        for (int i = 0; i < any.length(); i++) {
            final char c = any.charAt(i);
            if (c == '"' || c == '\\') {
                put('\\').put(c);
            } else if (c < ' ') {
                put("\\u00").put(hex(c >>> 4)).put(hex(c & 0xF));
            } else {
                i += any(any, i);
            }
        }
        return put('"');
    }

    /** Any text as content or attribute of XML 1.0; characters that XML does not have become U+FFFD. */
    TextFile xml(final String any) throws IOException {
        for (int i = 0; i < any.length(); i++) {
            final char c = any.charAt(i);
            switch (c) {
                case '&' -> put("&amp;");
                case '<' -> put("&lt;");
                case '>' -> put("&gt;");
                case '"' -> put("&quot;");
                case '\'' -> put("&apos;");
                case '\t', '\n', '\r' -> put("&#").number(c).put(';');
                default -> i += any(c < ' ' || c >= 0xFFFE ? "\uFFFD" : any, c < ' ' || c >= 0xFFFE ? 0 : i);
            }
        }
        return this;
    }

    /** Writes one character; answers how many chars it took beyond the first. Half a pair is no character. */
    private int any(final String from, final int at) throws IOException {
        final char c = from.charAt(at);
        if (c < 0x80) {
            put(c);
            return 0;
        }
        final int point = from.codePointAt(at);
        final boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
        put(half ? "\uFFFD" : Character.toString(point));
        return Character.charCount(point) - 1;
    }

    private static char hex(final int digit) {
        return Character.forDigit(digit, 16);
    }

    private TextFile written() throws IOException {
        if (text.length() >= BUFFER) {
            text.moveTo(out);
        }
        return this;
    }

    @Override
    public void close() throws IOException {
        try (out) {
            text.moveTo(out);
        }
    }
}
