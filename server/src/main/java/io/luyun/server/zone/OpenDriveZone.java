package io.luyun.server.zone;

import io.luyun.server.zone.OpenDriveLinks.Place;
import io.luyun.server.zone.OpenDriveNet.End;
import io.luyun.server.zone.OpenDriveNet.Lane;
import io.luyun.server.zone.OpenDriveNet.Road;
import io.luyun.server.zone.ZoneDraft.Pair;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes a zone of an OpenDRIVE file: links of its roads, movements of what joins them and of its junctions. */
final class OpenDriveZone {
    private final OpenDriveNet net;
    private final ImportNotes notes;
    private final ZoneDraft draft = new ZoneDraft();
    private final OpenDriveLinks links;
    private final Map<String, List<Way>> movements = new LinkedHashMap<>();

    /** A way from a lane to a lane; without a line of its own when the two meet. */
    private record Way(Place from, Place to, @Nullable Polyline line) {}

    private OpenDriveZone(final OpenDriveNet net, final OpenDriveNodes nodes, final ImportNotes notes) {
        this.net = net;
        this.notes = notes;
        links = new OpenDriveLinks(draft.links, nodes, notes);
    }

    static ZoneDraft of(final OpenDriveNet net, final ImportNotes notes) throws ImportException {
        final OpenDriveNodes nodes = new OpenDriveNodes(net);
        final OpenDriveZone zone = new OpenDriveZone(net, nodes, notes);
        for (final Road road : net.roads.values()) {
            if (!road.connecting()) {
                zone.links.add(road);
            }
        }
        if (zone.draft.links.isEmpty()) {
            throw net.roads
                    .values()
                    .iterator()
                    .next()
                    .node()
                    .fail("there must be at least one road with a lane for motor vehicles");
        }
        for (final Road road : net.roads.values()) {
            if (!road.connecting()) {
                zone.within(road);
                zone.beyond(road, false);
                zone.beyond(road, true);
            }
        }
        for (final XmlNode junction : net.junctions.values()) {
            zone.through(junction);
        }
        zone.movements.values().forEach(zone::add);
        nodes.addTo(zone.draft);
        return zone.draft;
    }

    /** From stretch to stretch of one road. */
    private void within(final Road road) throws ImportException {
        for (int section = 0; section + 1 < road.sections().size(); section++) {
            lead(road, section, true, road, section + 1, false);
            lead(road, section + 1, false, road, section, true);
        }
    }

    /** From a road to the one that joins its end without a junction. */
    private void beyond(final Road road, final boolean atEnd) throws ImportException {
        final End end = road.nextRoad(atEnd);
        final Road next = end == null ? null : net.roads.get(end.road());
        if (end != null && next != null && !next.connecting()) {
            lead(road, last(road, atEnd), atEnd, next, last(next, end.atEnd()), end.atEnd());
        }
    }

    private static int last(final Road road, final boolean atEnd) {
        return atEnd ? road.sections().size() - 1 : 0;
    }

    /** From all lanes that arrive at one end of a section to those of another section that begins there. */
    private void lead(
            final Road road,
            final int section,
            final boolean atEnd,
            final Road next,
            final int nextSection,
            final boolean nextAtEnd)
            throws ImportException {
        for (final Lane lane : road.sections().get(section).lanes()) {
            final Place from = links.place(road, section, lane.id());
            if (from == null || from.forward() != atEnd) {
                continue;
            }
            for (final int id : onwards(lane, atEnd, next, nextSection, nextAtEnd)) {
                final Place to = links.place(next, nextSection, id);
                if (to != null
                        && to.forward() != nextAtEnd
                        && to.link().id() != from.link().id()) {
                    keep(new Way(from, to, null));
                }
            }
        }
    }

    /** What a lane says it goes on as, or what says that it comes from it. */
    private static List<Integer> onwards(
            final Lane lane, final boolean atEnd, final Road next, final int nextSection, final boolean nextAtEnd)
            throws ImportException {
        final List<Integer> told = lane.next(atEnd);
        if (!told.isEmpty()) {
            return told;
        }
        final List<Integer> found = new ArrayList<>();
        for (final Lane other : next.sections().get(nextSection).lanes()) {
            if (other.next(nextAtEnd).contains(lane.id())) {
                found.add(other.id());
            }
        }
        return found;
    }

