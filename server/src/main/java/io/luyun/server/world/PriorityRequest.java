package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.DriveRequest;
import io.luyun.proto.v1.MovementEx;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.SignalPriorityRequest;

/**
 * A vehicle's wish for green at an intersection (VIR), as it was said last. Owned and changed by {@link World} on its thread;
 * another content is the same object.
 */
public final class PriorityRequest {
    private static final long STEP_NS = 10_000_000L;
    private static final double STEP_METRES = 0.1;

    final long bsmId;
    final int requestId;
    private int device;
    private int region;
    private int nodeId;
    private MovementEx wanted = MovementEx.getDefaultInstance();
    private int level;
    private long arrivalNs;
    private double metres;
    private long endNs;
    private long lastSequence;

    PriorityRequest(final long bsmId, final int requestId) {
        this.bsmId = bsmId;
        this.requestId = requestId;
    }

    void take(
            final long sequence,
            final long saidNs,
            final int newDevice,
            final DriveRequest request,
            final long lifeNs) {
        final SignalPriorityRequest priority = request.getSignalPriority();
        final NodeReference node = priority.getIntersection();
        device = newDevice;
        region = node.getRegion();
        nodeId = node.getId();
        wanted = priority.getRequiredMov();
        level = request.hasReqPriority() ? request.getReqPriority() : ABSENT;
        arrivalNs = priority.hasEstimatedArrivalTime()
                ? saidNs + priority.getEstimatedArrivalTime() * STEP_NS
                : Long.MIN_VALUE;
        metres = priority.hasDistanceToIntersection() ? priority.getDistanceToIntersection() * STEP_METRES : Double.NaN;
        endNs = saidNs + (request.hasLifeTime() ? request.getLifeTime() * STEP_NS : lifeNs);
        lastSequence = sequence;
    }

    /** Whether it still holds. */
    public boolean holdsAt(final long nowNs) {
        return nowNs < endNs;
    }

    /** Number the vehicle gave it. */
    public int requestId() {
        return requestId;
    }

    /** Index of the device it came from. */
    public int device() {
        return device;
    }

    /** Road regulator of the intersection; 0 for any. */
    public int region() {
        return region;
    }

    /** The intersection. */
    public int nodeId() {
        return nodeId;
    }

    /** Phase the vehicle names; 0 for none. */
    public int phaseId() {
        return wanted.getPhaseId();
    }

    /** Level, 7 is the most urgent; ABSENT when none is told. */
    public int level() {
        return level;
    }

    /** When the vehicle says to be there; {@link Long#MIN_VALUE} when it does not. */
    public long arrivalNs() {
        return arrivalNs;
    }

    /** How far the vehicle says to have; NaN when it does not. */
    public double metres() {
        return metres;
    }

    /** Sequence of the last record with it. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Whether a link leads to the intersection. */
    public boolean endsAt(final Link link) {
        return link.movement == null && isHere(link.region, link.downstream);
    }

    /** Whether who is on a link is in the intersection, or has left it last. */
    public boolean isPassedOn(final Link link) {
        return link.movement == null
                ? isHere(link.region, link.upstream)
                : isHere(link.movement.region(), link.movement.node());
    }

    /** The phase of the way it wants from a link that ends there; 0 when neither it nor the map tells. */
    public int phaseFrom(final Link approach) {
        if (wanted.getPhaseId() > 0) {
            return wanted.getPhaseId();
        }
        for (final Movement movement : approach.movements) {
            if (movement.phaseId() > 0
                    && movement.remoteNode() == wanted.getRemoteIntersection().getId()) {
                return movement.phaseId();
            }
        }
        return 0;
    }

    private boolean isHere(final int ofRegion, final int node) {
        return node == nodeId && (region == 0 || ofRegion == 0 || ofRegion == region);
    }

    static long asLong(final ByteString id) {
        return id.asReadOnlyByteBuffer().getLong();
    }
}
