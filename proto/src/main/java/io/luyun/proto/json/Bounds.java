package io.luyun.proto.json;

/** A rectangle of latitude and longitude in 1e-7 degrees, edges included. */
public record Bounds(long southE7, long westE7, long northE7, long eastE7) {
    boolean contains(long latE7, long lonE7) {
        return latE7 >= southE7 && latE7 <= northE7 && lonE7 >= westE7 && lonE7 <= eastE7;
    }
}
