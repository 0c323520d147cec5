package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import org.jspecify.annotations.Nullable;

/**
 * An event or sign of a roadside unit as it was last sent. Owned and changed by {@link World} on its thread; not pooled.
 */
public final class RoadEventState {
    final long id;
    final int device;
    final boolean sign;
    final int number;
    EventReach reach;

    @Nullable
    RoadEvent event;

    final @Nullable RoadSign roadSign;
    long startNs;
    long endNs;
    long lastSequence;
    long lastAtNs;
    boolean ended;

    RoadEventState(
            final long id,
            final int device,
            final @Nullable RoadEvent event,
            final @Nullable RoadSign roadSign,
            final EventReach reach,
            final long startNs,
            final long endNs) {
        this.id = id;
        this.device = device;
        this.event = event;
        this.roadSign = roadSign;
        this.sign = roadSign != null;
        this.number = event != null ? event.getEventId() : roadSign != null ? roadSign.getSignId() : 0;
        this.reach = reach;
        this.startNs = startNs;
        this.endNs = endNs;
    }

    /** Number unique in the life of the journal. */
    public long id() {
        return id;
    }

    /** Index of the device that sends it. */
    public int device() {
        return device;
    }

    /** True for a sign. */
    public boolean sign() {
        return sign;
    }

    /** rteId or rtsId. */
    public int number() {
        return number;
    }

    /** eventType or signType. */
    public int code() {
        return event != null ? event.getEventType() : roadSign != null ? roadSign.getSignType() : 0;
    }

    /** Text, or empty. */
    public String description() {
        return event != null ? event.getDescription() : roadSign != null ? roadSign.getDescription() : "";
    }

    /** Level 0 to 7, 7 is the most urgent; 0 when not sent. */
    public int priority() {
        return event != null ? event.getPriority() : roadSign != null ? roadSign.getPriority() : 0;
    }

    /** Latitude of its position, 1e-7 deg, or ABSENT. */
    public int latE7() {
        if (event != null && event.hasPos()) {
            return event.getPos().getLat();
        }
        return roadSign != null && roadSign.hasPos() ? roadSign.getPos().getLat() : ABSENT;
    }

    /** Longitude of its position, 1e-7 deg, or ABSENT. */
    public int lonE7() {
        if (event != null && event.hasPos()) {
            return event.getPos().getLon();
        }
        return roadSign != null && roadSign.hasPos() ? roadSign.getPos().getLon() : ABSENT;
    }

    /** Radius, 0.1 m, or ABSENT. */
    public int radius() {
        return event != null && event.hasRadius() ? event.getRadius() : ABSENT;
    }

    /** Sequence of the last record with it. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Receive time of that record. */
    public long lastAtNs() {
        return lastAtNs;
    }

    /** True when its own time has come and has not passed. */
    public boolean activeAt(final long nowNs) {
        return nowNs >= startNs && nowNs < endNs;
    }

    /** True when it is gone because its own time has passed. */
    public boolean ended() {
        return ended;
    }

    /**
     * How far a road user has to it along the road: 0 inside, NaN when it is not on its way.
     *
     * @param reachMetres what lies further away is not looked at
     */
    public double distanceMetres(final Participant participant, final double reachMetres) {
        return reach.distanceMetres(participant, reachMetres);
    }

    /** East of its middle on the plane of the zone. */
    public double x() {
        return reach.middleX();
    }

    /** North of its middle on the plane of the zone. */
    public double y() {
        return reach.middleY();
    }

    @Override
    public String toString() {
        return (sign ? "sign " : "event ") + id + " code " + code();
    }
}
