package io.luyun.server.site;

/**
 * What is reckoned of the places beside the road.
 *
 * @param crossing pedestrian crossings
 */
public record SiteConfig(CrossingConfig crossing) {
    /** The defaults. */
    public static final SiteConfig DEFAULT = new SiteConfig(CrossingConfig.DEFAULT);
}
