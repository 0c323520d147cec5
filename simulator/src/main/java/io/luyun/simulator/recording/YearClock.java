package io.luyun.simulator.recording;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * The minute of the UTC year, which names no year: which minute is meant is told by a time near it. Instants are milliseconds since
 * 1970 UTC.
 */
final class YearClock {
    static final int MINUTE_MS = 60_000;
    private static final int DAY_MINUTES = 1_440;
    private static final long DAY_MS = (long) DAY_MINUTES * MINUTE_MS;
    private static final long HALF_YEAR_MS = 180 * DAY_MS;

    private YearClock() {}

    /** When the minute began, in the year in which that is nearest to a time. */
    static long begin(final int minute, final long nearMs) {
        final int year = year(nearMs);
        long nearest = beginIn(year, minute);
        if (Math.abs(nearest - nearMs) > HALF_YEAR_MS) {
            for (final int other : new int[] {year - 1, year + 1}) {
                final long begin = beginIn(other, minute);
                if (minute < LocalDate.of(other, 1, 1).lengthOfYear() * DAY_MINUTES
                        && Math.abs(begin - nearMs) < Math.abs(nearest - nearMs)) {
                    nearest = begin;
                }
            }
        }
        return nearest;
    }

    /**
     * An instant of the minute. Nothing says which: in the minute of the time near it, it is that time, an earlier minute is taken at
     * its end and a later one at its beginning, so that whatever lies before or after the time does so after a move as well.
     */
    static long instant(final int minute, final long nearMs) {
        final long begin = begin(minute, nearMs);
        return Math.clamp(nearMs, begin, begin + MINUTE_MS - 1);
    }

    /** The minute of its year. */
    static int minute(final long utcMs) {
        final LocalDate day = day(utcMs);
        return (day.getDayOfYear() - 1) * DAY_MINUTES + (int) (Math.floorMod(utcMs, DAY_MS) / MINUTE_MS);
    }

    /** The time with this millisecond of the minute that is nearest to a time. */
    static long withMillisecond(final int millisecond, final long nearMs) {
        final long off = Math.floorMod(millisecond - nearMs, (long) MINUTE_MS);
        return nearMs + (off > MINUTE_MS / 2 ? off - MINUTE_MS : off);
    }

    private static long beginIn(final int year, final int minute) {
        return LocalDate.of(year, 1, 1).toEpochDay() * DAY_MS + (long) minute * MINUTE_MS;
    }

    private static int year(final long utcMs) {
        return day(utcMs).getYear();
    }

    private static LocalDate day(final long utcMs) {
        return LocalDate.ofInstant(Instant.ofEpochMilli(utcMs), ZoneOffset.UTC);
    }
}
