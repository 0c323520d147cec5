package io.luyun.server.zone;

import io.luyun.server.zone.SumoNet.Connection;
import io.luyun.server.zone.SumoNet.Edge;
import io.luyun.server.zone.SumoNet.Lane;
import io.luyun.server.zone.SumoNet.Logic;
import io.luyun.server.zone.ZoneDraft.Maneuver;
import io.luyun.server.zone.ZoneDraft.Pair;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes a zone of a SUMO network: a link of each edge with lanes for motor vehicles, a movement of each pair of edges. */
final class SumoZone {
    private final SumoNet net;
    private final ImportNotes notes;
    private final ZoneDraft draft = new ZoneDraft();
    private final Map<String, ZoneDraft.Link> links = new HashMap<>();
    private final Map<String, Integer> nodeIds = new HashMap<>();
    /** By junction; a node has the program of the first traffic light found at it. */
    private final Map<String, SumoSignals> signals = new HashMap<>();

    private final Map<String, String> lights = new HashMap<>();
    private final SumoWays ways;

    private SumoZone(final SumoNet net, final ImportNotes notes) {
        this.net = net;
        this.notes = notes;
        ways = new SumoWays(net);
    }

    static ZoneDraft of(final SumoNet net, final ImportNotes notes) throws ImportException {
        return new SumoZone(net, notes).build();
    }

    private ZoneDraft build() throws ImportException {
        numberNodes();
        addLinks();
        addMovements();
        addCrossings();
        addBusStops();
        addNodes();
        return draft;
    }

    private void numberNodes() throws ImportException {
        final Set<String> used = new LinkedHashSet<>();
        for (final Edge edge : net.edges.values()) {
            if (edge.road() && !edge.motorLanes().isEmpty()) {
                for (final String end : List.of("from", "to")) {
                    SumoReader.known(net.junctions, edge.node().text(end), edge.node(), end);
                    used.add(edge.node().text(end));
                }
            }
        }
        for (final String id : net.junctions.keySet()) {
            if (used.contains(id)) {
                nodeIds.put(id, nodeIds.size() + 1);
            }
        }
        if (nodeIds.isEmpty()) {
            throw net.root.fail("there must be at least one edge with a lane for motor vehicles");
        }
        if (nodeIds.size() > ZoneDraft.MOST_NODES) {
            throw net.root.fail(
                    "there must not be more than " + ZoneDraft.MOST_NODES + " junctions, not " + nodeIds.size());
        }
    }

    private int node(final Edge edge, final String end) throws ImportException {
        return SumoReader.known(nodeIds, edge.node().text(end), edge.node(), end);
    }

    private void addLinks() throws ImportException {
        for (final Edge edge : net.edges.values()) {
            if (!edge.road()) {
                if (edge.function().equals("connector")) {
                    notes.count("connectors left out");
                }
                continue;
            }
            final List<Lane> lanes = ways.fromTheLeft(edge);
            final int others = edge.lanes().size() - lanes.size();
            for (int i = 0; i < others; i++) {
                notes.count("lanes without motor vehicles left out");
            }
            if (lanes.isEmpty()) {
                continue;
            }
            if (lanes.size() > ZoneDraft.MOST_LANES) {
                throw edge.node().fail("it must not have more than " + ZoneDraft.MOST_LANES + " lanes");
            }
            final double fastest =
                    lanes.stream().mapToDouble(Lane::speedMps).max().orElseThrow();
            if (lanes.stream().anyMatch(lane -> lane.speedMps() != fastest)) {
                notes.count("links whose lanes have different speed limits: the highest is taken");
            }
            final ZoneDraft.Link link = new ZoneDraft.Link(
                    draft.links.size() + 1,
                    node(edge, "from"),
                    node(edge, "to"),
                    edge.node().text("name", edge.id()),
                    lanes.size(),
                    lanes.stream().mapToDouble(Lane::widthM).average().orElseThrow(),
                    ZoneDraft.limitKmh(fastest, notes),
                    SumoWays.centre(lanes),
                    edge.id());
            draft.links.add(link);
            links.put(edge.id(), link);
        }
    }

    private void addMovements() throws ImportException {
        final Map<String, List<Connection>> groups = new LinkedHashMap<>();
        for (final Connection connection : net.connections) {
            final Edge from = SumoReader.known(net.edges, connection.from(), connection.node(), "from");
            final Edge to = SumoReader.known(net.edges, connection.to(), connection.node(), "to");
            if (!from.road() || !to.road()) {
                continue;
            }
            if (!from.node().text("to").equals(to.node().text("from"))) {
                throw connection.node().fail("to", "must begin where " + XmlNode.shortened(from.id()) + " ends");
            }
            final Lane fromLane = ways.lane(from, connection.fromLane(), connection.node(), "fromLane");
            final Lane toLane = ways.lane(to, connection.toLane(), connection.node(), "toLane");
            if (fromLane.motor() && toLane.motor()) {
                groups.computeIfAbsent(from.id() + "\n" + to.id(), _ -> new ArrayList<>())
                        .add(connection);
            }
        }
        for (final List<Connection> group : groups.values()) {
            addMovement(group);
        }
    }

