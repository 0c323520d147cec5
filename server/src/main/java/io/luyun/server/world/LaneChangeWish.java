package io.luyun.server.world;

import io.luyun.proto.v1.LaneChangeRequest;

/**
 * A vehicle that asks others to let it change lanes (VIR). Immutable.
 *
 * @param bsmId temporary id of the vehicle
 * @param request link and lane
 * @param hasTarget whether it asks one vehicle
 * @param targetBsmId that one's temporary id
 * @param endNs until when it holds
 */
public record LaneChangeWish(long bsmId, LaneChangeRequest request, boolean hasTarget, long targetBsmId, long endNs) {
    /** Whether it still holds. */
    public boolean holdsAt(final long nowNs) {
        return nowNs < endNs;
    }

    /** Whether it asks this vehicle by its id. */
    public boolean asks(final Participant p) {
        return hasTarget && p.hasBsmId && p.bsmId == targetBsmId;
    }

    /** Whether it is about this link. */
    public boolean on(final Link link) {
        return link.upstream == request.getUpstreamNode().getId()
                && link.downstream == request.getDownstreamNode().getId()
                && (request.getDownstreamNode().getRegion() == 0
                        || link.region == 0
                        || link.region == request.getDownstreamNode().getRegion());
    }

    /** Lane it wishes to change to. */
    public int lane() {
        return request.getTargetLane();
    }
}
