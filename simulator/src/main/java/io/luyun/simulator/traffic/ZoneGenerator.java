package io.luyun.simulator.traffic;

import io.luyun.simulator.traffic.Zone.BusLine;
import io.luyun.simulator.traffic.Zone.BusStop;
import io.luyun.simulator.traffic.Zone.Crossing;
import io.luyun.simulator.traffic.Zone.Link;
import io.luyun.simulator.traffic.Zone.Movement;
import io.luyun.simulator.traffic.Zone.Node;
import io.luyun.simulator.traffic.Zone.Rsu;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Draws a plausible network of city streets out of a seed: five avenues across four streets, the outer ones a ring.
 *
 * <pre>
 *   bend ── T ──── T ──── T ── bend      ring: 2 lanes a direction, 60 km/h
 *    │      │      │      │      │       avenues 2, 3, 1 lanes; streets 3, 2 lanes
 *    T ──── + ──── + ──── + ──── T       nodes are moved and roads are bowed by the seed,
 *    │      │      │      │      │       then all is scaled to the length wanted
 *    T ──── + ──── + ──── + ──── T
 *    │      │      │      │      │
 *   bend ── T ──── T ──── T ── bend
 * </pre>
 */
public final class ZoneGenerator {
    /** Length of all road centre lines together. */
    static final double ROAD_METRES = 42_000;

    static final int COLUMNS = 5;
    static final int ROWS = 4;

    /** Vehicles of the line round the ring. */
    private static final int SHUTTLES = 4;

    private static final double SPACING_METRES = 1_350;
    private static final int DENSE = 401;
    private static final int LINK_POINTS = 25;
    private static final int[] COLUMN_LANES = {2, 2, 3, 1, 2};
    private static final int[] ROW_LANES = {2, 3, 2, 2};
    private static final int[] COLUMN_KMH = {60, 50, 60, 40, 60};
    private static final int[] ROW_KMH = {60, 60, 50, 60};
    private static final String[] COLUMN_NAMES = {"Ring West", "Avenue 1", "Avenue 2", "Avenue 3", "Ring East"};
    private static final String[] ROW_NAMES = {"Ring South", "Street 1", "Street 2", "Ring North"};
    private static final GeoPoint REFERENCE = new GeoPoint(296_000_000, 1_063_000_000);

    /** A road between two neighbouring nodes: the first is west or south of the second. */
    record Road(int a, int b, boolean column, String name, int lanes, double laneWidthM, int kmh, Curve centre) {
        double halfWidthM() {
            return lanes * laneWidthM;
        }
    }

    private final Rng rng;
    private final Plane plane = new Plane(REFERENCE);
    private final List<Road> roads = new ArrayList<>();
    private final double[] nodeX = new double[COLUMNS * ROWS];
    private final double[] nodeY = new double[COLUMNS * ROWS];
    private final List<Link> links = new ArrayList<>();
    private final List<Curve> linkCurves = new ArrayList<>();

    private ZoneGenerator(final long seed) {
        rng = new Rng(Rng.mix(seed));
    }

    /** A zone of about 42 km of road, 16 signalised junctions and 4 bends, each with a roadside unit. */
    public static Zone generate(final long seed) {
        return new ZoneGenerator(seed).build(seed);
    }

    private Zone build(final long seed) {
        drawRoads();
        for (int i = 0; i < roads.size(); i++) {
            final Road road = roads.get(i);
            addLink(2 * i + 1, road, road.a, road.b, road.centre);
            addLink(2 * i + 2, road, road.b, road.a, road.centre.reversed());
        }
        final List<Node> nodes = new ArrayList<>();
        final List<Movement> movements = new ArrayList<>();
        final List<Crossing> crossings = new ArrayList<>();
        final List<Rsu> rsus = new ArrayList<>();
        for (int i = 0; i < nodeX.length; i++) {
            final JunctionPlanner planner = new JunctionPlanner(i, nodeId(i), links, linkCurves, plane, rng);
            movements.addAll(planner.movements());
            nodes.add(new Node(nodeId(i), nodeName(i), plane.point(nodeX[i], nodeY[i]), planner.program()));
            if (planner.signalised()) {
                addCrossings(i, crossings);
            }
            final double corner = radius(i) - 4;
            final GeoPoint pos = plane.point(nodeX[i] + corner, nodeY[i] + corner);
            rsus.add(new Rsu("RSU-" + nodeId(i), nodeId(i), 220, pos));
        }
        final List<BusStop> stops = busStops();
        return new Zone(
                "Demonstration zone",
                seed,
                1,
                REFERENCE,
                nodes,
                links,
                movements,
                crossings,
                stops,
                shuttle(stops),
                rsus);
    }

    /** Round the ring against the clock, where the right lane always leads on. */
    private List<BusLine> shuttle(final List<BusStop> stops) {
        final List<String> served = new ArrayList<>();
        for (int column = 0; column < COLUMNS - 1; column++) {
            addStop(column, column + 1, stops, served);
        }
        for (int row = 0; row < ROWS - 1; row++) {
            addStop((row + 1) * COLUMNS - 1, (row + 2) * COLUMNS - 1, stops, served);
        }
        for (int column = COLUMNS - 1; column > 0; column--) {
            addStop((ROWS - 1) * COLUMNS + column, (ROWS - 1) * COLUMNS + column - 1, stops, served);
        }
        for (int row = ROWS - 1; row > 0; row--) {
            addStop(row * COLUMNS, (row - 1) * COLUMNS, stops, served);
        }
        if (served.size() < 2) {
            return List.of();
        }
        final List<String> vehicles =
                IntStream.range(0, SHUTTLES).mapToObj(Traffic::nameOf).toList();
        return List.of(new BusLine("Shuttle", served, true, vehicles));
    }

