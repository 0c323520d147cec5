package io.luyun.simulator.stage;

import io.luyun.simulator.traffic.Curve;
import io.luyun.simulator.traffic.Zone;
import io.luyun.simulator.traffic.Zone.Maneuver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The roads of a stage in metres around the tile's middle, and the ways one can drive there. Immutable once built. */
public final class Layout {
    /** The end of a road or a junction, by its place in the list. */
    record Node(String name, double x, double y) {}

    /** A carriageway from node to node; its line is the middle of it. */
    record Link(String name, int from, int to, int lanes, double laneMetres, int limitKmh, Curve line) {}

    /** A crossing for people on foot, kerb to kerb. */
    public record Crossing(double fromX, double fromY, double toX, double toY) {
        /** East. */
        public double middleX() {
            return (fromX + toX) / 2;
        }

        /** North. */
        public double middleY() {
            return (fromY + toY) / 2;
        }
    }

    /** A directed carriageway; its line is the middle of it. */
    public record Carriageway(Curve line, double widthMetres, double laneMetres) {
        /** Metres to the right of the line where the middle of a lane is; 1 is the leftmost. */
        public double laneMiddleMetres(final int lane) {
            return (lane - 0.5) * laneMetres - widthMetres / 2;
        }
    }

    /**
     * A way through a node between links, by their places in the list; phase 0 where no signal rules, no lanes where the zone
     * does not tell them.
     */
    record Way(int node, int from, int to, Maneuver maneuver, int phase, List<Zone.Connection> lanes, Curve line) {}

    /**
     * A lane to drive along, perhaps through a junction.
     *
     * @param line middle of the lane
     * @param markMetres the place of it that counts as 0: nearest to the tile's middle
     * @param lane number of the lane, 1 the leftmost
     * @param lanes number of lanes at its beginning
     * @param stopMetres where its stop line is
     * @param phase the phase that governs it there, 0 for none
     */
    record Route(Curve line, double markMetres, int lane, int lanes, double laneMetres, double stopMetres, int phase) {}

    private final String name;
    private final List<Node> nodes = new ArrayList<>();
    private final List<Link> links = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();
    private final List<Crossing> crossings = new ArrayList<>();
    private final Map<String, List<Route>> routes = new TreeMap<>();

    Layout(final String name) {
        this.name = name;
    }

    /** What scenarios call it. */
    public String name() {
        return name;
    }

    /** The limit on its carriageways, km/h; 0 without any. */
    public int limitKmh() {
        return links.isEmpty() ? 0 : links.getFirst().limitKmh;
    }

    /** Where people cross. */
    public List<Crossing> crossings() {
        return List.copyOf(crossings);
    }

    /**
     * A way through the junction.
     *
     * @param phase that governs it, 0 for none
     * @param from place of the carriageway it comes from
     * @param to place of the one it leads to
     * @param straight whether it does not turn
     * @param line middle of the way
     */
    public record Turn(int phase, int from, int to, boolean straight, Curve line) {}

    /** All ways through the junction. */
    public List<Turn> turns() {
        return ways.stream()
                .map(way -> new Turn(way.phase, way.from, way.to, way.maneuver == Maneuver.STRAIGHT, way.line))
                .toList();
    }

    /** All carriageways, without the ways through junctions. */
    public List<Carriageway> carriageways() {
        return links.stream()
                .map(link -> new Carriageway(link.line, link.lanes * link.laneMetres, link.laneMetres))
                .toList();
    }

    /** Names of all carriageways. */
    Set<String> linkNames() {
        return links.stream().map(Link::name).collect(Collectors.toCollection(TreeSet::new));
    }

    /** Place of the carriageway of a name, -1 for none. */
    int linkNamed(final String wanted) {
        return links.stream().map(Link::name).toList().indexOf(wanted);
    }

    void crossing(final Crossing crossing) {
        crossings.add(crossing);
    }

    List<Node> nodes() {
        return nodes;
    }

    List<Link> links() {
        return links;
    }

    List<Way> ways() {
        return ways;
    }

    /** Middles of all carriageways with their width in metres, for drawing. */
    public Map<Curve, Double> surfaces() {
        final Map<Curve, Double> surfaces = new LinkedHashMap<>();
        links.forEach(link -> surfaces.put(link.line, link.lanes * link.laneMetres));
        ways.forEach(way -> surfaces.put(
                way.line,
                Math.min(links.get(way.from).lanes, links.get(way.to).lanes) * links.get(way.from).laneMetres));
        return surfaces;
    }

    /**
     * A lane of a route.
     *
     * @throws IllegalArgumentException when there is no such route or lane
     */
    Route route(final String route, final int lane) {
        final List<Route> lanes = routes.get(route);
        if (lanes == null) {
            throw new IllegalArgumentException(name + " has the routes " + routes.keySet());
        }
        for (final Route one : lanes) {
            if (one.lane == lane) {
                return one;
            }
        }
        throw new IllegalArgumentException(
                route + " has the lanes " + lanes.stream().map(Route::lane).toList());
    }

    int node(final String nodeName, final double x, final double y) {
        nodes.add(new Node(nodeName, x, y));
        return nodes.size() - 1;
    }

    int link(final Link link) {
        links.add(link);
        return links.size() - 1;
    }

    /**
     * Joins two links and makes the ways of the lanes that go with it; a route of that name.
     *
     * @param pocket whether the leftmost lane leads to the left alone, and the zone tells which lanes lead where
     */
    void way(
            final String route,
            final int node,
            final int from,
            final int to,
            final Maneuver maneuver,
            final int phase,
            final boolean pocket) {
        final Link in = links.get(from);
        final Link out = links.get(to);
        final List<Zone.Connection> lanes = new ArrayList<>();
        ways.add(new Way(node, from, to, maneuver, phase, lanes, Curve.join(in.line, out.line, POINTS)));
        for (int lane = 1; lane <= in.lanes; lane++) {
            final boolean fits = switch (maneuver) {
                case LEFT, UTURN -> lane == 1;
                case RIGHT -> lane == in.lanes;
                case STRAIGHT -> lane <= out.lanes && !(pocket && lane == 1);
            };
            if (fits) {
                final int onto = maneuver == Maneuver.RIGHT ? out.lanes : lane;
                if (pocket) {
                    lanes.add(new Zone.Connection(lane, onto));
                }
                final Curve begin = laneLine(in, lane);
                final Curve end = laneLine(out, onto);
                add(route, begin.then(Curve.join(begin, end, POINTS)).then(end), lane, in, begin.lengthMetres(), phase);
            }
        }
    }

    /** A route that is one link alone. */
    void along(final String route, final int link) {
        for (int lane = 1; lane <= links.get(link).lanes; lane++) {
            add(route, laneLine(links.get(link), lane), lane, links.get(link), 0, 0);
        }
    }

    private static final int POINTS = 13;

    private void add(
            final String route,
            final Curve line,
            final int lane,
            final Link link,
            final double stopMetres,
            final int phase) {
        double mark = 0;
        for (double s = 0; s < line.lengthMetres(); s += 0.25) {
            if (Math.hypot(line.xAt(s), line.yAt(s)) < Math.hypot(line.xAt(mark), line.yAt(mark))) {
                mark = s;
            }
        }
        routes.computeIfAbsent(route, _ -> new ArrayList<>())
                .add(new Route(line, mark, lane, link.lanes, link.laneMetres, stopMetres, phase));
    }

    private static Curve laneLine(final Link link, final int lane) {
        return link.line.shifted((lane - (link.lanes + 1) / 2.0) * link.laneMetres);
    }
}
