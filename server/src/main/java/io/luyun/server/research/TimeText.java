package io.luyun.server.research;

import java.time.Instant;
import java.time.format.DateTimeFormatter;

/**
 * Times as RFC 3339 in UTC, with as many threes of digits of the second as it takes: {@code 2026-01-01T00:00:00.25Z} is never written,
 * {@code .250Z} is. Remembers the second, since records follow each other in time. One thread.
 */
final class TimeText {
    private static final long NANOS_A_SECOND = 1_000_000_000L;

    private long second = Long.MIN_VALUE;
    private Word text = new Word("");

    /** Appends a time, ns since 1970. */
    void put(final TextBytes out, final long timeNs) {
        final long at = Math.floorDiv(timeNs, NANOS_A_SECOND);
        if (at != second) {
            final String whole = DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(at));
            text = new Word(whole.substring(0, whole.length() - 1));
            second = at;
        }
        out.put(text);
        out.fraction((int) (timeNs - at * NANOS_A_SECOND));
        out.put('Z');
    }
}
