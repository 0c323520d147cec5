package io.luyun.server.world;

import static io.luyun.server.world.Participant.ABSENT;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a zone file, features that others refer to first. Used once; kinds it does not know are passed over. */
final class ZoneFileReader {
    private static final int MAX_LANES = 32;
    private static final double MAX_KMH = 200;
    private static final String[] MANEUVERS = {"straight", "left", "right", "uturn"};
    private static final String[] RAMPS = {"none", "on", "off"};

    final LocalPlane plane;
    final int region;
    final String name;
    final List<Road> roads = new ArrayList<>();
    final List<ZoneMap.CrossingSpec> crossings = new ArrayList<>();
    final List<ZoneMap.Stop> stops = new ArrayList<>();
    final List<ZoneMap.LineSpec> lines = new ArrayList<>();
    final List<Area> areas = new ArrayList<>();
    final List<Polygon> approved = new ArrayList<>();
    private final Map<String, Road> links = new HashMap<>();
    private final Map<Integer, Integer> regions = new HashMap<>();
    private final Set<String> names = new HashSet<>();

    ZoneFileReader(final String file, final JsonNode root) {
        final JsonNode header = root.path("luyun");
        final JsonNode ref = header.path("ref");
        if (!Feature.isPosition(ref) || !root.path("features").isArray()) {
            throw new IllegalArgumentException(file + ": not a zone file: no luyun.ref [lon, lat] or no features");
        }
        if (header.path("format").asInt() != 1) {
            throw new IllegalArgumentException(
                    file + ": format " + header.path("format").asText() + ": this server reads format 1");
        }
        plane = new LocalPlane(Feature.e7(ref.get(1)), Feature.e7(ref.get(0)));
        region = header.path("region").asInt();
        name = header.path("name").asText();
        final List<Feature> features = new ArrayList<>();
        for (final JsonNode feature : root.path("features")) {
            features.add(new Feature(file, features.size(), feature, plane));
        }
        features.stream().filter(f -> f.kind.equals("node")).forEach(this::node);
        features.stream().filter(f -> f.kind.equals("link")).forEach(this::link);
        features.forEach(this::other);
        features.stream().filter(f -> f.kind.equals("busLine")).forEach(this::busLine);
    }

    private void other(final Feature feature) {
        switch (feature.kind) {
            case "movement" -> movement(feature);
            case "crossing" -> crossing(feature);
            case "busStop" -> busStop(feature);
            case "area" -> area(feature);
            case "approved" -> approved.add(feature.polygon());
            default -> {
                // for others, or read before
            }
        }
    }

    private void node(final Feature feature) {
        final int id = node(feature, "nodeId");
        if (regions.put(id, feature.whole("region", 0, 0xFFFF, region)) != null) {
            throw feature.error("nodeId", Integer.toString(id), "is there twice");
        }
    }

    private static int node(final Feature feature, final String field) {
        return feature.whole(field, 0, Integer.MAX_VALUE, 0);
    }

    private int regionOf(final int node) {
        return regions.getOrDefault(node, region);
    }

    private void link(final Feature feature) {
        final String id = feature.id("linkId");
        final Line line = feature.line();
        final double length = line.lengthMetres();
        if (!(length > 0)) {
            throw feature.error("geometry.coordinates", "0 m", "must be longer");
        }
        final double kmh = feature.number("speedLimitKmh", 0, MAX_KMH, 0);
        final int downstream = node(feature, "downstream");
        final Road road = new Road(
                id,
                feature.text("name"),
                regionOf(downstream),
                node(feature, "upstream"),
                downstream,
                line,
                feature.whole("lanes", 1, MAX_LANES, 1),
                feature.number("laneWidthM", 0, 20, 0),
                kmh > 0 ? SpeedLimits.ofKmh(kmh) : SpeedLimits.NONE,
                feature.number("stopLineM", 0, length + 1, length),
                feature.has("ramp") ? Ramp.values()[feature.word("ramp", RAMPS)] : Ramp.NONE,
                feature.flag("approved"),
                null);
        if (links.put(id, road) != null) {
            throw feature.error("linkId", id, "is there twice");
        }
        roads.add(road);
    }

    private Road linkOf(final Feature feature, final String field) {
        final Road road = links.get(feature.id(field));
        if (road == null) {
            throw feature.error(field, feature.text(field), "must be the linkId of a link");
        }
        return road;
    }

