package io.luyun.server.world;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A link or movement as read, on the plane of the zone.
 *
 * @param region regulator of the node it leads to
 * @param laneWidthMetres 0 when it is not known
 * @param stopLineMetres way from its begin to the stop line
 * @param way null for a link
 */
record Road(
        String linkId,
        String name,
        int region,
        int upstream,
        int downstream,
        Line line,
        int lanes,
        double laneWidthMetres,
        SpeedLimits limits,
        double stopLineMetres,
        Ramp ramp,
        boolean approved,
        @Nullable Way way) {

    /**
     * What makes it a movement.
     *
     * @param maneuver number of Maneuver, or ABSENT
     * @param phaseId 0 for none
     */
    record Way(String fromLink, String toLink, int maneuver, int phaseId, List<LanePair> lanes) {}

    /** A pair of lanes a movement joins, each from 1; to is 0 when it is not known. */
    record LanePair(int from, int to) {}

    boolean isMovement() {
        return way != null;
    }
}