    private void through(final XmlNode junction) throws ImportException {
        for (final XmlNode connection : junction.children("connection")) {
            final boolean direct = connection.has("linkedRoad");
            if (!connection.has("incomingRoad")
                    || connection.children("laneLink").isEmpty()) {
                notes.count("connections of junctions without roads or lanes left out");
                continue;
            }
            final Road incoming =
                    SumoReader.known(net.roads, connection.text("incomingRoad"), connection, "incomingRoad");
            final String attribute = direct ? "linkedRoad" : "connectingRoad";
            final Road way = SumoReader.known(net.roads, connection.text(attribute), connection, attribute);
            final String contact = connection.text("contactPoint");
            if (!contact.equals("start") && !contact.equals("end")) {
                throw connection.fail("contactPoint", "must be start or end");
            }
            final boolean fromEnd = contact.equals("end");
            final boolean atEnd = arrives(incoming, way, fromEnd, junction.text("id"));
            for (final XmlNode link : connection.children("laneLink")) {
                final Place from = links.place(incoming, last(incoming, atEnd), link.whole("from", -1000, 1000));
                if (from == null || from.forward() != atEnd) {
                    continue;
                }
                final int lane = link.whole("to", -1000, 1000);
                if (direct) {
                    final Place to = links.place(way, last(way, fromEnd), lane);
                    if (to != null && to.forward() != fromEnd) {
                        keep(new Way(from, to, null));
                    }
                } else {
                    through(from, way, fromEnd, lane);
                }
            }
        }
    }

    /** Which end of the incoming road is at the junction. */
    private static boolean arrives(final Road incoming, final Road way, final boolean fromEnd, final String junction) {
        final End end = way.nextRoad(fromEnd);
        if (end != null && end.road().equals(incoming.id())) {
            return end.atEnd();
        }
        return junction.equals(incoming.nextJunction(true));
    }

    /** Along a lane of a connecting road from one of its ends to the other. */
    private void through(final Place from, final Road way, final boolean fromEnd, final int firstLane)
            throws ImportException {
        final Lane[] lanes = new Lane[way.sections().size()];
        List<Integer> ids = List.of(firstLane);
        for (int i = 0; i < lanes.length; i++) {
            final int section = fromEnd ? lanes.length - 1 - i : i;
            final Lane lane = ids.isEmpty() ? null : way.sections().get(section).lane(ids.getFirst());
            if (lane == null || !lane.motor()) {
                return;
            }
            lanes[section] = lane;
            ids = lane.next(!fromEnd);
        }
        final End end = way.nextRoad(!fromEnd);
        final Road next = end == null ? null : net.roads.get(end.road());
        final Place to = end == null || next == null || ids.isEmpty()
                ? null
                : links.place(next, last(next, end.atEnd()), ids.getFirst());
        if (end == null || to == null || to.forward() == end.atEnd()) {
            notes.count("ways through junctions that lead nowhere left out");
            return;
        }
        final Polyline line = OpenDriveLanes.line(
                way, 0, lanes.length - 1, (section, s) -> OpenDriveLanes.centre(way, section, lanes[section], s));
        keep(new Way(from, to, fromEnd ? line.reversed() : line));
    }

    private void keep(final Way way) {
        if (way.from().link().downstream() != way.to().link().upstream()) {
            notes.count("ways between roads that do not meet left out");
            return;
        }
        movements
                .computeIfAbsent(way.from().link().id() + ">" + way.to().link().id(), _ -> new ArrayList<>())
                .add(way);
    }

    private void add(final List<Way> ways) {
        final List<Way> sorted = ways.stream()
                .sorted(Comparator.comparingInt((Way way) -> way.from().lane())
                        .thenComparingInt(way -> way.to().lane()))
                .toList();
        final ZoneDraft.Link from = sorted.getFirst().from().link();
        final ZoneDraft.Link to = sorted.getFirst().to().link();
        final Polyline leftmost = sorted.getFirst().line();
        final Polyline rightmost = sorted.getLast().line();
        final Polyline line = leftmost == null || rightmost == null
                ? Polyline.join(from.line(), to.line())
                : sorted.size() == 1 ? leftmost : Polyline.middle(leftmost, rightmost);
        draft.movements.add(new ZoneDraft.Movement(
                from.downstream(),
                from.id(),
                to.id(),
                ZoneDraft.Maneuver.ofTurn(from.line().direction(true), to.line().direction(false)),
                0,
                sorted.stream()
                        .map(way -> new Pair(way.from().lane(), way.to().lane()))
                        .distinct()
                        .toList(),
                line));
    }
}
