package io.luyun.server.site;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.CrossingState;
import io.luyun.proto.v1.Position;
import io.luyun.server.world.Crossing;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** A crossing and who is there. Owned and changed by {@link Crossings} at ticks, on its thread. */
public final class CrossingSite {
    private static final double MILLIS = 1_000;
    private static final double CENTIMETRES = 100;
    private static final long NS_PER_MS = 1_000_000;
    /** Arrivals that differ by less are the same news. */
    private static final int NEWS_MS = 500;

    private final Crossing crossing;
    private final Position middle;

    private int waiting;
    private int requests;
    private int crossingNow;
    private int approaching;
    private double arrivalSeconds;
    private double arrivalMetres;
    private long arrivalId;
    private int arrivalDevice;
    private int light = ABSENT;
    private long lightEndNs;

    private long toldHash = Long.MIN_VALUE;
    private long lastSequence;
    private long atNs;
    private @Nullable CrossingState message;

    CrossingSite(final Crossing crossing, final LocalPlane plane) {
        this.crossing = crossing;
        final int last = crossing.points() - 1;
        middle = Position.newBuilder()
                .setLat(plane.latE7((crossing.y(0) + crossing.y(last)) * 0.5))
                .setLon(plane.lonE7((crossing.x(0) + crossing.x(last)) * 0.5))
                .build();
    }

    void begin() {
        waiting = 0;
        requests = 0;
        crossingNow = 0;
        approaching = 0;
        arrivalSeconds = Double.POSITIVE_INFINITY;
        arrivalMetres = Double.NaN;
        arrivalId = 0;
        arrivalDevice = -1;
    }

    void waits(final boolean asks) {
        waiting++;
        if (asks) {
            requests++;
        }
    }

    void crosses() {
        crossingNow++;
    }

    /** A vehicle is on its way; infinite seconds when it stands. */
    void comes(final Participant vehicle, final double seconds, final double metres) {
        approaching++;
        if (seconds < arrivalSeconds) {
            arrivalSeconds = seconds;
            arrivalMetres = metres;
            arrivalId = vehicle.id();
            arrivalDevice = vehicle.device();
        }
    }

    void end(final @Nullable SignalState signal, final long sequence, final long nowNs) {
        final int state = signal == null || !signal.reliable() || crossing.phaseId() == 0
                ? -1
                : signal.shown(crossing.phaseId(), nowNs);
        light = state < 0 || signal == null ? ABSENT : signal.lightOf(state);
        lightEndNs = state < 0 || signal == null ? Long.MIN_VALUE : signal.likelyEndNs(state);
        atNs = nowNs;
        final long hash = hash();
        if (hash != toldHash) {
            toldHash = hash;
            lastSequence = sequence;
            message = null;
        }
    }

    /** Two states of one hash are the same news. */
    private long hash() {
        long hash = waiting;
        hash = hash * 31 + requests;
        hash = hash * 31 + crossingNow;
        hash = hash * 31 + approaching;
        hash = hash * 31 + light;
        hash = hash * 1_000_003 + arrivalId;
        return hash * 1_000_003 + (long) (Math.min(arrivalSeconds, Integer.MAX_VALUE) * MILLIS / NEWS_MS);
    }

    /** The crossing. */
    public Crossing crossing() {
        return crossing;
    }

    /** Number of people who wait. */
    public int waiting() {
        return waiting;
    }

    /** Number of those whose device asks to cross. */
    public int requests() {
        return requests;
    }

    /** Number of people on it. */
    public int onIt() {
        return crossingNow;
    }

    /** Number of vehicles on their way to it. */
    public int approaching() {
        return approaching;
    }

    /** When the first of them is there, infinite when none moves. */
    public double arrivalSeconds() {
        return arrivalSeconds;
    }

    /** What people on foot are shown as number of LightState, or ABSENT. */
    public int light() {
        return light;
    }

    /** Sequence of the last record at which there was news. */
    public long lastSequence() {
        return lastSequence;
    }

    /** Latitude of its middle, 1e-7 deg. */
    public int latE7() {
        return middle.getLat();
    }

    /** Longitude of its middle, 1e-7 deg. */
    public int lonE7() {
        return middle.getLon();
    }

    /** The state of the last news as a message; allocates once for each. */
    public CrossingState toMessage(final World world) {
        CrossingState known = message;
        if (known == null) {
            known = write(world);
            message = known;
        }
        return known;
    }

    private CrossingState write(final World world) {
        final CrossingState.Builder state = CrossingState.newBuilder()
                .setName(crossing.name())
                .setPos(middle)
                .setSmart(crossing.smart())
                .setWaiting(waiting)
                .setRequests(requests)
                .setCrossing(crossingNow)
                .setApproaching(approaching)
                .setAtNs(atNs);
        if (arrivalSeconds < Integer.MAX_VALUE / MILLIS) {
            state.setArrivalMs((int) Math.rint(arrivalSeconds * MILLIS))
                    .setArrivalCm((int) Math.rint(Math.max(0, arrivalMetres) * CENTIMETRES))
                    .setArrivalParticipantId(arrivalId);
            if (arrivalDevice >= 0) {
                state.setArrivalDeviceId(world.deviceName(arrivalDevice));
            }
        }
        if (light != ABSENT) {
            state.setLightValue(light);
            if (lightEndNs > atNs) {
                state.setLightEndsMs((int) ((lightEndNs - atNs) / NS_PER_MS));
            }
        }
        return state.build();
    }
}
