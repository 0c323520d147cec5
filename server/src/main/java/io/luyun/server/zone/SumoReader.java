package io.luyun.server.zone;

import io.luyun.server.zone.SumoNet.Connection;
import io.luyun.server.zone.SumoNet.Edge;
import io.luyun.server.zone.SumoNet.Lane;
import io.luyun.server.zone.SumoNet.Logic;
import io.luyun.server.zone.SumoNet.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a SUMO network and files of additional things on it. */
final class SumoReader {
    private static final double DEFAULT_WIDTH_METRES = 3.2;
    private static final double FASTEST_MPS = 150;
    private static final int MOST_INDEX = 1_000_000;
    private static final double LONGEST_STAGE_S = 36_000;
    /** Who may use a lane that is none for motor vehicles. */
    private static final Set<String> NO_MOTOR = Set.of(
            "pedestrian",
            "bicycle",
            "scooter",
            "wheelchair",
            "tram",
            "rail",
            "rail_urban",
            "rail_electric",
            "rail_fast",
            "subway",
            "cable_car",
            "ship",
            "container",
            "aircraft",
            "drone");

    /** The classes for motor vehicles; one of them is enough. */
    private static final Set<String> MOTOR = Set.of(
            "private",
            "passenger",
            "taxi",
            "bus",
            "coach",
            "delivery",
            "truck",
            "trailer",
            "motorcycle",
            "moped",
            "evehicle",
            "hov",
            "emergency",
            "authority",
            "army",
            "vip",
            "custom1",
            "custom2");

    private final SumoNet net;

    private SumoReader(final SumoNet net) {
        this.net = net;
    }

    static SumoNet read(final Path file, final List<Path> additional) throws IOException, ImportException {
        final SumoReader reader;
        try (XmlFile xml = XmlFile.open(file, Set.of("net"))) {
            reader = new SumoReader(new SumoNet(xml.root()));
            for (XmlNode node = xml.nextChild(); node != null; node = xml.nextChild()) {
                reader.take(node);
            }
        }
        for (final Path more : additional) {
            try (XmlFile xml = XmlFile.open(more, Set.of("additional", "additionals", "add", "tlLogics"))) {
                for (XmlNode node = xml.nextChild(); node != null; node = xml.nextChild()) {
                    reader.takeAdditional(node);
                }
            }
        }
        return reader.net;
    }

    private void take(final XmlNode node) throws ImportException {
        switch (node.name) {
            case "location" -> net.location = node;
            case "edge" -> edge(node);
            case "junction" -> once(net.junctions.put(node.text("id"), bare(node)), node);
            case "connection" -> net.connections.add(connection(node));
            case "tlLogic" -> logic(node);
            default -> {} // types, roundabouts and prohibitions say nothing that the edges do not
        }
    }

    private void takeAdditional(final XmlNode node) throws ImportException {
        switch (node.name) {
            case "busStop" -> net.busStops.add(bare(node));
            case "tlLogic" -> logic(node);
            default -> {} // detectors, parking areas, vehicle types: of a simulation, not of the road
        }
    }

    private static void once(final @Nullable Object before, final XmlNode node) throws ImportException {
        if (before != null) {
            throw node.fail("id", "is there twice");
        }
    }

    /** Children hold what has been read already. */
    private static XmlNode bare(final XmlNode node) {
        node.children.clear();
        return node;
    }

    private void edge(final XmlNode node) throws ImportException {
        final String id = node.text("id");
        final List<Lane> lanes = new ArrayList<>();
        for (final XmlNode child : node.children("lane")) {
            final Lane lane = lane(id, child, node.text("function", "").equals("internal"));
            once(net.lanes.put(lane.id(), lane), child);
            for (final Lane other : lanes) {
                if (other.index() == lane.index()) {
                    throw child.fail("index", "is there twice in edge " + XmlNode.shortened(id));
                }
            }
            lanes.add(lane);
        }
        lanes.sort((a, b) -> Integer.compare(a.index(), b.index()));
        once(net.edges.put(id, new Edge(bare(node), id, node.text("function", ""), lanes)), node);
    }

    private static Lane lane(final String edge, final XmlNode node, final boolean internal) throws ImportException {
        return new Lane(
                node.text("id"),
                edge,
                node.whole("index", 0, MOST_INDEX),
                motor(node),
                node.number("speed", 1e-3, FASTEST_MPS),
                node.has("width") ? node.number("width", 0.1, 20) : DEFAULT_WIDTH_METRES,
                node.number("length", 1e-3, 1e9),
                shape(node, internal));
    }