    private void movement(final Feature feature) {
        final Road from = linkOf(feature, "fromLink");
        final Road to = linkOf(feature, "toLink");
        final Line line = feature.line();
        final int node = feature.whole("node", 0, Integer.MAX_VALUE, from.downstream());
        feature.check(
                node == from.downstream() && node == to.upstream(),
                "node",
                "must be where fromLink ends (" + from.downstream() + ") and toLink begins (" + to.upstream() + ")");
        final JsonNode pairs = feature.value("lanes");
        final int count = feature.has("lanes") ? pairs.size() : 0;
        final List<Road.LanePair> lanes = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            lanes.add(new Road.LanePair(
                    (int) feature.range("lanes[" + i + "][0]", pairs.path(i).path(0), 1, from.lanes()),
                    (int) feature.range("lanes[" + i + "][1]", pairs.path(i).path(1), 1, to.lanes())));
        }
        roads.add(new Road(
                from.linkId() + ">" + to.linkId(),
                "",
                from.region(),
                node,
                node,
                line,
                1,
                from.laneWidthMetres(),
                from.limits(),
                line.lengthMetres(),
                Ramp.NONE,
                from.approved() && to.approved(),
                new Road.Way(
                        from.linkId(),
                        to.linkId(),
                        feature.has("maneuver") ? feature.word("maneuver", MANEUVERS) : ABSENT,
                        feature.whole("phaseId", 0, 255, 0),
                        List.copyOf(lanes))));
    }

    private void crossing(final Feature feature) {
        final int node = node(feature, "node");
        crossings.add(new ZoneMap.CrossingSpec(
                unique(feature.text("name"), "crossing " + (crossings.size() + 1)),
                regionOf(node),
                node,
                feature.flag("smart"),
                feature.whole("phaseId", 0, 255, 0),
                feature.line()));
    }

    private void busStop(final Feature feature) {
        final Road link = linkOf(feature, "link");
        final double[] at = feature.point();
        stops.add(new ZoneMap.Stop(
                unique(feature.text("name"), "stop " + (stops.size() + 1)),
                link.linkId(),
                feature.number("alongM", 0, link.line().lengthMetres() + 1, 0),
                at[0],
                at[1]));
    }

    private void busLine(final Feature feature) {
        final List<Integer> served = new ArrayList<>();
        for (final String stop : texts(feature, "stops")) {
            int place = 0;
            while (place < stops.size() && !stops.get(place).name().equals(stop)) {
                place++;
            }
            if (place == stops.size()) {
                throw feature.error("stops", stop, "must be the name of a busStop");
            }
            served.add(place);
        }
        feature.check(served.size() >= 2, "stops", "must be two or more");
        lines.add(new ZoneMap.LineSpec(
                unique(feature.text("name"), "line " + (lines.size() + 1)),
                List.copyOf(served),
                feature.flag("loop"),
                texts(feature, "devices")));
    }

    private static List<String> texts(final Feature feature, final String field) {
        final JsonNode given = feature.value(field);
        feature.check(given.isArray() && !given.isEmpty(), field, "must be a list of texts");
        final List<String> texts = new ArrayList<>(given.size());
        for (final JsonNode text : given) {
            feature.check(text.isTextual(), field, "must be a list of texts");
            texts.add(text.textValue());
        }
        return List.copyOf(texts);
    }

    /** Devices tell crossings and stops by name, so that one that comes again gets a number. */
    private String unique(final String given, final String otherwise) {
        final String base = given.isEmpty() ? otherwise : given;
        String unique = base;
        for (int i = 2; !names.add(unique); i++) {
            unique = base + " #" + i;
        }
        return unique;
    }

    private void area(final Feature feature) {
        final Area.Type[] types = Area.Type.values();
        final String[] words = new String[types.length];
        for (int i = 0; i < words.length; i++) {
            words[i] = types[i].name().toLowerCase(Locale.ROOT);
        }
        final double kmh = feature.number("limitKmh", 1, MAX_KMH, 0);
        areas.add(new Area(
                areas.size(),
                feature.text("name"),
                types[feature.word("type", words)],
                feature.polygon(),
                hours(feature),
                kmh > 0 ? SpeedLimits.ofKmh(kmh) : SpeedLimits.NONE));
    }

    /** {@code [from, to]} or a list of such, in hours of the local day. */
    private static int[] hours(final Feature feature) {
        if (!feature.has("hours")) {
            return new int[0];
        }
        final JsonNode given = feature.value("hours");
        feature.check(given.isArray() && !given.isEmpty(), "hours", "must be [from, to] or a list of such");
        if (!given.get(0).isArray()) {
            return minutes(feature, given).stream().mapToInt(Integer::intValue).toArray();
        }
        final List<Integer> all = new ArrayList<>();
        for (final JsonNode pair : given) {
            all.addAll(minutes(feature, pair));
        }
        return all.stream().mapToInt(Integer::intValue).toArray();
    }

    private static List<Integer> minutes(final Feature feature, final JsonNode pair) {
        feature.check(pair.isArray() && pair.size() == 2, "hours", "must be [from, to] or a list of such");
        return List.of((int) Math.rint(feature.range("hours", pair.get(0), 0, 24) * 60), (int)
                Math.rint(feature.range("hours", pair.get(1), 0, 24) * 60));
    }
}