    private void addMovement(final List<Connection> group) throws ImportException {
        final Connection first = group.getFirst();
        final Edge from = SumoReader.known(net.edges, first.from(), first.node(), "from");
        final Edge to = SumoReader.known(net.edges, first.to(), first.node(), "to");
        final List<Lane> fromLanes = ways.fromTheLeft(from);
        final List<Lane> toLanes = ways.fromTheLeft(to);
        final List<Pair> pairs = new ArrayList<>();
        final List<Integer> phases = new ArrayList<>();
        for (final Connection connection : group) {
            pairs.add(new Pair(
                    1 + fromLanes.indexOf(SumoNet.lane(from, connection.fromLane())),
                    1 + toLanes.indexOf(SumoNet.lane(to, connection.toLane()))));
            phases.add(phase(from.node().text("to"), connection, false));
        }
        if (phases.stream().distinct().count() > 1) {
            notes.count("movements whose lanes have signals of their own: the first one's is taken");
        }
        pairs.sort((a, b) -> a.fromLane() != b.fromLane() ? a.fromLane() - b.fromLane() : a.toLane() - b.toLane());
        final Polyline line = ways.through(group, from, to);
        draft.movements.add(new ZoneDraft.Movement(
                node(from, "to"),
                link(from).id(),
                link(to).id(),
                maneuver(first, ways.way(first, from, to)),
                phases.getFirst(),
                pairs,
                line));
    }

    private ZoneDraft.Link link(final Edge edge) throws ImportException {
        return SumoReader.known(links, edge.id(), edge.node(), "id");
    }

    private static Maneuver maneuver(final Connection connection, final Polyline way) throws ImportException {
        final String word = connection.node().text("dir", "");
        return switch (word) {
            case "s" -> Maneuver.STRAIGHT;
            case "l", "L" -> Maneuver.LEFT;
            case "r", "R" -> Maneuver.RIGHT;
            case "t", "T" -> Maneuver.UTURN;
            case "", "invalid" -> Maneuver.ofTurn(way.direction(false), way.direction(true));
            default -> throw connection.node().fail("dir", "must be one of s, l, L, r, R, t, T");
        };
    }

    /** Phase that governs a connection at a junction, 0 without one. */
    private int phase(final String junction, final Connection connection, final boolean pedestrian)
            throws ImportException {
        if (connection.light().isEmpty()) {
            return 0;
        }
        final String light = lights.computeIfAbsent(junction, _ -> connection.light());
        if (!light.equals(connection.light())) {
            notes.count("connections of a second traffic light at a junction: taken as without a signal");
            return 0;
        }
        final Logic logic = net.logics.get(light);
        if (logic == null) {
            return 0;
        }
        return signals.computeIfAbsent(junction, _ -> new SumoSignals(logic, notes))
                .phase(connection.node(), connection.linkIndex(), pedestrian);
    }

    private void addCrossings() throws ImportException {
        final Map<String, Connection> onto = new HashMap<>();
        for (final Connection connection : net.connections) {
            if (!connection.light().isEmpty()) {
                onto.putIfAbsent(connection.to(), connection);
            }
        }
        for (final Edge edge : net.edges.values()) {
            if (!edge.function().equals("crossing")) {
                continue;
            }
            final int end = edge.id().lastIndexOf("_c");
            final String junction = end < 1 ? "" : edge.id().substring(1, end);
            final Integer node = nodeIds.get(junction);
            if (node == null || edge.lanes().isEmpty()) {
                notes.count("crossings away from links left out");
                continue;
            }
            final Connection lit = onto.get(edge.id());
            draft.crossings.add(new ZoneDraft.Crossing(
                    node,
                    edge.node().text("name", "Crossing " + edge.id().substring(end + 1) + " at " + junction),
                    lit == null ? 0 : phase(junction, lit, true),
                    edge.lanes().getFirst().shape()));
        }
    }

    private void addBusStops() throws ImportException {
        for (final XmlNode stop : net.busStops) {
            final Lane lane = SumoReader.known(net.lanes, stop.text("lane"), stop, "lane");
            final ZoneDraft.Link link = links.get(lane.edge());
            if (!lane.motor() || link == null) {
                notes.count("bus stops away from lanes for motor vehicles left out");
                continue;
            }
            final double at = (place(stop, "startPos", 0, lane) + place(stop, "endPos", lane.lengthM(), lane)) / 2;
            final double share = at / lane.lengthM();
            final boolean leftHand = ways.leftHand();
            final Polyline kerb = lane.shape().shifted(leftHand ? -lane.widthM() / 2 : lane.widthM() / 2);
            draft.busStops.add(new ZoneDraft.BusStop(
                    link.id(),
                    share * link.line().length(),
                    stop.text("name", stop.text("id")),
                    kerb.xAt(share * kerb.length()),
                    kerb.yAt(share * kerb.length())));
        }
    }

    /** A place on a lane; a negative one counts from its end. */
    private static double place(final XmlNode stop, final String attribute, final double otherwise, final Lane lane)
            throws ImportException {
        final double told = stop.number(attribute, otherwise);
        final double place = told < 0 ? lane.lengthM() + told : told;
        if (place < 0 || place > lane.lengthM() + 0.1) {
            throw stop.fail(attribute, "must lie on lane " + lane.id() + " of " + lane.lengthM() + " m");
        }
        return Math.min(place, lane.lengthM());
    }

    private void addNodes() throws ImportException {
        for (final Map.Entry<String, XmlNode> junction : net.junctions.entrySet()) {
            final Integer id = nodeIds.get(junction.getKey());
            if (id == null) {
                continue;
            }
            final SumoSignals lit = signals.get(junction.getKey());
            final ZoneDraft.@Nullable Program program = lit == null ? null : lit.program();
            final boolean signalised = lights.containsKey(junction.getKey());
            if (signalised && program == null) {
                notes.count("traffic lights without a program");
            }
            final XmlNode node = junction.getValue();
            draft.nodes.add(
                    new ZoneDraft.Node(id, junction.getKey(), node.number("x"), node.number("y"), signalised, program));
        }
    }
}
