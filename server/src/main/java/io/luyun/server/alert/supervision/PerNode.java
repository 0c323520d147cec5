package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.server.alert.life.Site;
import io.luyun.server.world.Link;
import io.luyun.server.world.SignalState;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a rule keeps of each node with signals. One for each rule; allocates when a node is first heard of. Region 0 is the
 * zone's own.
 */
final class PerNode<T extends PerNode.Node> {
    private final World world;
    private final BiFunction<Integer, Integer, T> make;
    private final Long2ObjectHashMap<T> nodes = new Long2ObjectHashMap<>();
    /** In the order in which they were first heard of. */
    private final List<T> all = new ArrayList<>();

    /** What is kept of one. */
    static class Node {
        final int region;
        final int id;
        final Site site;
        /** What has been worked out of the map no longer holds. */
        boolean stale = true;
        /** The last MAP of it. */
        @Nullable
        MapNode map;
        /** When its signals were last heard of, and first since a silence. */
        long lastAtNs = Long.MIN_VALUE;

        long firstAtNs = Long.MIN_VALUE;

        Node(final int region, final int id) {
            this.region = region;
            this.id = id;
            site = Site.node(region, id);
        }
    }

    PerNode(final World world, final BiFunction<Integer, Integer, T> make) {
        this.world = world;
        this.make = make;
    }

    /** The node of signals just heard of. */
    T of(final SignalState signal, final long atNs) {
        final T node = of(signal.region(), signal.nodeId());
        node.site.heard(signal.device(), signal.lastSequence());
        node.lastAtNs = atNs;
        if (node.firstAtNs == Long.MIN_VALUE) {
            node.firstAtNs = atNs;
        }
        return node;
    }

    private T of(final int region, final int id) {
        final long key = (long) regionOf(region) << Integer.SIZE | id;
        T node = nodes.get(key);
        if (node == null) {
            node = make.apply(regionOf(region), id);
            nodes.put(key, node);
            all.add(node);
        }
        return node;
    }

    private int regionOf(final int region) {
        return region == 0 ? world.zone().region() : region;
    }

    /** Takes where nodes are, and marks those of which a MAP says something new. */
    void onMap(final MapData map) {
        for (final MapNode said : map.getNodesList()) {
            final T node = of(said.getId().getRegion(), said.getId().getId());
            if (!said.equals(node.map)) {
                node.map = said;
                node.stale = true;
                node.site.at(said.getRefPos().getLat(), said.getRefPos().getLon());
            }
        }
    }

    /** The links that lead to a node; the first one says where it is, unless a MAP did. */
    List<Link> approaches(final Node node) {
        final List<Link> approaches = new ArrayList<>();
        for (int i = 0; i < world.links(); i++) {
            final Link link = world.link(i);
            if (!link.connector() && link.downstream() == node.id && regionOf(link.region()) == node.region) {
                approaches.add(link);
            }
        }
        if (node.map == null && !approaches.isEmpty()) {
            final Link link = approaches.getFirst();
            final int end = link.points() - 1;
            node.site.at(
                    world.zone().plane().latE7(link.y(end)),
                    world.zone().plane().lonE7(link.x(end)));
        }
        return approaches;
    }

    /** All in the order in which they were first heard of; not to be changed. */
    List<T> all() {
        return all;
    }

    void clear() {
        nodes.clear();
        all.clear();
    }
}
