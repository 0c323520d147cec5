package io.luyun.server.supervise;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Times as text. Stateless. */
final class VehicleTimes {
    private VehicleTimes() {}

    /** RFC 3339 in UTC, to the millisecond. */
    static String text(final long ns) {
        return Instant.EPOCH.plusNanos(ns).truncatedTo(ChronoUnit.MILLIS).toString();
    }
}
