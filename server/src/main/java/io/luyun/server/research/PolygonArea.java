package io.luyun.server.research;

/**
 * A polygon with holes: inside is what a ray to the east leaves through an odd number of edges. On integers, so exact: within the box
 * around it the products of two differences take 63 bits at most. Edges are straight in latitude and longitude, as GeoJSON has it.
 */
final class PolygonArea implements Area {
    private final int[][] latsE7;
    private final int[][] lonsE7;
    private final Area box;

    /**
     * Makes one.
     *
     * @param latsE7 of each ring, the last point being the first one again; at least one ring of at least one point
     * @param lonsE7 the same
     */
    PolygonArea(final int[][] latsE7, final int[][] lonsE7) {
        this.latsE7 = latsE7;
        this.lonsE7 = lonsE7;
        int south = Integer.MAX_VALUE;
        int north = Integer.MIN_VALUE;
        int west = Integer.MAX_VALUE;
        int east = Integer.MIN_VALUE;
        for (int ring = 0; ring < latsE7.length; ring++) {
            for (int i = 0; i < latsE7[ring].length; i++) {
                south = Math.min(south, latsE7[ring][i]);
                north = Math.max(north, latsE7[ring][i]);
                west = Math.min(west, lonsE7[ring][i]);
                east = Math.max(east, lonsE7[ring][i]);
            }
        }
        box = Area.box(south, west, north, east);
    }

    @Override
    public boolean contains(final int latE7, final int lonE7) {
        if (!box.contains(latE7, lonE7)) {
            return false;
        }
        boolean inside = false;
        for (int ring = 0; ring < latsE7.length; ring++) {
            final int[] lats = latsE7[ring];
            final int[] lons = lonsE7[ring];
            for (int i = 1; i < lats.length; i++) {
                final int side = side(lats[i - 1], lons[i - 1], lats[i], lons[i], latE7, lonE7);
                if (side == 0 && between(lats[i - 1], latE7, lats[i]) && between(lons[i - 1], lonE7, lons[i])) {
                    return true;
                }
                if (lats[i - 1] > latE7 != lats[i] > latE7 && side > 0) {
                    inside = !inside;
                }
            }
        }
        return inside;
    }

    /** Above 0 when an edge, gone along to the north, has the place on its left. */
    private static int side(
            final int latA, final int lonA, final int latB, final int lonB, final int lat, final int lon) {
        final boolean northward = latA <= latB;
        final long fromLat = northward ? latA : latB;
        final long fromLon = northward ? lonA : lonB;
        final long alongLat = (northward ? latB : latA) - fromLat;
        final long alongLon = (northward ? lonB : lonA) - fromLon;
        return Long.compare((lat - fromLat) * alongLon, (lon - fromLon) * alongLat);
    }

    private static boolean between(final int a, final int x, final int b) {
        return Math.min(a, b) <= x && x <= Math.max(a, b);
    }
}
