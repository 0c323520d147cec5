package io.luyun.server.privacy;

import io.luyun.server.research.Area;
import io.luyun.server.research.AreaFile;
import java.nio.file.Path;

/** Where nothing is told of any road user. Immutable. */
public final class RedactedArea {
    /** A way is looked at every 2 m, and one of more places than so many, 4 km, may lead anywhere. */
    private static final double STEP_E7 = 180;

    private static final int MOST_STEPS = 2_000;

    private final Area area;

    private RedactedArea(final Area area) {
        this.area = area;
    }

    /** All of an area. */
    public static RedactedArea of(final Area area) {
        return new RedactedArea(area);
    }

    /**
     * The polygons of a GeoJSON file.
     *
     * @throws IllegalArgumentException with file and rule
     */
    public static RedactedArea read(final Path file) {
        try {
            return new RedactedArea(AreaFile.read(file));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** Whether a point, in 1e-7 degrees, is in it. */
    boolean contains(final int latE7, final int lonE7) {
        return area.contains(latE7, lonE7);
    }

    /** Whether the way from one point straight to another leads through it, or is so long that nobody knows. */
    boolean crossed(final int fromLatE7, final int fromLonE7, final int toLatE7, final int toLonE7) {
        final double north = (double) toLatE7 - fromLatE7;
        final double east = (double) toLonE7 - fromLonE7;
        final int steps = (int) (Math.max(Math.abs(north), Math.abs(east)) / STEP_E7);
        if (steps > MOST_STEPS) {
            return true;
        }
        for (int i = 1; i < steps; i++) {
            final double part = (double) i / steps;
            if (area.contains((int) Math.round(fromLatE7 + part * north), (int) Math.round(fromLonE7 + part * east))) {
                return true;
            }
        }
        return area.contains(fromLatE7, fromLonE7) || area.contains(toLatE7, toLonE7);
    }
}
