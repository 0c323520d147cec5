package io.luyun.server.site;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.LightState;
import io.luyun.server.world.Link;
import io.luyun.server.world.Movement;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/**
 * How long a bus takes along the links to its stops, added up from stretch to stretch. One object, its fields are the last
 * answer; allocates nothing.
 */
final class Journey {
    private static final double SPEED_MPS = 0.02;
    private static final double DEFAULT_MPS = 50 / 3.6;
    /** Who is in a queue gets going one after the other. */
    private static final double HEADWAY_SECONDS = 2;

    private static final double SLOWEST_MPS = 1;
    private static final double NANO = 1e9;
    private static final int MAX_LINKS = 1_000;

    private final World world;
    private final BusStopConfig config;
    private long nowNs;
    private boolean onOwnLink;
    private boolean fromStand;

    double seconds;
    double metres;
    double dwellSeconds;
    double signalSeconds;
    int queueVehicles;

    Journey(final World world, final BusStopConfig config) {
        this.world = world;
        this.config = config;
    }

    /** Begins where a bus is, which may stand. */
    void begin(final long atNs, final boolean stands) {
        nowNs = atNs;
        onOwnLink = true;
        fromStand = stands;
        seconds = 0;
        metres = 0;
        dwellSeconds = 0;
        signalSeconds = 0;
        queueVehicles = 0;
    }

    /** Stands at a stop. */
    void stand(final double forSeconds) {
        seconds += forSeconds;
        dwellSeconds += forSeconds;
        fromStand = true;
    }

    /** Drives from a place to a stop; false when no way leads there. */
    boolean drive(final WayToStop way, final Link from, final double fromMetres, final double pastMetres) {
        if (Double.isInfinite(way.metres(world, from, fromMetres, pastMetres))) {
            return false;
        }
        Link link = from;
        double along = fromMetres;
        for (int i = 0; i < MAX_LINKS; i++) {
            if (link == way.stop.link() && along <= way.stop.alongMetres() + pastMetres) {
                final double left = Math.max(0, way.stop.alongMetres() - along);
                drive(link, along, along + left, null);
                seconds += brakeSeconds(left, cruiseMps(link));
                return true;
            }
            final Link next = world.link(way.next(link));
            drive(link, along, link.lengthMetres(), signalled(link, next));
            final double gap = link.gapMetres(next);
            metres += gap;
            seconds += gap / cruiseMps(link);
            link = next;
            along = 0;
        }
        return false;
    }

    /** The movement from a link to another one, or to a way across a junction, when lights govern it. */
    private static @Nullable Movement signalled(final Link link, final Link next) {
        for (final Movement movement : link.movements()) {
            if (movement.phaseId() > 0 && (movement.connector() == next || movement.to() == next)) {
                return movement;
            }
        }
        return null;
    }

    private void drive(final Link link, final double from, final double to, final @Nullable Movement lights) {
        final double way = to - from;
        metres += way;
        final double free = cruiseMps(link);
        final boolean own = onOwnLink;
        onOwnLink = false;
        if (fromStand && way > 0) {
            seconds += free / (2 * config.comfortMps2());
            fromStand = false;
        }
        if (lights != null && from <= link.stopLineMetres()) {
            final double wait = waitSeconds(link, lights, seconds + (link.stopLineMetres() - from) / free, own);
            if (wait >= 0) {
                signalSeconds += wait;
                seconds += way / free + wait + (wait > 0 ? free / (2 * config.comfortMps2()) : 0);
                return;
            }
        }
        final double seen = world.traffic(link, 0).speedMps();
        // on its own link the bus would see its own stops
        if (seen >= 0 && (!own || world.traffic(link, 0).jam())) {
            seconds += way / Math.min(free, Math.max(SLOWEST_MPS, seen));
        } else {
            seconds += way / free + (lights == null ? 0 : config.signalSeconds());
        }
    }

    /** What lights cost whoever is there then; negative when it is not known. */
    private double waitSeconds(final Link link, final Movement lights, final double afterSeconds, final boolean own) {
        final SignalState signal = world.signal(link, nowNs);
        final long thenNs = nowNs + (long) (afterSeconds * NANO);
        final int state = signal == null || !signal.reliable() ? -1 : signal.shown(lights.phaseId(), thenNs);
        if (signal == null || state < 0 || signal.lightOf(state) == ABSENT) {
            return -1;
        }
        final boolean red = signal.lightOf(state) == LightState.LIGHT_RED_VALUE
                || signal.lightOf(state) == LightState.LIGHT_YELLOW_VALUE;
        final int queue = own ? world.traffic(link, 0).queueVehicles() : 0;
        queueVehicles += queue;
        if (!red) {
            return 0;
        }
        final long endNs = signal.likelyEndNs(state);
        return endNs == Long.MIN_VALUE ? -1 : Math.max(0, (endNs - thenNs) / NANO) + queue * HEADWAY_SECONDS;
    }

    /** What braking for a stop so far ahead takes longer than driving by. */
    private double brakeSeconds(final double left, final double free) {
        final double comfort = config.comfortMps2();
        return left * 2 * comfort >= free * free ? free / (2 * comfort) : Math.sqrt(2 * left / comfort) - left / free;
    }

    private double cruiseMps(final Link link) {
        final int limit = link.limits().limit(false, false);
        return config.cruisePart() * (limit == ABSENT ? DEFAULT_MPS : limit * SPEED_MPS);
    }
}
