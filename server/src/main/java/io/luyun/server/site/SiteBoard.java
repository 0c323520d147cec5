package io.luyun.server.site;

import io.luyun.proto.v1.BusStopState;
import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.LinkTraffic;
import java.util.List;

/**
 * The places as they were not long ago, for other threads. Immutable.
 *
 * @param crossings in the order of the zone file
 * @param stops in the order of the zone file
 * @param traffic in the order of the links
 * @param jams number of lanes with a jam
 */
public record SiteBoard(List<CrossingState> crossings, List<BusStopState> stops, List<LinkTraffic> traffic, int jams) {
    /** Nothing is known yet. */
    public static final SiteBoard EMPTY = new SiteBoard(List.of(), List.of(), List.of(), 0);
}
