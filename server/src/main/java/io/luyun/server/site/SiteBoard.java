package io.luyun.server.site;

import io.luyun.proto.v1.CrossingState;
import java.util.List;

/**
 * The places as they were not long ago, for other threads. Immutable.
 *
 * @param crossings in the order of the zone file
 */
public record SiteBoard(List<CrossingState> crossings) {
    /** Nothing is known yet. */
    public static final SiteBoard EMPTY = new SiteBoard(List.of());
}
