package io.luyun.proto.uper;

import io.luyun.proto.uper.SchemaType.Mark;

/**
 * The point that offsets count from, and the parts of the position that is being read or written. Owned by its codec.
 *
 * <p>Units: 1e-7 degrees and 0.1 m.
 */
final class Anchor {
    static final int UNKNOWN = Integer.MIN_VALUE;

    static final int LON = Mark.LON.ordinal();
    static final int LAT = Mark.LAT.ordinal();
    static final int HEIGHT = Mark.HEIGHT.ordinal();
    static final int EAST = Mark.EAST.ordinal();
    static final int NORTH = Mark.NORTH.ordinal();
    static final int RISE = Mark.RISE.ordinal();

    /** Index of the alternative that holds the offset, and the height. */
    static final int WAY = Mark.WAY.ordinal();

    static final int LIFT = Mark.LIFT.ordinal();

    private static final int MAX_LAT = 900_000_000;
    private static final int MAX_LON = 1_800_000_000;
    private static final int MIN_HEIGHT = -4095;
    private static final int MAX_HEIGHT = 61_439;

    /** The parts, each at the ordinal of its mark. */
    final int[] kept = new int[Mark.values().length];

    int lat;
    int lon;
    int height;

    void forget() {
        lat = UNKNOWN;
        lon = UNKNOWN;
        height = UNKNOWN;
    }

    void clearKept() {
        for (int i = 0; i < kept.length; i++) {
            kept[i] = UNKNOWN;
        }
    }

    /** Offsets count from the position that was kept last. */
    void moveToKept() {
        lat = kept[LAT];
        lon = kept[LON];
        height = kept[HEIGHT];
    }

    /** Whether both the anchor and the kept position are known. */
    boolean hasOffset() {
        return lat != UNKNOWN && lon != UNKNOWN && kept[LAT] != UNKNOWN && kept[LON] != UNKNOWN;
    }

    /** How far east of the anchor the kept position is, the short way round. */
    long east() {
        final long east = (long) kept[LON] - lon;
        return east > MAX_LON ? east - 2L * MAX_LON : east < -MAX_LON ? east + 2L * MAX_LON : east;
    }

    long north() {
        return (long) kept[LAT] - lat;
    }

    /** Adds kept offsets to the anchor; false when that leads off the earth. Without an anchor the position is unknown. */
    boolean resolve() {
        if (kept[EAST] != UNKNOWN) {
            if (lat == UNKNOWN || lon == UNKNOWN) {
                kept[WAY] = UNKNOWN;
            } else {
                kept[LAT] = lat + kept[NORTH];
                final long east = (long) lon + kept[EAST];
                kept[LON] =
                        (int) (east > MAX_LON ? east - 2L * MAX_LON : east <= -MAX_LON ? east + 2L * MAX_LON : east);
                if (Math.abs(kept[LAT]) > MAX_LAT) {
                    return false;
                }
            }
        } else {
            kept[WAY] = UNKNOWN;
        }
        if (kept[RISE] != UNKNOWN && height != UNKNOWN) {
            kept[HEIGHT] = height + kept[RISE];
            return kept[HEIGHT] >= MIN_HEIGHT && kept[HEIGHT] <= MAX_HEIGHT;
        }
        kept[LIFT] = UNKNOWN;
        return true;
    }

    /** How the parts were carried, as {@code Position.offset_form} has it; 0 when as they are. */
    int form() {
        return (kept[WAY] == UNKNOWN ? 0 : kept[WAY] + 1) + (kept[LIFT] == UNKNOWN ? 0 : (kept[LIFT] + 1) << 3);
    }

    @Override
    public String toString() {
        return kept[LAT] + ", " + kept[LON] + ", " + kept[HEIGHT];
    }
}
