package io.luyun.server.session;

/** A rectangle of latitude and longitude, edges included, in 1e-7 degrees. It does not span the 180th meridian. */
record Area(int southE7, int westE7, int northE7, int eastE7) {
    boolean contains(final int latE7, final int lonE7) {
        return latE7 >= southE7 && latE7 <= northE7 && lonE7 >= westE7 && lonE7 <= eastE7;
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
