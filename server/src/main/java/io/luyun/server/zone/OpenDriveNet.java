package io.luyun.server.zone;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an import needs of an OpenDRIVE file, in the order of the file. */
final class OpenDriveNet {
    @Nullable
    XmlNode header;

    final Map<String, Road> roads = new LinkedHashMap<>();
    final Map<String, XmlNode> junctions = new LinkedHashMap<>();

    /** A cubic from a place on. */
    record Cubic(double from, double a, double b, double c, double d) {
        /** The value of the last that begins at or before a place; 0 before the first. */
        static double value(final List<Cubic> all, final double at) {
            double value = 0;
            for (final Cubic cubic : all) {
                if (cubic.from <= at) {
                    final double p = at - cubic.from;
                    value = cubic.a + p * (cubic.b + p * (cubic.c + p * cubic.d));
                }
            }
            return value;
        }
    }

    /** One end of a road. */
    record End(String road, boolean atEnd) {}

    /**
     * A road. Its lanes to the right drive along it and those to the left against it, the other way round where traffic
     * keeps to the left.
     */
    record Road(
            XmlNode node,
            String id,
            String junction,
            double length,
            boolean leftHand,
            PlanView line,
            List<Cubic> laneOffsets,
            List<Section> sections,
            List<XmlNode> types) {
        boolean connecting() {
            return !junction.equals("-1");
        }

        /** Where a section ends. */
        double end(final int section) {
            return section + 1 < sections.size() ? sections.get(section + 1).s() : length;
        }

        /** The predecessor's or successor's element, or null. */
        @Nullable
        XmlNode next(final boolean atEnd) {
            final XmlNode link = node.child("link");
            return link == null ? null : link.child(atEnd ? "successor" : "predecessor");
        }

        /** The end of another road that joins one of its ends, or null. */
        @Nullable
        End nextRoad(final boolean atEnd) {
            final XmlNode next = next(atEnd);
            if (next == null || !next.text("elementType", "").equals("road")) {
                return null;
            }
            return new End(
                    next.text("elementId", ""), next.text("contactPoint", "").equals("end"));
        }

        /** The junction at one of its ends, or null. */
        @Nullable
        String nextJunction(final boolean atEnd) {
            final XmlNode next = next(atEnd);
            return next == null || !next.text("elementType", "").equals("junction") ? null : next.text("elementId", "");
        }
    }

    /** A stretch of road with the same lanes. */
    record Section(double s, List<Lane> lanes) {
        /** The lanes of one side from the middle of the road to its edge. */
        List<Lane> side(final boolean left) {
            return lanes.stream().filter(lane -> lane.id() > 0 == left).toList();
        }

        @Nullable
        Lane lane(final int id) {
            for (final Lane lane : lanes) {
                if (lane.id() == id) {
                    return lane;
                }
            }
            return null;
        }
    }

    /** A lane; its id is positive to the left of the road's line. */
    record Lane(XmlNode node, int id, boolean motor, List<Cubic> widths, List<Cubic> borders) {
        /** Ids of the lanes it goes on as in the section or road that follows or comes before. */
        List<Integer> next(final boolean atEnd) throws ImportException {
            final List<Integer> ids = new ArrayList<>();
            for (final XmlNode link : node.grandchildren("link", atEnd ? "successor" : "predecessor")) {
                ids.add(link.whole("id", -1000, 1000));
            }
            return ids;
        }
    }
}
