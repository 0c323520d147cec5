package io.luyun.server.zone;

import io.luyun.server.zone.SumoNet.Connection;
import io.luyun.server.zone.SumoNet.Edge;
import io.luyun.server.zone.SumoNet.Lane;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The lines of a SUMO network: through the middle of an edge's lanes, and along the lanes inside of junctions. */
final class SumoWays {
    /** A way through a junction has two pieces, three at most. */
    private static final int MOST_PIECES = 8;

    private final SumoNet net;
    private final boolean leftHand;
    /** From a lane inside of a junction to the next one. */
    private final Map<String, String> next = new HashMap<>();

    SumoWays(final SumoNet net) {
        this.net = net;
        leftHand = net.root.text("lefthand", "false").equals("true");
        for (final Connection connection : net.connections) {
            final Edge from = net.edges.get(connection.from());
            final Lane lane = from == null || !from.internal() ? null : SumoNet.lane(from, connection.fromLane());
            if (lane != null && connection.node().has("via")) {
                next.putIfAbsent(lane.id(), connection.node().text("via", ""));
            }
        }
    }

    boolean leftHand() {
        return leftHand;
    }

    /** The lanes for motor vehicles. SUMO counts from the kerb. */
    List<Lane> fromTheLeft(final Edge edge) {
        return leftHand ? edge.motorLanes() : edge.motorLanes().reversed();
    }

    Lane lane(final Edge edge, final int index, final XmlNode node, final String attribute) throws ImportException {
        final Lane lane = SumoNet.lane(edge, index);
        if (lane == null) {
            throw node.fail(attribute, "must be the index of a lane of edge " + XmlNode.shortened(edge.id()));
        }
        return lane;
    }

    /** The middle of a carriageway from its left to its right edge. */
    static Polyline centre(final List<Lane> fromTheLeft) {
        final Lane left = fromTheLeft.getFirst();
        final Lane right = fromTheLeft.getLast();
        if (fromTheLeft.size() == 1) {
            return left.shape();
        }
        return Polyline.middle(left.shape(), right.shape()).shifted((right.widthM() - left.widthM()) / 4);
    }

    /** The middle of all connections from one edge to another. */
    Polyline through(final List<Connection> group, final Edge from, final Edge to) throws ImportException {
        final Comparator<Connection> fromTheKerb =
                Comparator.comparingInt(Connection::fromLane).thenComparingInt(Connection::toLane);
        final Connection first = group.stream().min(fromTheKerb).orElseThrow();
        final Connection last = group.stream().max(fromTheKerb).orElseThrow();
        final Polyline way = way(first, from, to);
        return group.size() == 1 ? way : Polyline.middle(way, way(last, from, to));
    }

    /** From the end of one lane to the beginning of another. */
    Polyline way(final Connection connection, final Edge from, final Edge to) throws ImportException {
        final Polyline before =
                lane(from, connection.fromLane(), connection.node(), "fromLane").shape();
        final Polyline after =
                lane(to, connection.toLane(), connection.node(), "toLane").shape();
        if (!connection.node().has("via")) {
            return Polyline.join(before, after);
        }
        final List<Polyline> pieces = new ArrayList<>();
        @Nullable String via = connection.node().text("via");
        while (via != null) {
            pieces.add(
                    SumoReader.known(net.lanes, via, connection.node(), "via").shape());
            if (pieces.size() > MOST_PIECES) {
                throw connection.node().fail("via", "must lead out of the junction");
            }
            via = next.get(via);
        }
        pieces.removeIf(piece -> piece.length() <= 0);
        return pieces.isEmpty() ? Polyline.join(before, after) : Polyline.chain(pieces);
    }
}
