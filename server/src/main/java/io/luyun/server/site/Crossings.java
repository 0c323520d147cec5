package io.luyun.server.site;

import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.world.Crossing;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import java.util.Arrays;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Who waits at, is on and comes to each crossing, reckoned anew in each tick: every road user is looked at once, people by
 * place, vehicles by link. Core's thread; allocates only when the road has changed.
 */
public final class Crossings {
    private static final double CELL_METRES = 32;
    /** Cosine of 50 degrees: who walks elsewhere does not mean to cross. */
    private static final double TOWARDS_COS = 0.6428;
    /** Slower vehicles stand. */
    private static final double MOVES_MPS = 0.5;

    /** Nobody walks faster; who rides at more than 60 degrees to the crossing follows the road. */
    private static final double RIDES_MPS = 2.5;

    private static final double ALONG_ROAD_COS = 0.5;

    private static final int ASKS = 1;
    private static final int HAS_FINISHED = 3;
    private static final int ELSEWHERE = 0;
    private static final int WAITS = 1;
    private static final int ON_IT = 2;
    private static final CrossingSite[] NONE = {};

    private final World world;
    private final CrossingConfig config;
    private final ParticipantVisitor visitor = this::visit;
    private final Long2ObjectHashMap<CrossingSite[]> cells = new Long2ObjectHashMap<>();
    private CrossingSite[] sites = NONE;
    private Approaches approaches;
    private long roadVersion = -1;
    private long nowNs;
    /** How far the person last looked at is from the crossing it was placed at. */
    private double placedMetres;

    Crossings(final World world, final CrossingConfig config) {
        this.world = world;
        this.config = config;
        approaches = new Approaches(world, config.reachMetres());
        settle();
    }

    /** Takes over crossings and links as they are now. */
    private void settle() {
        if (roadVersion == world.roadVersion()) {
            return;
        }
        roadVersion = world.roadVersion();
        approaches = new Approaches(world, config.reachMetres());
        final Crossing[] crossings = world.crossings();
        if (sites.length == crossings.length && (sites.length == 0 || sites[0].crossing() == crossings[0])) {
            return;
        }
        sites = new CrossingSite[crossings.length];
        cells.clear();
        for (int i = 0; i < sites.length; i++) {
            sites[i] = new CrossingSite(crossings[i], world.zone().plane());
            file(sites[i]);
        }
    }

