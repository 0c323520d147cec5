package io.luyun.server.site;

import io.luyun.server.world.BusLine;
import io.luyun.server.world.BusStop;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Int2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Which vehicles of which lines come to each bus stop, and when, reckoned anew each second; see the package. Core's thread;
 * allocates when the road changes and when a vehicle of a line is met for the first time.
 */
public final class Arrivals {
    private static final long PERIOD_NS = 1_000_000_000L;
    private static final double NANO = 1e-9;
    /** A way to the next stop that grows by more is another way. */
    private static final double ASTRAY_METRES = 100;

    private static final StopSite[] NONE = {};

    private final World world;
    private final BusStopConfig config;
    private final Journey journey;
    private final ParticipantVisitor visitor = this::visit;
    private final Map<String, BusLine> lineOfName = new HashMap<>();
    private final Int2ObjectHashMap<Bus> buses = new Int2ObjectHashMap<>();
    private boolean[] known = new boolean[64];
    private StopSite[] sites = NONE;
    private WayToStop[] ways = {};
    private long roadVersion = -1;
    private long nextNs = Long.MIN_VALUE;
    private long nowNs;

    /** A vehicle of a line and how far it is along it. */
    private static final class Bus {
        private final BusLine line;
        private final String device;
        private int next = -1;
        private boolean at;
        private boolean stands;
        private long standsSinceNs;
        private double wayMetres = Double.POSITIVE_INFINITY;

        private Bus(final BusLine line, final String device) {
            this.line = line;
            this.device = device;
        }

        private void heads(final int stop) {
            next = stop;
            at = false;
            stands = false;
            wayMetres = Double.POSITIVE_INFINITY;
        }
    }

    Arrivals(final World world, final BusStopConfig config) {
        this.world = world;
        this.config = config;
        journey = new Journey(world, config);
    }

    void onTick(final long sequence, final long atNs) {
        if (atNs < nextNs || world.busLines().length == 0) {
            return;
        }
        nextNs = atNs + PERIOD_NS;
        nowNs = atNs;
        settle();
        for (final StopSite site : sites) {
            site.begin();
        }
        world.forEach(visitor);
        for (final StopSite site : sites) {
            site.end(sequence, atNs);
        }
    }

    /** The road is empty. */
    void clear() {
        nextNs = Long.MIN_VALUE;
        roadVersion = -1;
        sites = NONE;
        buses.clear();
        Arrays.fill(known, false);
    }

    /** Takes over stops and links as they are now; what stops have taught stays. */
    private void settle() {
        if (roadVersion == world.roadVersion()) {
            return;
        }
        roadVersion = world.roadVersion();
        final BusStop[] stops = world.busStops();
        if (sites.length != stops.length) {
            sites = new StopSite[stops.length];
            for (int i = 0; i < sites.length; i++) {
                sites[i] = new StopSite(stops[i], world.zone().plane(), config);
            }
        }
        ways = new WayToStop[stops.length];
        for (final BusLine line : world.busLines()) {
            for (final BusStop stop : line.stops()) {
                ways[stop.index()] = new WayToStop(world, stop);
            }
            for (final String device : line.devices()) {
                lineOfName.put(device, line);
            }
        }
    }

    private void visit(final Participant p) {
        final Bus bus = p.device() < 0 || p.link() == null ? null : bus(p.device());
        if (bus != null) {
            follow(bus, p);
            if (bus.next >= 0) {
                foresee(bus, p);
            }
        }
    }

    private @Nullable Bus bus(final int device) {
        if (device < known.length && known[device]) {
            return buses.get(device);
        }
        final String name = world.deviceName(device);
        if (name.isEmpty()) {
            return null;
        }
        if (device >= known.length) {
            known = Arrays.copyOf(known, Math.max(device + 1, known.length * 2));
        }
        known[device] = true;
        final BusLine line = lineOfName.get(name);
        if (line == null) {
            return null;
        }
        final Bus bus = new Bus(line, name);
        buses.put(device, bus);
        return bus;
    }

    /** Finds out which stop is its next. */
    private void follow(final Bus bus, final Participant p) {
        if (bus.next < 0) {
            bus.heads(nearest(bus.line, p));
            if (bus.next < 0) {
                return;
            }
        }
        final BusStop stop = bus.line.stops().get(bus.next);
        final boolean at =
                p.link() == stop.link() && Math.abs(p.alongMetres() - stop.alongMetres()) <= config.atMetres();
        if (at) {
            beAt(bus, stop, p.speedMps() < config.standMps());
            return;
        }
        final double way = way(bus.line, bus.next, p);
        if (bus.at) {
            bus.heads(bus.line.after(bus.next));
        } else if (way > bus.wayMetres + ASTRAY_METRES) {
            bus.heads(nearest(bus.line, p));
        } else {
            bus.wayMetres = Math.min(bus.wayMetres, way);
        }
    }

    private void beAt(final Bus bus, final BusStop stop, final boolean stands) {
        bus.at = true;
        if (stands && !bus.stands) {
            bus.stands = true;
            bus.standsSinceNs = nowNs;
        } else if (!stands && bus.stands) {
            sites[stop.index()].stood((nowNs - bus.standsSinceNs) * NANO);
            bus.heads(bus.line.after(bus.next));
        }
    }

    private int nearest(final BusLine line, final Participant p) {
        int nearest = -1;
        double least = Double.POSITIVE_INFINITY;
        for (int i = 0; i < line.stops().size(); i++) {
            final double way = way(line, i, p);
            if (way < least) {
                nearest = i;
                least = way;
            }
        }
        return nearest;
    }

    private double way(final BusLine line, final int stop, final Participant p) {
        final WayToStop way = ways[line.stops().get(stop).index()];
        return p.link() == null ? Double.POSITIVE_INFINITY : way.metres(world, p.link(), p.alongMetres(), 0);
    }

    /** Tells all its further stops, each once. */
    private void foresee(final Bus bus, final Participant p) {
        journey.begin(nowNs, p.speedMps() < config.standMps());
        int stop = bus.next;
        var link = p.link();
        double along = p.alongMetres();
        double past = bus.at ? config.atMetres() : 0;
        for (int before = 0; link != null && before < bus.line.stops().size() && stop >= 0; before++) {
            final WayToStop way = ways[bus.line.stops().get(stop).index()];
            if (!journey.drive(way, link, along, past)) {
                return;
            }
            final StopSite site = sites[way.stop.index()];
            final boolean stands = before == 0 && bus.stands;
            site.comes(bus.line, p, bus.device, journey, before, stands);
            final double stood = stands ? (nowNs - bus.standsSinceNs) * NANO : 0;
            journey.stand(Math.max(0, site.dwellSeconds() - stood));
            link = way.stop.link();
            along = way.stop.alongMetres();
            past = 0;
            stop = bus.line.after(stop);
        }
    }

    /** All stops in the order of the zone file; not to be changed. */
    public StopSite[] all() {
        return sites;
    }
}
