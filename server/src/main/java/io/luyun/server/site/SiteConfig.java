package io.luyun.server.site;

/**
 * What is reckoned of the places beside the road.
 *
 * @param crossing pedestrian crossings
 * @param busStop bus stops
 */
public record SiteConfig(CrossingConfig crossing, BusStopConfig busStop) {
    /** The defaults. */
    public static final SiteConfig DEFAULT = new SiteConfig(CrossingConfig.DEFAULT, BusStopConfig.DEFAULT);
}
