package io.luyun.server.zone;

import io.luyun.server.zone.OpenDriveNet.Cubic;
import io.luyun.server.zone.OpenDriveNet.Lane;
import io.luyun.server.zone.OpenDriveNet.Road;
import io.luyun.server.zone.OpenDriveNet.Section;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads an OpenDRIVE file of any version from 1.4 on. */
final class OpenDriveReader {
    private static final double LONGEST_METRES = 1e6;
    private static final int MOST_LANES = 1000;
    /** Types of lanes for motor vehicles. */
    private static final Set<String> MOTOR = Set.of(
            "driving",
            "entry",
            "exit",
            "onRamp",
            "offRamp",
            "connectingRamp",
            "slipLane",
            "bidirectional",
            "bus",
            "taxi",
            "HOV",
            "mwyEntry",
            "mwyExit");

    private OpenDriveReader() {}

    static OpenDriveNet read(final Path file) throws IOException, ImportException {
        final OpenDriveNet net = new OpenDriveNet();
        try (XmlFile xml = XmlFile.open(file, Set.of("OpenDRIVE"))) {
            for (XmlNode node = xml.nextChild(); node != null; node = xml.nextChild()) {
                switch (node.name) {
                    case "header" -> net.header = node;
                    case "road" -> road(net, node);
                    case "junction" -> once(net.junctions.put(node.text("id"), node), node);
                    default -> {} // controllers, stations, user data
                }
            }
            if (net.roads.isEmpty()) {
                throw xml.root().fail("there must be at least one road");
            }
        }
        return net;
    }

    private static void once(final @Nullable Object before, final XmlNode node) throws ImportException {
        if (before != null) {
            throw node.fail("id", "is there twice");
        }
    }

    private static void road(final OpenDriveNet net, final XmlNode node) throws ImportException {
        final XmlNode offset = net.header == null ? null : net.header.child("offset");
        final String rule = node.text("rule", "RHT");
        if (!rule.equals("RHT") && !rule.equals("LHT")) {
            throw node.fail("rule", "must be RHT or LHT");
        }
        final List<Cubic> offsets = new ArrayList<>();
        for (final XmlNode child : node.grandchildren("lanes", "laneOffset")) {
            offsets.add(cubic(child, "s"));
        }
        final Road road = new Road(
                node,
                node.text("id"),
                node.text("junction", "-1"),
                node.number("length", 1e-3, LONGEST_METRES),
                rule.equals("LHT"),
                new PlanView(node, offset == null ? 0 : offset.number("hdg", 0.0)),
                offsets,
                sections(node),
                node.children("type"));
        once(net.roads.put(road.id(), road), node);
    }

    private static List<Section> sections(final XmlNode road) throws ImportException {
        final List<Section> sections = new ArrayList<>();
        for (final XmlNode node : road.grandchildren("lanes", "laneSection")) {
            final double s = node.number("s", 0, LONGEST_METRES);
            if (!sections.isEmpty() && s < sections.getLast().s()) {
                throw node.fail("s", "must not be less than that of the laneSection before");
            }
            final List<Lane> lanes = new ArrayList<>();
            lanes(node, "left", 1, lanes);
            lanes(node, "right", -1, lanes);
            sections.add(new Section(s, lanes));
        }
        if (sections.isEmpty()) {
            throw road.fail("lanes must have at least one laneSection");
        }
        return sections;
    }

    private static void lanes(final XmlNode section, final String side, final int sign, final List<Lane> lanes)
            throws ImportException {
        final List<Lane> found = new ArrayList<>();
        for (final XmlNode node : section.grandchildren(side, "lane")) {
            final int id = node.whole("id", -MOST_LANES, MOST_LANES);
            if (id * sign <= 0) {
                throw node.fail("id", "must be " + (sign > 0 ? "positive" : "negative") + " to the " + side);
            }
            if (found.stream().anyMatch(lane -> lane.id() == id)) {
                throw node.fail("id", "is there twice");
            }
            final List<Cubic> widths = new ArrayList<>();
            for (final XmlNode width : node.children("width")) {
                widths.add(cubic(width, "sOffset"));
            }
            final List<Cubic> borders = new ArrayList<>();
            for (final XmlNode border : node.children("border")) {
                borders.add(cubic(border, "sOffset"));
            }
            found.add(new Lane(node, id, MOTOR.contains(node.text("type")), widths, borders));
        }
        found.sort(Comparator.comparingInt(lane -> Math.abs(lane.id())));
        lanes.addAll(found);
    }

    private static Cubic cubic(final XmlNode node, final String from) throws ImportException {
        return new Cubic(
                node.number(from, 0, LONGEST_METRES),
                node.number("a"),
                node.number("b"),
                node.number("c"),
                node.number("d"));
    }

    /** The projection the header names, or one around the reference. */
    static MapProjection projection(final OpenDriveNet net, final ImportOptions options, final ImportNotes notes)
            throws ImportException {
        final Road first = net.roads.values().iterator().next();
        final XmlNode header = net.header == null ? first.node() : net.header;
        final XmlNode named = header.child("geoReference");
        final String proj = named == null ? "" : named.content.trim();
        final ImportOptions.Reference reference = options.reference();
        if (proj.isEmpty()) {
            if (reference == null) {
                throw header.fail(
                        "the file names no projection: the place of its origin must be given (--ref LAT,LON)");
            }
            return MapProjection.around(reference.latitude(), reference.longitude());
        }
        if (reference != null) {
            throw header.fail("the file has a projection of its own: no other origin can be given (--ref)");
        }
        final XmlNode offset = header.child("offset");
        double x = offset == null ? 0 : offset.number("x", 0.0);
        double y = offset == null ? 0 : offset.number("y", 0.0);
        // The offset is to be added. Some programs write what they have added themselves, and then UTM has no such
        // place.
        final double begin = first.line().at(0).x();
        if (proj.contains("+proj=utm") && !easting(begin + x) && easting(begin - x)) {
            notes.count("offset of the header is told the other way round: it is taken off");
            x = -x;
            y = -y;
        }
        try {
            return MapProjection.of(proj, -x, -y);
        } catch (final IllegalArgumentException e) {
            throw header.fail("geoReference \"" + XmlNode.shortened(proj) + "\" " + e.getMessage());
        }
    }

    private static boolean easting(final double x) {
        return x > 0 && x < 1e6;
    }
}
