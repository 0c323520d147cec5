package io.luyun.server.session;

import io.luyun.proto.v1.Polygon;
import io.luyun.proto.v1.Position;

/** A rectangle of latitude and longitude, edges included, in 1e-7 degrees. It does not span the 180th meridian. */
record Area(int southE7, int westE7, int northE7, int eastE7) {
    boolean contains(final int latE7, final int lonE7) {
        return latE7 >= southE7 && latE7 <= northE7 && lonE7 >= westE7 && lonE7 <= eastE7;
    }

    io.luyun.proto.v1.Area message() {
        return io.luyun.proto.v1.Area.newBuilder()
                .setPolygon(Polygon.newBuilder()
                        .addCorners(corner(southE7, westE7))
                        .addCorners(corner(southE7, eastE7))
                        .addCorners(corner(northE7, eastE7))
                        .addCorners(corner(northE7, westE7)))
                .build();
    }

    private static Position corner(final int latE7, final int lonE7) {
        return Position.newBuilder().setLat(latE7).setLon(lonE7).build();
    }

    @Override
    public String toString() {
        return "south " + degrees(southE7) + ", west " + degrees(westE7) + ", north " + degrees(northE7) + ", east "
                + degrees(eastE7) + " deg";
    }

    static String degrees(final int e7) {
        return Double.toString(e7 / 1e7);
    }
}
