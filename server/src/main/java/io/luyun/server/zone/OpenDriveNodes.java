package io.luyun.server.zone;

import io.luyun.server.zone.OpenDriveNet.End;
import io.luyun.server.zone.OpenDriveNet.Road;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** The nodes of an OpenDRIVE file: its junctions, and ends of roads that meet without one. */
final class OpenDriveNodes {
    private final OpenDriveNet net;
    /** From each place to one it is the same as; those that lead nowhere are nodes. */
    private final Map<String, String> same = new HashMap<>();

    private final Map<String, Integer> ids = new LinkedHashMap<>();
    private final Set<String> signalised = new LinkedHashSet<>();

    OpenDriveNodes(final OpenDriveNet net) throws ImportException {
        this.net = net;
        for (final Road road : net.roads.values()) {
            for (final boolean atEnd : new boolean[] {false, true}) {
                meet(road, atEnd);
            }
        }
        for (final Road road : net.roads.values()) {
            for (final XmlNode signal : road.node().grandchildren("signals", "signal")) {
                if (signal.text("dynamic", "no").equals("yes")) {
                    signalised.add(root(
                            road.connecting()
                                    ? junction(road.junction())
                                    : end(
                                            road.id(),
                                            !signal.text("orientation", "+").equals("-"))));
                }
            }
        }
    }

    private void meet(final Road road, final boolean atEnd) throws ImportException {
        final XmlNode next = road.next(atEnd);
        final End other = road.nextRoad(atEnd);
        final String junction = road.nextJunction(atEnd);
        final String here = road.connecting() ? junction(road.junction()) : end(road.id(), atEnd);
        if (next != null && other != null) {
            final Road there = SumoReader.known(net.roads, other.road(), next, "elementId");
            join(here, there.connecting() ? junction(there.junction()) : end(there.id(), other.atEnd()));
        } else if (next != null && junction != null) {
            SumoReader.known(net.junctions, junction, next, "elementId");
            join(here, junction(junction));
        }
    }

    private static String end(final String road, final boolean atEnd) {
        return (atEnd ? "E\n" : "S\n") + road;
    }

    private static String junction(final String id) {
        return "J\n" + id;
    }

    private String root(final String key) {
        String at = key;
        for (String next = same.get(at); next != null; next = same.get(at)) {
            at = next;
        }
        return at;
    }

    /** Junctions stay, so that their names do. */
    private void join(final String a, final String b) {
        final String one = root(a);
        final String other = root(b);
        if (one.equals(other)) {
            return;
        }
        if (one.startsWith("J")) {
            same.put(other, one);
        } else {
            same.put(one, other);
        }
    }

    /** The node where a section of a road begins; its number of sections for the end of the road. */
    int id(final Road road, final int section) throws ImportException {
        final String key = section == 0
                ? root(end(road.id(), false))
                : section == road.sections().size() ? root(end(road.id(), true)) : "@" + section + "\n" + road.id();
        final int id = ids.computeIfAbsent(key, _ -> ids.size() + 1);
        if (id > ZoneDraft.MOST_NODES) {
            throw road.node().fail("there must not be more than " + ZoneDraft.MOST_NODES + " nodes");
        }
        return id;
    }

    /** Adds the nodes that links have, each in the middle of the ends of its links. */
    void addTo(final ZoneDraft draft) {
        final double[] x = new double[ids.size() + 1];
        final double[] y = new double[ids.size() + 1];
        final int[] count = new int[ids.size() + 1];
        for (final ZoneDraft.Link link : draft.links) {
            final int last = link.line().x.length - 1;
            x[link.upstream()] += link.line().x[0];
            y[link.upstream()] += link.line().y[0];
            count[link.upstream()]++;
            x[link.downstream()] += link.line().x[last];
            y[link.downstream()] += link.line().y[last];
            count[link.downstream()]++;
        }
        ids.forEach((key, id) -> draft.nodes.add(new ZoneDraft.Node(
                id, name(key), x[id] / count[id], y[id] / count[id], signalised.contains(key), null)));
    }

    private String name(final String key) {
        final String id = key.substring(key.indexOf('\n') + 1);
        return switch (key.charAt(0)) {
            case 'J' -> {
                final XmlNode junction = net.junctions.get(id);
                final String name = junction == null ? "" : junction.text("name", "");
                yield name.isEmpty() ? "Junction " + id : name;
            }
            case 'S' -> "Begin of road " + id;
            case 'E' -> "End of road " + id;
            default -> "Road " + id + ", section " + key.substring(1, key.indexOf('\n'));
        };
    }
}
