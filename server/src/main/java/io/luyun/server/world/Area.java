package io.luyun.server.world;

/**
 * A part of the zone with a limit of its own, as the zone file draws it: a school, a home for the elderly, road works.
 * Immutable.
 */
public final class Area {
    private static final int DAY_MINUTES = 24 * 60;

    /** What it is for. */
    public enum Type {
        /** Children are about. */
        SCHOOL,
        /** Old people are about. */
        ELDERLY,
        /** Road works. */
        CONSTRUCTION,
        /** Homes, where people walk on the road. */
        RESIDENTIAL,
        /** Something else. */
        OTHER
    }

    private final int index;
    private final String name;
    private final Type type;
    private final Polygon polygon;
    /** From and to in minutes of the day, by turns; none when it always holds. */
    private final int[] hours;

    private final SpeedLimits limits;

    Area(
            final int index,
            final String name,
            final Type type,
            final Polygon polygon,
            final int[] hours,
            final SpeedLimits limits) {
        this.index = index;
        this.name = name;
        this.type = type;
        this.polygon = polygon;
        this.hours = hours;
        this.limits = limits;
    }

    /** Place among {@link World#areas}. */
    public int index() {
        return index;
    }

    /** Its name; may be empty. */
    public String name() {
        return name;
    }

    /** What it is for. */
    public Type type() {
        return type;
    }

    /** Limits within while it holds; NONE when the file gives none. */
    public SpeedLimits limits() {
        return limits;
    }

    /** Whether a point of the zone's plane lies within. */
    public boolean contains(final double x, final double y) {
        return polygon.contains(x, y);
    }

    /** Whether it holds at a minute of the local day, 0 to 1439. */
    public boolean holdsAt(final int minuteOfDay) {
        for (int i = 0; i < hours.length; i += 2) {
            final int from = hours[i];
            final int to = hours[i + 1];
            final boolean within =
                    from <= to ? minuteOfDay >= from && minuteOfDay < to : minuteOfDay >= from || minuteOfDay < to;
            if (within) {
                return true;
            }
        }
        return hours.length == 0;
    }

    /** Minute of the local day of a time, which {@link #holdsAt} takes. */
    public static int minuteOfDay(final long utcNs, final int utcOffsetMinutes) {
        return (int) Math.floorMod(Math.floorDiv(utcNs, 60_000_000_000L) + utcOffsetMinutes, (long) DAY_MINUTES);
    }

    boolean touches(final double west, final double south, final double east, final double north) {
        return polygon.west <= east && polygon.east >= west && polygon.south <= north && polygon.north >= south;
    }

    @Override
    public String toString() {
        return "area " + type + " " + name;
    }
}
