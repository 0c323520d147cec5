package io.luyun.server.live;

/** An upright box on the map, 1e-7 deg, its edges within it. */
record Box(int westE7, int southE7, int eastE7, int northE7) {
    boolean contains(final int latE7, final int lonE7) {
        return lonE7 >= westE7 && lonE7 <= eastE7 && latE7 >= southE7 && latE7 <= northE7;
    }
}