    private void file(final CrossingSite site) {
        final Crossing crossing = site.crossing();
        final double margin = Math.max(config.halfWidthMetres(), Math.max(config.waitMetres(), config.requestMetres()));
        double west = Double.POSITIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < crossing.points(); i++) {
            west = Math.min(west, crossing.x(i) - margin);
            east = Math.max(east, crossing.x(i) + margin);
            south = Math.min(south, crossing.y(i) - margin);
            north = Math.max(north, crossing.y(i) + margin);
        }
        for (int cx = cell(west); cx <= cell(east); cx++) {
            for (int cy = cell(south); cy <= cell(north); cy++) {
                final CrossingSite[] before = cells.get(key(cx, cy));
                final CrossingSite[] all =
                        before == null ? new CrossingSite[1] : Arrays.copyOf(before, before.length + 1);
                all[all.length - 1] = site;
                cells.put(key(cx, cy), all);
            }
        }
    }

    private static int cell(final double metres) {
        return (int) Math.floor(metres / CELL_METRES);
    }

    private static long key(final int cx, final int cy) {
        return ((long) cx << 32) | (cy & 0xFFFF_FFFFL);
    }

    void onTick(final long sequence, final long atNs) {
        settle();
        if (sites.length == 0) {
            return;
        }
        nowNs = atNs;
        for (final CrossingSite site : sites) {
            site.begin();
        }
        world.forEach(visitor);
        for (final CrossingSite site : sites) {
            site.end(world.signal(site.crossing(), atNs), sequence, atNs);
        }
    }

    private void visit(final Participant p) {
        switch (p.ptcType()) {
            case ParticipantType.PARTICIPANT_MOTOR_VALUE -> vehicle(p);
            case ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE, ParticipantType.PARTICIPANT_NON_MOTOR_VALUE -> person(p);
            default -> {
                // nothing is known of it
            }
        }
    }

    private void vehicle(final Participant p) {
        if (p.link() == null) {
            return;
        }
        final boolean moves = p.speedMps() >= MOVES_MPS;
        final double since = moves ? p.speedMps() * (nowNs - p.placedAtNs()) * 1e-9 : 0;
        final double halves = p.lengthMetres() * 0.5 + config.halfWidthMetres();
        for (final Approaches.Approach approach : approaches.of(p.link())) {
            final double metres = approach.metres - p.alongMetres() - since;
            if (metres > -halves && metres <= config.reachMetres() && approach.from(p.lane())) {
                final double way = Math.max(0, metres - halves);
                sites[approach.crossing.index()].comes(p, moves ? way / p.speedMps() : Double.POSITIVE_INFINITY, way);
            }
        }
    }

    private void person(final Participant p) {
        final CrossingSite[] near = cells.get(key(cell(p.x()), cell(p.y())));
        if (near == null) {
            return;
        }
        CrossingSite best = null;
        int bestPlace = ELSEWHERE;
        double bestMetres = Double.POSITIVE_INFINITY;
        for (final CrossingSite site : near) {
            final int place = place(p, site.crossing());
            if (place > bestPlace || (place == bestPlace && place != ELSEWHERE && placedMetres < bestMetres)) {
                best = site;
                bestPlace = place;
                bestMetres = placedMetres;
            }
        }
        count(p, best, bestPlace);
    }

    private static void count(final Participant p, final @Nullable CrossingSite site, final int place) {
        if (site == null) {
            return;
        }
        if (place == ON_IT) {
            site.crosses();
        } else {
            site.waits(p.crossingRequest() == ASKS);
        }
    }

    /** Where someone is to a crossing: on it, waiting, or elsewhere. */
    private int place(final Participant p, final Crossing crossing) {
        final int last = crossing.points() - 1;
        double way = 0;
        for (int i = 0; i < last; i++) {
            final double dx = crossing.x(i + 1) - crossing.x(i);
            final double dy = crossing.y(i + 1) - crossing.y(i);
            final double length = Math.sqrt(dx * dx + dy * dy);
            final double along = ((p.x() - crossing.x(i)) * dx + (p.y() - crossing.y(i)) * dy) / length;
            final double beside = Math.abs((p.x() - crossing.x(i)) * dy - (p.y() - crossing.y(i)) * dx) / length;
            final double begin = i == 0 ? config.kerbMetres() : 0;
            final double end = i + 1 == last ? length - config.kerbMetres() : length;
            if (along >= begin
                    && along <= end
                    && beside <= config.halfWidthMetres()
                    && !passes(p, dx / length, dy / length)) {
                placedMetres = beside;
                return ON_IT;
            }
            way += length;
        }
        return way > 0 && (waits(p, crossing, 0, 1) || waits(p, crossing, last, last - 1)) ? WAITS : ELSEWHERE;
    }

    /** Someone rides along the road, over the crossing. */
    private static boolean passes(final Participant p, final double ux, final double uy) {
        return p.speedMps() >= RIDES_MPS && Math.abs(ux * p.dirX() + uy * p.dirY()) < ALONG_ROAD_COS;
    }

    private boolean waits(final Participant p, final Crossing crossing, final int end, final int next) {
        final double ex = crossing.x(end) - p.x();
        final double ey = crossing.y(end) - p.y();
        placedMetres = Math.sqrt(ex * ex + ey * ey);
        if (p.crossingRequest() == HAS_FINISHED) {
            return false;
        }
        if (p.crossingRequest() == ASKS) {
            return placedMetres <= config.requestMetres();
        }
        if (placedMetres > config.waitMetres()) {
            return false;
        }
        if (!(p.speedMps() >= config.standMps())) {
            return true;
        }
        final double dx = crossing.x(next) - crossing.x(end);
        final double dy = crossing.y(next) - crossing.y(end);
        return dx * p.dirX() + dy * p.dirY() >= TOWARDS_COS * Math.sqrt(dx * dx + dy * dy);
    }

    /** Sees the crossings a vehicle comes to. */
    @FunctionalInterface
    public interface Visitor {
        /**
         * One of them, in no order, as it was at the last tick.
         *
         * @param waiting people who wait
         * @param onIt people on it
         * @param wayMetres from the vehicle's front to the crossing; 0 on it
         */
        void ahead(int waiting, int onIt, double wayMetres);
    }

    /** Shows the crossings that a vehicle on a link comes to to the visitor. Between ticks; allocates nothing. */
    public void ahead(final Participant vehicle, final Visitor found) {
        if (vehicle.link() == null || roadVersion != world.roadVersion()) {
            return;
        }
        final double halves = vehicle.lengthMetres() * 0.5 + config.halfWidthMetres();
        for (final Approaches.Approach approach : approaches.of(vehicle.link())) {
            final double metres = approach.metres - vehicle.alongMetres();
            if (metres > -halves && metres <= config.reachMetres() && approach.from(vehicle.lane())) {
                final CrossingSite site = sites[approach.crossing.index()];
                found.ahead(site.waiting(), site.onIt(), Math.max(0, metres - halves));
            }
        }
    }

    /** All of them in the order of the zone file; not to be changed. */
    public CrossingSite[] all() {
        return sites;
    }
}
