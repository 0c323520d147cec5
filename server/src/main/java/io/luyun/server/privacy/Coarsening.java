package io.luyun.server.privacy;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How coarse places and times become. Places of road users become the middles of cells of a grid, times the beginning of their step.
 *
 * @param metres side of a cell
 * @param stepMillis length of a step of time; 0 leaves times as they are
 */
public record Coarsening(double metres, int stepMillis) {
    private static final Pattern FORM = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?)(?:,(\\d{1,5}(?:\\.\\d{1,3})?))?");
    private static final double MOST_METRES = 100_000;
    private static final int TENTH_MILLIS = 100;
    private static final int MINUTE_MILLIS = 60_000;
    private static final int HOUR_MILLIS = 60 * MINUTE_MILLIS;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final String RULE =
            ": must be METRES or METRES,SECONDS: 1 to 100000 m; seconds that divide a minute, or whole minutes that divide an hour";

    public Coarsening {
        if (!allowed(metres, stepMillis)) {
            throw new IllegalArgumentException(metres + "," + stepMillis / 1_000.0 + RULE);
        }
    }

    /**
     * Reads {@code 25} or {@code 25,10}.
     *
     * @throws IllegalArgumentException with value and rule
     */
    public static Coarsening of(final String text) {
        final Matcher parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException(text + RULE);
        }
        final String seconds = parts.group(2);
        final int millis =
                seconds == null ? 0 : new BigDecimal(seconds).movePointRight(3).intValueExact();
        final double metres = Double.parseDouble(parts.group(1));
        if ((seconds != null && millis == 0) || !allowed(metres, millis)) {
            throw new IllegalArgumentException(text + RULE);
        }
        return new Coarsening(metres, millis);
    }

    private static boolean allowed(final double metres, final int stepMillis) {
        final boolean divides = stepMillis == 0
                || (stepMillis > 0
                        && (MINUTE_MILLIS % stepMillis == 0
                                || (stepMillis % MINUTE_MILLIS == 0 && HOUR_MILLIS % stepMillis == 0)));
        return metres >= 1 && metres <= MOST_METRES && divides;
    }

    /** The beginning of the step of a time, ns since 1970. */
    long time(final long timeNs) {
        return stepMillis == 0 ? timeNs : timeNs - Math.floorMod(timeNs, stepMillis * NANOS_A_MILLI);
    }

    /**
     * The beginning of the step of a millisecond within a minute. When a step is so long that the minute it belongs to could no longer
     * be told, it is that of the receive time.
     *
     * @param receivedAtNs when the message was received, already coarse
     */
    long milliOfMinute(final long receivedAtNs, final long milli) {
        if (stepMillis == 0) {
            return milli;
        }
        return stepMillis < MINUTE_MILLIS / 2
                ? milli - milli % stepMillis
                : Math.floorMod(receivedAtNs / NANOS_A_MILLI, MINUTE_MILLIS);
    }

    /** The first minute of the step of a minute, within an hour or a year. */
    long minute(final long minute) {
        return minute - minute % Math.max(1, stepMillis / MINUTE_MILLIS);
    }

    /** The first tenth of a second of the step of one within an hour; 36000 and more stand for no time within it and stay. */
    long tenthOfHour(final long tenth) {
        if (stepMillis == 0 || tenth >= HOUR_MILLIS / TENTH_MILLIS) {
            return tenth;
        }
        final long milli = tenth * TENTH_MILLIS;
        return (milli - milli % stepMillis) / TENTH_MILLIS;
    }
}
