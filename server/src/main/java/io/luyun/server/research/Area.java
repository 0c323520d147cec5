package io.luyun.server.research;

import java.util.List;

/** A part of the earth's surface. Positions are 1e-7 degrees, north and east positive. Immutable; any thread. */
@FunctionalInterface
public interface Area {
    /** Whether a place lies in it or on its edge. */
    boolean contains(int latE7, int lonE7);

    /**
     * All between two parallels and two meridians; it does not reach over the 180th.
     *
     * @throws IllegalArgumentException when south is not below north, or west not below east
     */
    static Area box(final int southE7, final int westE7, final int northE7, final int eastE7) {
        if (southE7 > northE7 || westE7 > eastE7) {
            throw new IllegalArgumentException("a box is SOUTH,WEST,NORTH,EAST with the lesser one first");
        }
        return (latE7, lonE7) -> latE7 >= southE7 && latE7 <= northE7 && lonE7 >= westE7 && lonE7 <= eastE7;
    }

    /** What lies in one of several. */
    static Area anyOf(final List<Area> areas) {
        final Area[] all = areas.toArray(new Area[0]);
        return all.length == 1
                ? all[0]
                : (latE7, lonE7) -> {
                    for (final Area area : all) {
                        if (area.contains(latE7, lonE7)) {
                            return true;
                        }
                    }
                    return false;
                };
    }
}
