package io.luyun.server.world;

import io.luyun.proto.v1.DateTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;

/** Resolves the short times of the messages against a receive time: the nearest moment they can mean. */
final class MessageTime {
    private static final long MILLI_NS = 1_000_000L;
    private static final int MINUTE_MILLIS = 60_000;
    private static final long MINUTE_NS = 60_000 * MILLI_NS;
    private static final long SECOND_NS = 1_000 * MILLI_NS;

    private MessageTime() {}

    /** Millisecond within the minute. */
    static long ofSecMark(final int secMark, final long receivedAtNs) {
        long time = receivedAtNs - Math.floorMod(receivedAtNs, MINUTE_NS) + secMark * MILLI_NS;
        if (time - receivedAtNs > MINUTE_NS / 2) {
            time -= MINUTE_NS;
        } else if (receivedAtNs - time > MINUTE_NS / 2) {
            time += MINUTE_NS;
        }
        return time;
    }

    /** Minute of the UTC year; allocates. */
    static long ofMinuteOfYear(final int minute, final long receivedAtNs) {
        final int year = LocalDateTime.ofInstant(
                        Instant.ofEpochSecond(Math.floorDiv(receivedAtNs, SECOND_NS)), ZoneOffset.UTC)
                .getYear();
        long nearest = beginNs(year) + minute * MINUTE_NS;
        for (int other = year - 1; other <= year + 1; other += 2) {
            final long time = beginNs(other) + minute * MINUTE_NS;
            if (Math.abs(time - receivedAtNs) < Math.abs(nearest - receivedAtNs)) {
                nearest = time;
            }
        }
        return nearest;
    }

    /** A date and time; what was asked for when it is not given to the minute or is no date. Allocates. */
    static long of(final DateTime said, final long unknown) {
        if (!said.hasYear() || !said.hasMonth() || !said.hasDay() || !said.hasHour() || !said.hasMinute()) {
            return unknown;
        }
        try {
            final LocalDateTime minute =
                    LocalDateTime.of(said.getYear(), said.getMonth(), said.getDay(), said.getHour(), said.getMinute());
            return minute.toEpochSecond(ZoneOffset.UTC) * SECOND_NS
                    + (said.getSecond() <= MINUTE_MILLIS ? said.getSecond() * MILLI_NS : 0)
                    - said.getOffset() * MINUTE_NS;
        } catch (final DateTimeException e) {
            // 31 February, say: as good as none
            return unknown;
        }
    }

    private static long beginNs(final int year) {
        return LocalDateTime.of(year, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC) * SECOND_NS;
    }

    /** The minute after one of {@link #ofMinuteOfYear}. */
    static long minuteAfter(final long minuteNs) {
        return minuteNs + MINUTE_NS;
    }
}
