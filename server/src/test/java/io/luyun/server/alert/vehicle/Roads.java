package io.luyun.server.alert.vehicle;

import io.luyun.server.alert.Drive;
import io.luyun.server.world.ZoneDraft;
import io.luyun.server.world.ZoneMap;

/** Roads and ways of driving for the tests here. */
final class Roads {
    static final int SEEDS = 40;

    private Roads() {}

    /** One lane either way beside each other along the x axis, eastbound at y = -1.75. */
    static ZoneMap undivided() {
        return new ZoneDraft()
                .link("a", 1, 2, 1, 60, 0, -1.75, 1200, -1.75)
                .link("b", 2, 1, 1, 60, 1200, 1.75, 0, 1.75)
                .load();
    }

    /** Along the x axis, west by a negative speed. */
    static Drive.Motion along(final double x, final double y, final double mps, final int events) {
        return (t, car) -> {
            car.x = x + mps * t;
            car.y = y;
            car.headingDeg = mps < 0 ? 270 : 90;
            car.mps = Math.abs(mps);
            car.events = events;
        };
    }
}
