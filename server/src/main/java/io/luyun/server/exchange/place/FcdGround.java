package io.luyun.server.exchange.place;

import org.jspecify.annotations.Nullable;

/** Where on the earth the x and y of a file are that was not written with {@code --fcd-output.geo}. */
@FunctionalInterface
public interface FcdGround {
    /** Latitude and longitude of a place, 1e-7 degrees; null where there is none for it. */
    int @Nullable [] place(double x, double y);
}