    private void addStop(final int from, final int to, final List<BusStop> stops, final List<String> served) {
        for (final BusStop stop : stops) {
            final Link link = links.get(stop.link() - 1);
            if (link.upstream() == nodeId(from) && link.downstream() == nodeId(to)) {
                served.add(stop.name());
            }
        }
    }

    static int nodeId(final int index) {
        return 1001 + index;
    }

    private static String nodeName(final int index) {
        return ROW_NAMES[index / COLUMNS] + " / " + COLUMN_NAMES[index % COLUMNS];
    }

    private void drawRoads() {
        for (int i = 0; i < nodeX.length; i++) {
            final int column = i % COLUMNS;
            final int row = i / COLUMNS;
            nodeX[i] = (column - (COLUMNS - 1) / 2.0) * SPACING_METRES + rng.between(-80, 80);
            nodeY[i] = (row - (ROWS - 1) / 2.0) * SPACING_METRES + rng.between(-80, 80);
        }
        final List<double[]> bows = new ArrayList<>();
        double total = 0;
        for (int i = 0; i < nodeX.length; i++) {
            final boolean east = i % COLUMNS < COLUMNS - 1;
            final boolean north = i / COLUMNS < ROWS - 1;
            if (east) {
                bows.add(new double[] {i, i + 1, rng.between(-35, 35)});
            }
            if (north) {
                bows.add(new double[] {i, i + COLUMNS, rng.between(-35, 35)});
            }
        }
        for (final double[] bow : bows) {
            total += centre((int) bow[0], (int) bow[1], bow[2]).length;
        }
        final double scale = ROAD_METRES / total;
        for (int i = 0; i < nodeX.length; i++) {
            nodeX[i] *= scale;
            nodeY[i] *= scale;
        }
        for (final double[] bow : bows) {
            final int a = (int) bow[0];
            final int b = (int) bow[1];
            final boolean column = b - a == COLUMNS;
            final int line = column ? a % COLUMNS : a / COLUMNS;
            final int kmh = column ? COLUMN_KMH[line] : ROW_KMH[line];
            roads.add(new Road(
                    a,
                    b,
                    column,
                    column ? COLUMN_NAMES[line] : ROW_NAMES[line],
                    column ? COLUMN_LANES[line] : ROW_LANES[line],
                    kmh >= 60 ? 3.5 : 3.25,
                    kmh,
                    centre(a, b, bow[2] * scale)));
        }
    }

    /** From node to node, bowed to one side so that it leaves both along the chord. */
    private Curve centre(final int a, final int b, final double bow) {
        final double dx = nodeX[b] - nodeX[a];
        final double dy = nodeY[b] - nodeY[a];
        final double chord = Math.sqrt(dx * dx + dy * dy);
        final double[] x = new double[DENSE];
        final double[] y = new double[DENSE];
        for (int i = 0; i < DENSE; i++) {
            final double t = (double) i / (DENSE - 1);
            final double sine = StrictMath.sin(StrictMath.PI * t);
            x[i] = nodeX[a] + dx * t + dy / chord * bow * sine * sine;
            y[i] = nodeY[a] + dy * t - dx / chord * bow * sine * sine;
        }
        return new Curve(x, y);
    }

    /** Distance from a node's middle to its stop lines: room for the crossing road, a crossing and the corner. */
    private double radius(final int node) {
        double widest = 0;
        for (final Road road : roads) {
            if (road.a == node || road.b == node) {
                widest = Math.max(widest, road.halfWidthM());
            }
        }
        return widest + 12;
    }

    private void addLink(final int id, final Road road, final int from, final int to, final Curve centre) {
        final double end = centre.length - radius(to);
        final Curve line = centre.part(radius(from), end, LINK_POINTS).shifted(road.halfWidthM() / 2);
        linkCurves.add(line);
        links.add(new Link(
                id,
                nodeId(from),
                nodeId(to),
                road.name,
                road.lanes,
                road.laneWidthM,
                road.kmh,
                false,
                line.points(plane)));
    }

    private void addCrossings(final int node, final List<Crossing> crossings) {
        for (final Road road : roads) {
            if (road.a != node && road.b != node) {
                continue;
            }
            final Curve away = road.a == node ? road.centre : road.centre.reversed();
            final double at = radius(node) - 3.5;
            final Curve spot = away.part(at, at + 1, 2);
            final double half = road.halfWidthM() + 1;
            final Curve left = spot.shifted(-half);
            final Curve right = spot.shifted(half);
            crossings.add(new Crossing(
                    nodeId(node),
                    "Crossing of " + road.name + " at " + nodeName(node),
                    rng.nextDouble() < 0.3,
                    JunctionPlanner.PEDESTRIAN_PHASE,
                    List.of(plane.point(left.x[0], left.y[0]), plane.point(right.x[0], right.y[0]))));
        }
    }

    private List<BusStop> busStops() {
        final List<BusStop> stops = new ArrayList<>();
        for (int i = 0; i < links.size(); i++) {
            final Link link = links.get(i);
            final Curve curve = linkCurves.get(i);
            if (link.lanes() < 2 || rng.nextDouble() > 0.6) {
                continue;
            }
            final double along = Math.rint(curve.length * rng.between(0.4, 0.6));
            final Curve kerb = curve.shifted(link.lanes() * link.laneWidthM() / 2);
            final GeoPoint pos = plane.point(kerb.xAt(along), kerb.yAt(along));
            stops.add(new BusStop(link.linkId(), along, "Stop " + (stops.size() + 1) + ", " + link.name(), pos));
        }
        return stops;
    }
}
