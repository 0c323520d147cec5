package io.luyun.server.tools;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Round times within a span, in UTC, as an axis shows them.
 *
 * @param ticks where they are, in order
 * @param unit what the labels are, for people
 */
record TimeAxis(List<Tick> ticks, String unit) {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final long MINUTE = 60 * SECOND;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;
    private static final long[] STEPS_NS = {
        MILLI,
        2 * MILLI,
        5 * MILLI,
        10 * MILLI,
        20 * MILLI,
        50 * MILLI,
        100 * MILLI,
        200 * MILLI,
        500 * MILLI,
        SECOND,
        2 * SECOND,
        5 * SECOND,
        10 * SECOND,
        15 * SECOND,
        30 * SECOND,
        MINUTE,
        2 * MINUTE,
        5 * MINUTE,
        10 * MINUTE,
        15 * MINUTE,
        30 * MINUTE,
        HOUR,
        2 * HOUR,
        3 * HOUR,
        6 * HOUR,
        12 * HOUR,
        DAY,
        2 * DAY,
        7 * DAY,
        14 * DAY,
        28 * DAY
    };

    /**
     * One of them.
     *
     * @param timeNs ns since 1970
     */
    record Tick(long timeNs, String label) {}

    /**
     * The round times of a span, as near to each other as a millisecond at the least.
     *
     * @param spanNs 1 or more
     * @param most so many of them, one more where both ends are round
     */
    static TimeAxis of(final long fromNs, final long spanNs, final int most) {
        long stepNs = STEPS_NS[STEPS_NS.length - 1];
        for (int i = STEPS_NS.length - 1; i >= 0; i--) {
            if (spanNs / STEPS_NS[i] <= most) {
                stepNs = STEPS_NS[i];
            }
        }
        while (spanNs / stepNs > most) {
            stepNs *= 2;
        }
        final String day = format("yyyy-MM-dd").format(at(fromNs));
        final boolean oneDay = day.equals(format("yyyy-MM-dd").format(at(fromNs + spanNs)));
        final DateTimeFormatter labels = format(pattern(stepNs, oneDay));
        final List<Tick> ticks = new ArrayList<>();
        for (long at = Math.ceilDiv(fromNs, stepNs) * stepNs; at <= fromNs + spanNs; at += stepNs) {
            ticks.add(new Tick(at, labels.format(at(at))));
        }
        return new TimeAxis(ticks, oneDay ? day + ", UTC" : "from " + day + ", UTC");
    }

    private static String pattern(final long stepNs, final boolean oneDay) {
        if (stepNs >= DAY) {
            return "yyyy-MM-dd";
        }
        if (stepNs < SECOND) {
            return "HH:mm:ss.SSS";
        }
        if (stepNs < MINUTE) {
            return "HH:mm:ss";
        }
        return oneDay ? "HH:mm" : "MM-dd HH:mm";
    }

    private static DateTimeFormatter format(final String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(ZoneOffset.UTC);
    }

    private static Instant at(final long timeNs) {
        return Instant.ofEpochSecond(0, timeNs);
    }
}
