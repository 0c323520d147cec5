package io.luyun.server.zone;

import io.luyun.server.zone.OpenDriveNet.Lane;
import io.luyun.server.zone.OpenDriveNet.Road;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The links of OpenDRIVE roads: one for each direction and stretch over which the number of lanes for motor vehicles stays
 * the same.
 *
 * <pre>
 *  road      ──section 0──┬──section 1──┬──section 2──▶
 *  right     2 lanes      │ 2 lanes     │ 3 lanes         link a (0, 1), link c (2)
 *  left      1 lane       │ 1 lane      │ 1 lane          link b (2, 1, 0)
 * </pre>
 */
final class OpenDriveLinks {
    private static final double DEFAULT_KMH = 50;

    private final ImportNotes notes;
    private final List<ZoneDraft.Link> links;
    private final OpenDriveNodes nodes;
    private final Map<String, Place> places = new HashMap<>();

    /** A lane of a link, counted from the left; forward along the road's line. */
    record Place(ZoneDraft.Link link, int lane, boolean forward) {}

    OpenDriveLinks(final List<ZoneDraft.Link> links, final OpenDriveNodes nodes, final ImportNotes notes) {
        this.links = links;
        this.nodes = nodes;
        this.notes = notes;
    }

    /** Adds the links of a road that lies outside of junctions. */
    void add(final Road road) throws ImportException {
        for (final boolean left : new boolean[] {false, true}) {
            int first = 0;
            for (int section = 0; section < road.sections().size(); section++) {
                final int lanes = OpenDriveLanes.motor(road, section, left).size();
                final boolean last = section + 1 == road.sections().size();
                if (last || OpenDriveLanes.motor(road, section + 1, left).size() != lanes) {
                    if (lanes > 0) {
                        add(road, left, first, section);
                    }
                    first = section + 1;
                }
            }
        }
    }

    private void add(final Road road, final boolean left, final int first, final int last) throws ImportException {
        final boolean forward = left == road.leftHand();
        final List<List<Lane>> lanes = new ArrayList<>();
        for (int section = 0; section <= last; section++) {
            lanes.add(OpenDriveLanes.motor(road, section, left));
        }
        final int count = lanes.get(first).size();
        if (count > ZoneDraft.MOST_LANES) {
            throw road.node().fail("it must not have more than " + ZoneDraft.MOST_LANES + " lanes in a direction");
        }
        final double[] widths = new double[2];
        final Polyline line = OpenDriveLanes.line(road, first, last, (section, s) -> {
            final List<Lane> here = lanes.get(section);
            final double[] one = OpenDriveLanes.edges(road, section, here.getFirst(), s);
            final double[] other = OpenDriveLanes.edges(road, section, here.getLast(), s);
            for (final Lane lane : here) {
                final double[] edges = OpenDriveLanes.edges(road, section, lane, s);
                widths[0] += Math.abs(edges[1] - edges[0]);
                widths[1]++;
            }
            return (Math.min(Math.min(one[0], one[1]), Math.min(other[0], other[1]))
                            + Math.max(Math.max(one[0], one[1]), Math.max(other[0], other[1])))
                    / 2;
        });
        final double width = widths[0] / widths[1];
        if (!(width > 0.1 && width <= 20)) {
            throw road.node().fail("its lanes must be 0.1 to 20 m wide, not " + width);
        }
        final int begin = nodes.id(road, first);
        final int end = nodes.id(road, last + 1);
        final String name = road.node().text("name", "");
        final ZoneDraft.Link link = new ZoneDraft.Link(
                links.size() + 1,
                forward ? begin : end,
                forward ? end : begin,
                name.isEmpty() ? "Road " + road.id() : name,
                count,
                width,
                limit(road, first, last, lanes),
                forward ? line : line.reversed(),
                road.id() + (forward ? "+" : "-") + (first > 0 ? first : ""));
        links.add(link);
        for (int section = first; section <= last; section++) {
            for (int i = 0; i < count; i++) {
                places.put(key(road.id(), section, lanes.get(section).get(i).id()), new Place(link, i + 1, forward));
            }
        }
    }

    private static String key(final String road, final int section, final int lane) {
        return road + "\n" + section + "\n" + lane;
    }

    /** A lane of a section, or null when it is none of a link. */
    @Nullable
    Place place(final Road road, final int section, final int lane) {
        return places.get(key(road.id(), section, lane));
    }

    /** The highest limit of any lane on the stretch, or of the road where lanes have none. */
    private int limit(final Road road, final int first, final int last, final List<List<Lane>> lanes)
            throws ImportException {
        double fastest = 0;
        for (int section = first; section <= last; section++) {
            for (final Lane lane : lanes.get(section)) {
                for (final XmlNode speed : lane.node().children("speed")) {
                    fastest = Math.max(fastest, metresPerSecond(speed));
                }
            }
        }
        if (fastest == 0) {
            final double middle = (road.sections().get(first).s() + road.end(last)) / 2;
            for (final XmlNode type : road.types()) {
                final XmlNode speed = type.child("speed");
                if (type.number("s", 0.0) <= middle) {
                    fastest = speed == null ? 0 : metresPerSecond(speed);
                }
            }
        }
        if (fastest == 0) {
            notes.count("links without a speed limit: " + (int) DEFAULT_KMH + " km/h is taken");
            return (int) DEFAULT_KMH;
        }
        return ZoneDraft.limitKmh(fastest, notes);
    }

    /** 0 for none. */
    private static double metresPerSecond(final XmlNode speed) throws ImportException {
        final String max = speed.text("max");
        if (max.equals("no limit") || max.equals("undefined")) {
            return 0;
        }
        final double told = speed.number("max", 0, 1000);
        return switch (speed.text("unit", "m/s")) {
            case "m/s" -> told;
            case "km/h" -> told / 3.6;
            case "mph" -> told * 0.44704;
            default -> throw speed.fail("unit", "must be m/s, km/h or mph");
        };
    }
}
