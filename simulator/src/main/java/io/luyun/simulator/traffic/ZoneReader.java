package io.luyun.simulator.traffic;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.simulator.traffic.Program.PhaseTimes;
import io.luyun.simulator.traffic.Zone.Connection;
import io.luyun.simulator.traffic.Zone.Maneuver;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads a zone out of its GeoJSON; passes over kinds it does not know and names what is missing. */
final class ZoneReader {
    private final JsonNode root;

    ZoneReader(final JsonNode root) {
        this.root = root;
    }

    static String word(final Maneuver maneuver) {
        return maneuver.name().toLowerCase(Locale.ROOT);
    }

    Zone zone() {
        final JsonNode luyun = child(root, "luyun");
        if (number(luyun, "format") != ZoneGeoJson.FORMAT) {
            throw new IllegalArgumentException("luyun.format is not " + ZoneGeoJson.FORMAT);
        }
        final List<Zone.Node> nodes = new ArrayList<>();
        final List<Zone.Link> links = new ArrayList<>();
        final List<Zone.Movement> movements = new ArrayList<>();
        final List<Zone.Crossing> crossings = new ArrayList<>();
        final List<Zone.BusStop> stops = new ArrayList<>();
        final List<Zone.BusLine> lines = new ArrayList<>();
        final List<Zone.Rsu> rsus = new ArrayList<>();
        for (final JsonNode feature : child(root, "features")) {
            final JsonNode p = child(feature, "properties");
            final JsonNode at = feature.path("geometry").path("coordinates");
            switch (text(p, "kind")) {
                case "node" ->
                    nodes.add(
                            new Zone.Node(number(p, "nodeId"), text(p, "name"), point(at), program(p.get("program"))));
                case "link" ->
                    links.add(new Zone.Link(
                            number(p, "linkId"),
                            number(p, "upstream"),
                            number(p, "downstream"),
                            text(p, "name"),
                            number(p, "lanes"),
                            child(p, "laneWidthM").asDouble(),
                            number(p, "speedLimitKmh"),
                            p.path("approved").asBoolean(),
                            line(at)));
                case "movement" -> movements.add(movement(p, at));
                case "crossing" ->
                    crossings.add(new Zone.Crossing(
                            number(p, "node"),
                            text(p, "name"),
                            child(p, "smart").asBoolean(),
                            number(p, "phaseId"),
                            line(at)));
                case "busStop" ->
                    stops.add(new Zone.BusStop(
                            number(p, "link"), child(p, "alongM").asDouble(), text(p, "name"), point(at)));
                case "busLine" ->
                    lines.add(new Zone.BusLine(
                            text(p, "name"), texts(p, "stops"), p.path("loop").asBoolean(), texts(p, "devices")));
                case "rsu" ->
                    rsus.add(new Zone.Rsu(
                            text(p, "rsuId"),
                            number(p, "node"),
                            child(p, "rangeM").asDouble(),
                            point(at)));
                default -> {}
            }
        }
        return new Zone(
                text(luyun, "name"),
                child(luyun, "seed").asLong(),
                number(luyun, "region"),
                point(child(luyun, "ref")),
                nodes,
                links,
                movements,
                crossings,
                stops,
                lines,
                rsus);
    }

    private static Zone.Movement movement(final JsonNode p, final JsonNode at) {
        final List<Connection> connections = new ArrayList<>();
        for (final JsonNode pair : child(p, "lanes")) {
            connections.add(new Connection(pair.path(0).asInt(), pair.path(1).asInt()));
        }
        return new Zone.Movement(
                number(p, "node"),
                number(p, "fromLink"),
                number(p, "toLink"),
                Maneuver.valueOf(text(p, "maneuver").toUpperCase(Locale.ROOT)),
                number(p, "phaseId"),
                connections,
                line(at));
    }

    private static @Nullable Program program(final @Nullable JsonNode node) {
        if (node == null || node.isNull()) {
            return null;
        }
        final List<PhaseTimes> phases = new ArrayList<>();
        for (final JsonNode phase : child(node, "phases")) {
            phases.add(new PhaseTimes(
                    number(phase, "phaseId"),
                    child(phase, "startS").asDouble(),
                    child(phase, "greenS").asDouble(),
                    child(phase, "yellowS").asDouble(),
                    phase.path("pedestrian").asBoolean()));
        }
        return new Program(
                child(node, "cycleS").asDouble(), child(node, "offsetS").asDouble(), phases);
    }

    private static JsonNode child(final JsonNode parent, final String name) {
        final JsonNode found = parent.get(name);
        if (found == null) {
            throw new IllegalArgumentException("a member \"" + name + "\" is missing");
        }
        return found;
    }

    private static int number(final JsonNode parent, final String name) {
        final JsonNode found = child(parent, name);
        if (!found.canConvertToInt()) {
            throw new IllegalArgumentException("\"" + name + "\" is not a whole number: " + found);
        }
        return found.asInt();
    }

    private static String text(final JsonNode parent, final String name) {
        return child(parent, name).asText();
    }

    private static List<String> texts(final JsonNode parent, final String name) {
        final List<String> texts = new ArrayList<>();
        child(parent, name).forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static List<GeoPoint> line(final JsonNode coordinates) {
        final List<GeoPoint> points = new ArrayList<>();
        for (final JsonNode at : coordinates) {
            points.add(point(at));
        }
        if (points.size() < 2) {
            throw new IllegalArgumentException("a line has fewer than two points");
        }
        return points;
    }

    private static GeoPoint point(final JsonNode at) {
        if (at.size() < 2) {
            throw new IllegalArgumentException("a position has fewer than two numbers: " + at);
        }
        return new GeoPoint((int) Math.round(at.get(1).asDouble() * 1e7), (int)
                Math.round(at.get(0).asDouble() * 1e7));
    }
}
