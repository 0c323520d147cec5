package io.luyun.server.site;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * When buses are at their stops. All figures are chosen here.
 *
 * @param atMetres how far before or behind a stop, along the road, a vehicle of a line is at it
 * @param standMps slower vehicles stand
 * @param dwellSeconds how long a vehicle stands at a stop, until the stop has shown how long
 * @param cruisePart part of the speed limit at which vehicles of a line drive where nothing holds them up
 * @param comfortMps2 how fast they brake and get going
 * @param signalSeconds what a light costs whose state at the time is not known, on a link where nobody was seen to drive
 * @param newsMillis changes of an arrival by less are not told
 */
public record BusStopConfig(
        double atMetres,
        double standMps,
        double dwellSeconds,
        double cruisePart,
        double comfortMps2,
        double signalSeconds,
        int newsMillis) {
    /** The defaults. */
    public static final BusStopConfig DEFAULT = new BusStopConfig(15, 0.5, 15, 0.85, 1.2, 10, 3_000);

    /** Checks the ranges. */
    public BusStopConfig {
        inRange("site.busStop.atMetres", atMetres, 2, 100);
        inRange("site.busStop.standMps", standMps, 0.1, 3);
        inRange("site.busStop.dwellSeconds", dwellSeconds, 0, 600);
        inRange("site.busStop.cruisePart", cruisePart, 0.2, 1.2);
        inRange("site.busStop.comfortMps2", comfortMps2, 0.3, 5);
        inRange("site.busStop.signalSeconds", signalSeconds, 0, 120);
        inRange("site.busStop.newsMillis", newsMillis, 200, 60_000);
    }
}
