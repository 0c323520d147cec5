package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A way on from the end of a link: which lanes may take it, the signal phase that governs it and where it leads. It has a
 * {@link #connector} where the zone file draws it; one that only a MAP tells has none. Owned by {@link RoadNetwork}; phase
 * and lanes change when a MAP comes in.
 */
public final class Movement {
    private static final int[] UNKNOWN = {};

    final Link from;
    final int remoteNode;
    final int maneuver;
    final @Nullable Link connector;

    @Nullable
    Link to;

    int phaseId;
    private int[] fromLanes = UNKNOWN;
    private int[] toLanes = UNKNOWN;

    Movement(
            final Link from,
            final @Nullable Link to,
            final @Nullable Link connector,
            final int remoteNode,
            final int maneuver,
            final int phaseId) {
        this.from = from;
        this.to = to;
        this.connector = connector;
        this.remoteNode = remoteNode;
        this.maneuver = maneuver;
        this.phaseId = phaseId;
    }

    void join(final List<Road.LanePair> pairs) {
        fromLanes = pairs.stream().mapToInt(Road.LanePair::from).toArray();
        toLanes = pairs.stream().mapToInt(Road.LanePair::to).toArray();
    }

    /** Road regulator of the junction it crosses. */
    public int region() {
        return from.region;
    }

    /** Node it crosses. */
    public int node() {
        return from.downstream;
    }

    /** Phase of that node's signals that governs it; 0 for none. */
    public int phaseId() {
        return phaseId;
    }

    /** Number of Maneuver, or ABSENT. */
    public int maneuver() {
        return maneuver;
    }

    /** Bit of the maneuver, 0 when it is not known. */
    int maneuverBit() {
        return maneuver == ABSENT ? 0 : 1 << maneuver;
    }

    /** Link it comes from. */
    public Link from() {
        return from;
    }

    /** Link it leads to; null when that is not on the map. */
    public @Nullable Link to() {
        return to;
    }

    /** Node at the far end of that link. */
    public int remoteNode() {
        return remoteNode;
    }

    /** Its course across the junction; null when the zone file does not draw it. */
    public @Nullable Link connector() {
        return connector;
    }

    /** Number of pairs of lanes it joins; 0 when they are not known. */
    public int pairs() {
        return fromLanes.length;
    }

    /** Lane a pair comes from. */
    public int fromLane(final int pair) {
        return fromLanes[pair];
    }

    /** Lane a pair leads to; 0 when it is not known. */
    public int toLane(final int pair) {
        return toLanes[pair];
    }

    /** Whether it may be taken from a lane; of a lane that is not known, and where no lanes are known, it may. */
    public boolean serves(final int lane) {
        if (lane == 0 || fromLanes.length == 0) {
            return true;
        }
        for (final int from : fromLanes) {
            if (from == lane) {
                return true;
            }
        }
        return false;
    }

    /** The lane it leads to from a lane, 0 when that is not known. */
    public int onwardLane(final int lane) {
        for (int i = 0; i < fromLanes.length; i++) {
            if (fromLanes[i] == lane) {
                return toLanes[i];
            }
        }
        return 0;
    }

    @Override
    public String toString() {
        return "movement from " + from + " to node " + remoteNode;
    }
}
