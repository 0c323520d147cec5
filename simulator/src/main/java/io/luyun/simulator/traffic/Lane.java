package io.luyun.simulator.traffic;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One lane of a link, or one curve through a node that joins two lanes, with the vehicles on it from front to back.
 * Owned by its traffic.
 */
final class Lane {
    private static final Lane[] NONE = {};

    final Curve curve;
    final double length;
    final Zone.Link link;
    /** Lane of the link, from 1; for a curve the lane it comes from. */
    final int number;

    final boolean inNode;
    final double limitMps;
    /** Lane a curve leads to; null for a lane of a link. */
    final @Nullable Lane target;

    final Zone.@Nullable Maneuver maneuver;
    final @Nullable Signal signal;

    /** Curves on from the end of a lane. */
    Lane[] out = NONE;
    /** Curves that begin at the same lane. */
    Lane[] siblings = NONE;
    /** Curves that lead to the same lane. */
    Lane[] merging = NONE;
    /** Curves from other links that cross or meet this one. */
    Lane[] conflicts = NONE;

    /** Whether any lane of its link leads on. */
    boolean linkLeadsOn;
    /** Whether anything leads to any lane of its link. */
    boolean linkLedTo;

    @Nullable
    Lane left;

    @Nullable
    Lane right;

    /** Place of a bus stop; negative when there is none. */
    double busStopM = -1;

    Vehicle[] queue = new Vehicle[8];
    int count;

    /** A lane of a link. */
    Lane(final Curve curve, final Zone.Link link, final int number) {
        this(curve, link, number, null, null, null, link.speedLimitKmh() / 3.6);
    }

    /** A curve through a node. */
    Lane(
            final Curve curve,
            final Lane from,
            final Lane target,
            final Zone.Maneuver maneuver,
            final @Nullable Signal signal,
            final double limitMps) {
        this(curve, from.link, from.number, target, maneuver, signal, limitMps);
    }

    private Lane(
            final Curve curve,
            final Zone.Link link,
            final int number,
            final @Nullable Lane target,
            final Zone.@Nullable Maneuver maneuver,
            final @Nullable Signal signal,
            final double limitMps) {
        this.curve = curve;
        this.length = curve.length;
        this.link = link;
        this.number = number;
        this.inNode = target != null;
        this.target = target;
        this.maneuver = maneuver;
        this.signal = signal;
        this.limitMps = limitMps;
    }

    /** Puts a vehicle where it belongs by its place along the lane. */
    void insert(final Vehicle vehicle) {
        if (count == queue.length) {
            queue = Arrays.copyOf(queue, 2 * count);
        }
        int i = count++;
        while (i > 0 && queue[i - 1].s < vehicle.s) {
            queue[i] = queue[i - 1];
            i--;
        }
        queue[i] = vehicle;
        vehicle.lane = this;
    }

    void remove(final Vehicle vehicle) {
        int i = 0;
        while (queue[i] != vehicle) {
            i++;
        }
        count--;
        System.arraycopy(queue, i + 1, queue, i, count - i);
    }

    /** Index of the first vehicle that is not ahead of a place. */
    int behind(final double s) {
        int i = 0;
        while (i < count && queue[i].s > s) {
            i++;
        }
        return i;
    }

    /** The rightmost lane of its link. */
    Lane rightmost() {
        Lane lane = this;
        while (lane.right != null) {
            lane = lane.right;
        }
        return lane;
    }

    @Nullable
    Vehicle last() {
        return count == 0 ? null : queue[count - 1];
    }
}
