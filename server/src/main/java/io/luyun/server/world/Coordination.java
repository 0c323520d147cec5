package io.luyun.server.world;

import io.luyun.proto.v1.ReferenceLink;
import org.jspecify.annotations.Nullable;

/**
 * What a roadside unit asks a vehicle, or those on a lane, to do (RSC). Another content is another object. Owned and changed
 * by {@link World} on its thread.
 */
public final class Coordination {
    final int device;
    final Object said;
    final int info;
    final int suggestion;
    final int speed;
    final String description;
    final @Nullable ReferenceLink link;

    @Nullable
    EventReach reach;

    long startNs = Long.MIN_VALUE;
    long endNs = Long.MAX_VALUE;
    long lastSequence;
    long lastAtNs;

    Coordination(
            final int device,
            final Object said,
            final int info,
            final int suggestion,
            final int speed,
            final String description,
            final @Nullable ReferenceLink link) {
        this.device = device;
        this.said = said;
        this.info = info;
        this.suggestion = suggestion;
        this.speed = speed;
        this.description = description;
        this.link = link;
    }

    /** Index of the unit. */
    public int device() {
        return device;
    }

    /** What it is for, bits as in VehicleCoordination.info. */
    public int info() {
        return info;
    }

    /** What to do, bits as in DriveSuggestion.suggestion; 0 when nothing is said. */
    public int suggestion() {
        return suggestion;
    }

    /** Speed to drive, 0.02 m/s, or ABSENT. */
    public int speed() {
        return speed;
    }

    /** Text, or empty. */
    public String description() {
        return description;
    }

    /** Link and lanes it names; null for none. */
    public @Nullable ReferenceLink link() {
        return link;
    }

    /** Until when it holds, {@link Long#MAX_VALUE} when no end is told. */
    public long endNs() {
        return endNs;
    }

    /** Sequence of the last record with it. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Whether its time has come and has not passed. */
    public boolean holdsAt(final long nowNs) {
        return nowNs >= startNs && nowNs < endNs;
    }

    /**
     * How far a road user has to where it holds: 0 inside and where no place is named, NaN when it is not on its way.
     *
     * @param reachMetres what lies further away is not looked at
     */
    public double distanceMetres(final Participant participant, final double reachMetres) {
        return reach == null ? 0 : reach.distanceMetres(participant, reachMetres);
    }
}
