package io.luyun.simulator.recording;

import io.luyun.proto.v1.DateTime;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * A date of which each part may be missing. Missing larger parts are those of a time near it; of missing smaller ones nothing is
 * known, so that it stands for all the time it may mean and moves like a minute of the year, see {@link YearClock#instant}.
 */
final class DateParts {
    private static final ChronoUnit[] UNITS = {
        ChronoUnit.YEARS, ChronoUnit.MONTHS, ChronoUnit.DAYS, ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.MILLIS
    };
    private static final int SECOND = 5;
    private static final int NOT_PRESENT = -1;
    /** Milliseconds from here on mean that they are not known; those of a leap second lie before it. */
    private static final int UNKNOWN_MS = 61_000;

    private final int[] parts = new int[UNITS.length];

    /**
     * The date moved; a part that is missing is still missing, and a date that no calendar has stays.
     *
     * @param nearMs a time near it, milliseconds since 1970 UTC
     */
    DateTime moved(final DateTime date, final long nearMs, final long moreMs) {
        read(date);
        final int first = firstPart();
        if (first == UNITS.length) {
            return date;
        }
        final long offsetMs = (long) date.getOffset() * YearClock.MINUTE_MS;
        try {
            final long instantMs = instant(first, nearMs + offsetMs);
            return write(
                    date,
                    LocalDateTime.ofEpochSecond(
                            Math.floorDiv(instantMs + moreMs, 1_000L),
                            (int) Math.floorMod(instantMs + moreMs, 1_000L) * 1_000_000,
                            ZoneOffset.UTC));
        } catch (final DateTimeException e) {
            return date;
        }
    }

    private void read(final DateTime date) {
        parts[0] = date.hasYear() ? date.getYear() : NOT_PRESENT;
        parts[1] = date.hasMonth() ? date.getMonth() : NOT_PRESENT;
        parts[2] = date.hasDay() ? date.getDay() : NOT_PRESENT;
        parts[3] = date.hasHour() ? date.getHour() : NOT_PRESENT;
        parts[4] = date.hasMinute() ? date.getMinute() : NOT_PRESENT;
        parts[SECOND] = date.hasSecond() && date.getSecond() < UNKNOWN_MS ? date.getSecond() : NOT_PRESENT;
    }

    private int firstPart() {
        int first = 0;
        while (first < parts.length && parts[first] == NOT_PRESENT) {
            first++;
        }
        return first;
    }

    private int lastPart() {
        int last = parts.length - 1;
        while (parts[last] == NOT_PRESENT) {
            last--;
        }
        return last;
    }

    /** The instant of the time the date may mean that is nearest to a time; both by the date's own clock. */
    private long instant(final int first, final long nearMs) {
        final LocalDateTime near = LocalDateTime.ofEpochSecond(
                Math.floorDiv(nearMs, 1_000L), (int) Math.floorMod(nearMs, 1_000L) * 1_000_000, ZoneOffset.UTC);
        long best = 0;
        boolean found = false;
        DateTimeException problem = null;
        for (int periods = first == 0 ? 0 : -1; periods <= (first == 0 ? 0 : 1); periods++) {
            try {
                final LocalDateTime around = first == 0 ? near : near.plus(periods, UNITS[first - 1]);
                final long instant = within(around, nearMs);
                if (!found || Math.abs(instant - nearMs) < Math.abs(best - nearMs)) {
                    best = instant;
                    found = true;
                }
            } catch (final DateTimeException e) {
                // the 31st of a month that has none: another month is meant
                problem = e;
            }
        }
        if (!found && problem != null) {
            throw problem;
        }
        return best;
    }

    /** As {@link #instant}, with what is missing before the last part taken from a time. */
    private long within(final LocalDateTime around, final long nearMs) {
        final int last = lastPart();
        final LocalDateTime minute = LocalDateTime.of(
                parts[0] != NOT_PRESENT ? parts[0] : around.getYear(),
                part(1, last, around.getMonthValue(), 1),
                part(2, last, around.getDayOfMonth(), 1),
                part(3, last, around.getHour(), 0),
                part(4, last, around.getMinute(), 0));
        final long beginMs = minute.toEpochSecond(ZoneOffset.UTC) * 1_000L;
        if (last == SECOND) {
            return beginMs + parts[SECOND];
        }
        final long endMs = minute.plus(1, UNITS[last]).toEpochSecond(ZoneOffset.UTC) * 1_000L;
        return Math.clamp(nearMs, beginMs, endMs - 1);
    }

    private int part(final int index, final int last, final int around, final int least) {
        if (parts[index] != NOT_PRESENT) {
            return parts[index];
        }
        return index < last ? around : least;
    }

    private DateTime write(final DateTime date, final LocalDateTime to) {
        final DateTime.Builder moved = date.toBuilder();
        if (parts[0] != NOT_PRESENT) {
            moved.setYear(to.getYear());
        }
        if (parts[1] != NOT_PRESENT) {
            moved.setMonth(to.getMonthValue());
        }
        if (parts[2] != NOT_PRESENT) {
            moved.setDay(to.getDayOfMonth());
        }
        if (parts[3] != NOT_PRESENT) {
            moved.setHour(to.getHour());
        }
        if (parts[4] != NOT_PRESENT) {
            moved.setMinute(to.getMinute());
        }
        if (parts[SECOND] != NOT_PRESENT) {
            moved.setSecond(to.getSecond() * 1_000 + to.getNano() / 1_000_000);
        }
        return moved.build();
    }
}