    /** Whether at least one class of motor vehicles may use the lane: what is allowed counts before what is not. */
    private static boolean motor(final XmlNode node) throws ImportException {
        final List<String> allowed = classes(node, "allow");
        final List<String> disallowed = classes(node, "disallow");
        if (!allowed.isEmpty()) {
            return allowed.contains("all") || allowed.stream().anyMatch(MOTOR::contains);
        }
        return !disallowed.contains("all") && !disallowed.containsAll(MOTOR);
    }

    private static List<String> classes(final XmlNode node, final String attribute) throws ImportException {
        final String text = node.text(attribute, "").trim();
        final List<String> words = text.isEmpty() ? List.of() : Arrays.asList(text.split("\\s+"));
        for (final String word : words) {
            if (!word.equals("all")
                    && !MOTOR.contains(word)
                    && !NO_MOTOR.contains(word)
                    && !word.startsWith("custom")) {
                throw node.fail(attribute, "must list classes of vehicles; " + XmlNode.shortened(word) + " is none");
            }
        }
        return words;
    }

    /** Lanes inside of a junction that is but a point have no length. */
    private static Polyline shape(final XmlNode node, final boolean mayBePoint) throws ImportException {
        final String[] points = node.text("shape").trim().split("\\s+");
        final double[] x = new double[points.length];
        final double[] y = new double[points.length];
        for (int i = 0; i < points.length; i++) {
            final String[] parts = points[i].split(",");
            if (parts.length < 2 || parts.length > 3) {
                throw node.fail("shape", "must be points x,y or x,y,z; " + XmlNode.shortened(points[i]) + " is none");
            }
            x[i] = node.number("shape", parts[0]);
            y[i] = node.number("shape", parts[1]);
        }
        if (points.length < 2) {
            throw node.fail("shape", "must have at least two points");
        }
        final Polyline line = new Polyline(x, y);
        if (line.length() <= 0 && !mayBePoint) {
            throw node.fail("shape", "must have a length");
        }
        return line;
    }

    private static Connection connection(final XmlNode node) throws ImportException {
        final boolean lit = node.has("tl");
        return new Connection(
                bare(node),
                node.text("from"),
                node.text("to"),
                node.whole("fromLane", 0, MOST_INDEX),
                node.whole("toLane", 0, MOST_INDEX),
                node.text("tl", ""),
                lit ? node.whole("linkIndex", 0, MOST_INDEX) : -1);
    }

    /** The last program of a light is the one that runs, as in SUMO. */
    private void logic(final XmlNode node) throws ImportException {
        final List<Stage> stages = new ArrayList<>();
        double cycle = 0;
        for (final XmlNode phase : node.children("phase")) {
            final String state = phase.text("state");
            if (!stages.isEmpty() && state.length() != stages.getFirst().state().length()) {
                throw phase.fail("state", "must have as many signals as the phase before");
            }
            final double duration = phase.number("duration", 0, LONGEST_STAGE_S);
            cycle += duration;
            stages.add(new Stage(duration, state));
        }
        if (!stages.isEmpty() && !(cycle > 0 && cycle <= LONGEST_STAGE_S)) {
            throw node.fail("the durations of its phases must add up to more than 0 and at most "
                    + (int) LONGEST_STAGE_S + " s, not " + cycle);
        }
        net.logics.put(node.text("id"), new Logic(bare(node), node.number("offset", 0.0), stages));
    }

    /** The projection the file names, or one around the reference. */
    static MapProjection projection(
            final XmlNode root, final @Nullable XmlNode location, final ImportOptions.@Nullable Reference reference)
            throws ImportException {
        final String proj =
                location == null ? "!" : location.text("projParameter", "!").trim();
        if (proj.equals("!")) {
            if (reference == null) {
                throw (location == null ? root : location)
                        .fail("the file names no projection: the place of its origin must be given (--ref LAT,LON)");
            }
            return MapProjection.around(reference.latitude(), reference.longitude());
        }
        if (location == null || reference != null) {
            throw root.fail("the file has a projection of its own: no other origin can be given (--ref)");
        }
        final String[] offset = location.text("netOffset").split(",");
        if (offset.length < 2) {
            throw location.fail("netOffset", "must be x,y");
        }
        try {
            return MapProjection.of(
                    proj, location.number("netOffset", offset[0]), location.number("netOffset", offset[1]));
        } catch (final IllegalArgumentException e) {
            throw location.fail("projParameter", String.valueOf(e.getMessage()));
        }
    }

    /** The rooms of a lane by its number, for errors that name them. */
    static <T> T known(final Map<String, T> all, final String id, final XmlNode node, final String attribute)
            throws ImportException {
        final T found = all.get(id);
        if (found == null) {
            throw node.fail(attribute, "must be the id of something in the file");
        }
        return found;
    }
}
