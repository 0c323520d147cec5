package io.luyun.server.world;

import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ReferenceLink;
import io.luyun.proto.v1.ReferencePath;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import org.agrona.collections.Int2ObjectHashMap;

/**
 * Works out where an event or sign holds: on its reference paths where it has any, else within its radius, and of that on
 * its reference links where it names any; where it has nothing else, on all of these. On the thread of the world, but only when an event is new or the map has changed; allocates.
 */
final class EventReaches {
    /** Distance between the points at which a path is laid on the map. */
    private static final double SAMPLE_METRES = 5;

    private static final double SAME_WAY_COS = 0.7;
    /** Radius of an event that gives none. */
    private static final double DEFAULT_RADIUS_METRES = 15;
    /** How far beside the carriageway a sign may stand. */
    private static final double SIGN_BESIDE_METRES = 8;

    private static final double TENTH_METRE = 0.1;

    private final RoadNetwork network;
    private final LocalPlane plane;
    private final double reachMetres;
    private final double signReachMetres;

    EventReaches(final RoadNetwork network, final LocalPlane plane, final WorldConfig config) {
        this.network = network;
        this.plane = plane;
        reachMetres = config.eventReachMetres();
        signReachMetres = config.signReachMetres();
    }

    /** A stretch that ends a given way before the covered part. */
    private record Ahead(int link, double metres) {}

    EventReach build(
            final boolean sign,
            final boolean hasPos,
            final Position pos,
            final int radius,
            final List<ReferencePath> referencePaths,
            final List<ReferenceLink> referenceLinks) {
        final Int2ObjectHashMap<EventReach.Span> named = new Int2ObjectHashMap<>();
        for (final ReferenceLink reference : referenceLinks) {
            cover(named, reference);
        }
        final Int2ObjectHashMap<EventReach.Span> precise = new Int2ObjectHashMap<>();
        final List<EventReach.Path> paths = new ArrayList<>();
        double x = hasPos ? plane.x(pos.getLon()) : Double.NaN;
        double y = hasPos ? plane.y(pos.getLat()) : Double.NaN;
        double circle = radius > 0 ? radius * TENTH_METRE : Double.NaN;
        for (final ReferencePath reference : referencePaths) {
            final EventReach.Path path = path(reference);
            if (path.xs.length > 1) {
                paths.add(path);
                cover(precise, path);
            } else if (Double.isNaN(circle)) {
                circle = path.halfWidthMetres;
            }
            if (Double.isNaN(x)) {
                x = path.xs[0];
                y = path.ys[0];
            }
        }
        if (paths.isEmpty() && !Double.isNaN(x)) {
            if (sign && named.isEmpty()) {
                coverFromSign(precise, x, y);
            }
            if (Double.isNaN(circle) && named.isEmpty()) {
                circle = DEFAULT_RADIUS_METRES;
            }
            if (precise.isEmpty() && !Double.isNaN(circle)) {
                coverCircle(precise, x, y, circle);
            }
        }
        final Int2ObjectHashMap<EventReach.Span> spans = both(named, precise);
        if (Double.isNaN(x) && !spans.isEmpty()) {
            final Link first = network.links.get(spans.keySet().iterator().next());
            x = first.xs[0];
            y = first.ys[0];
        }
        spreadUpstream(spans);
        return new EventReach(
                spans, x, y, paths.isEmpty() ? circle : Double.NaN, paths.toArray(new EventReach.Path[0]));
    }

    /** What paths or circle cover of the links named; all they cover where none is named, all named where they miss. */
    private static Int2ObjectHashMap<EventReach.Span> both(
            final Int2ObjectHashMap<EventReach.Span> named, final Int2ObjectHashMap<EventReach.Span> precise) {
        if (named.isEmpty()) {
            return precise;
        }
        final Int2ObjectHashMap<EventReach.Span> common = new Int2ObjectHashMap<>();
        precise.forEach((link, span) -> {
            final EventReach.Span all = named.get(link.intValue());
            if (all != null) {
                span.lanes = all.lanes;
                common.put(link.intValue(), span);
            }
        });
        return common.isEmpty() ? named : common;
    }

    private EventReach.Path path(final ReferencePath reference) {
        final int count = reference.getActivePathCount();
        final double[] xs = new double[count];
        final double[] ys = new double[count];
        for (int i = 0; i < count; i++) {
            xs[i] = plane.x(reference.getActivePath(i).getLon());
            ys[i] = plane.y(reference.getActivePath(i).getLat());
        }
        return new EventReach.Path(xs, ys, reference.getPathRadius() * TENTH_METRE);
    }

    private void cover(final Int2ObjectHashMap<EventReach.Span> spans, final ReferenceLink reference) {
        final Link link = network.byNodes(
                reference.getUpstreamNode().getRegion(),
                reference.getUpstreamNode().getId(),
                reference.getDownstreamNode().getId());
        if (link != null) {
            final EventReach.Span span = span(spans, link.index);
            extend(span, 0);
            extend(span, link.lengthMetres());
            if (reference.hasLanes() && reference.getLanes() != 0) {
                span.lanes = reference.getLanes();
            }
        }
    }

    private void cover(final Int2ObjectHashMap<EventReach.Span> spans, final EventReach.Path path) {
        final List<Link> near = near(path);
        for (int i = 0; i + 1 < path.xs.length; i++) {
            final double dx = path.xs[i + 1] - path.xs[i];
            final double dy = path.ys[i + 1] - path.ys[i];
            final double length = StrictMath.sqrt(dx * dx + dy * dy);
            final int steps = Math.max(1, (int) Math.ceil(length / SAMPLE_METRES));
            for (int step = 0; length > 0 && step <= steps; step++) {
                final double part = (double) step / steps;
                final double x = path.xs[i] + part * dx;
                final double y = path.ys[i] + part * dy;
                for (final Link link : near) {
                    final double within = Math.max(path.halfWidthMetres, link.halfWidthMetres() + 1);
                    coverPoint(spans, link, x, y, dx / length, dy / length, within);
                }
            }
        }
    }

    /** Links whose box meets that of the path; the others cannot be on it. */
    private List<Link> near(final EventReach.Path path) {
        final List<Link> near = new ArrayList<>();
        for (final Link link : network.links) {
            final double within = Math.max(path.halfWidthMetres, link.halfWidthMetres() + 1);
            if (meet(path.xs, link.xs, within) && meet(path.ys, link.ys, within)) {
                near.add(link);
            }
        }
        return near;
    }

    private static boolean meet(final double[] a, final double[] b, final double within) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (final double each : a) {
            least = Math.min(least, each);
            most = Math.max(most, each);
        }
        double otherLeast = Double.POSITIVE_INFINITY;
        double otherMost = Double.NEGATIVE_INFINITY;
        for (final double each : b) {
            otherLeast = Math.min(otherLeast, each);
            otherMost = Math.max(otherMost, each);
        }
        return least - within <= otherMost && otherLeast - within <= most;
    }

    private static void coverPoint(
            final Int2ObjectHashMap<EventReach.Span> spans,
            final Link link,
            final double x,
            final double y,
            final double ux,
            final double uy,
            final double withinMetres) {
        for (int i = 0; i + 1 < link.xs.length; i++) {
            final double length = link.ways[i + 1] - link.ways[i];
            final double sx = link.xs[i + 1] - link.xs[i];
            final double sy = link.ys[i + 1] - link.ys[i];
            if (length <= 0 || sx * ux + sy * uy < SAME_WAY_COS * length) {
                continue;
            }
            final double rx = x - link.xs[i];
            final double ry = y - link.ys[i];
            final double along = (rx * sx + ry * sy) / length;
            final double across = Math.abs(rx * sy - ry * sx) / length;
            if (along >= 0 && along <= length && across <= withinMetres) {
                extend(span(spans, link.index), link.ways[i] + along);
            }
        }
    }

    private void coverCircle(
            final Int2ObjectHashMap<EventReach.Span> spans, final double x, final double y, final double radius) {
        for (final Link link : network.links) {
            final double reach = radius + link.halfWidthMetres();
            for (int i = 0; i + 1 < link.xs.length; i++) {
                final double length = link.ways[i + 1] - link.ways[i];
                if (length <= 0) {
                    continue;
                }
                final double sx = (link.xs[i + 1] - link.xs[i]) / length;
                final double sy = (link.ys[i + 1] - link.ys[i]) / length;
                final double rx = x - link.xs[i];
                final double ry = y - link.ys[i];
                final double along = rx * sx + ry * sy;
                final double across = rx * sy - ry * sx;
                final double half2 = reach * reach - across * across;
                if (half2 < 0) {
                    continue;
                }
                final double half = StrictMath.sqrt(half2);
                if (along + half >= 0 && along - half <= length) {
                    final EventReach.Span span = span(spans, link.index);
                    extend(span, link.ways[i] + Math.max(0, along - half));
                    extend(span, link.ways[i] + Math.min(length, along + half));
                }
            }
        }
    }

    /** A sign stands to the right of the carriageway it is meant for, and holds from there on. */
    private void coverFromSign(final Int2ObjectHashMap<EventReach.Span> spans, final double x, final double y) {
        Link nearest = null;
        double nearestMetres = SIGN_BESIDE_METRES;
        double nearestAlong = 0;
        for (final Link link : network.links) {
            for (int i = 0; !link.connector && i + 1 < link.xs.length; i++) {
                final double length = link.ways[i + 1] - link.ways[i];
                if (length <= 0) {
                    continue;
                }
                final double sx = (link.xs[i + 1] - link.xs[i]) / length;
                final double sy = (link.ys[i + 1] - link.ys[i]) / length;
                final double rx = x - link.xs[i];
                final double ry = y - link.ys[i];
                final double along = rx * sx + ry * sy;
                final double right = rx * sy - ry * sx;
                final double beside = Math.abs(right) - link.halfWidthMetres();
                final boolean onItsSide = right >= -link.halfWidthMetres();
                if (along >= 0 && along <= length && onItsSide && beside < nearestMetres) {
                    nearestMetres = Math.max(0, beside);
                    nearest = link;
                    nearestAlong = link.ways[i] + along;
                }
            }
        }
        if (nearest != null) {
            final EventReach.Span span = span(spans, nearest.index);
            extend(span, nearestAlong);
            extend(span, Math.min(nearest.lengthMetres(), nearestAlong + signReachMetres));
        }
    }

    /** From each covered part up the road, shortest way first. */
    private void spreadUpstream(final Int2ObjectHashMap<EventReach.Span> spans) {
        if (spans.isEmpty()) {
            return;
        }
        final int count = network.links.size();
        final List<List<Integer>> before = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            before.add(new ArrayList<>());
        }
        for (final Link link : network.links) {
            for (final int next : link.successors) {
                before.get(next).add(link.index);
            }
        }
        final PriorityQueue<Ahead> open = new PriorityQueue<>((a, b) -> {
            final int byWay = Double.compare(a.metres(), b.metres());
            return byWay != 0 ? byWay : Integer.compare(a.link(), b.link());
        });
        final int[] covered =
                spans.keySet().stream().mapToInt(Integer::intValue).sorted().toArray();
        for (final int index : covered) {
            final EventReach.Span span = span(spans, index);
            arrive(open, before, index, span.fromMetres);
        }
        while (!open.isEmpty()) {
            final Ahead ahead = open.remove();
            final EventReach.Span span = span(spans, ahead.link());
            if (span.aheadMetres <= ahead.metres()) {
                continue;
            }
            span.aheadMetres = ahead.metres();
            final double begin =
                    ahead.metres() + network.links.get(ahead.link()).lengthMetres();
            if (!span.covered()) {
                arrive(open, before, ahead.link(), begin);
            }
        }
    }

    private void arrive(
            final PriorityQueue<Ahead> open,
            final List<List<Integer>> before,
            final int link,
            final double metresFromBegin) {
        for (final int previous : before.get(link)) {
            final double metres =
                    metresFromBegin + RoadNetwork.gapMetres(network.links.get(previous), network.links.get(link));
            if (metres <= reachMetres) {
                open.add(new Ahead(previous, metres));
            }
        }
    }

    private static EventReach.Span span(final Int2ObjectHashMap<EventReach.Span> spans, final int link) {
        return spans.computeIfAbsent(link, index -> new EventReach.Span());
    }

    private static void extend(final EventReach.Span span, final double metres) {
        span.fromMetres = span.covered() ? Math.min(span.fromMetres, metres) : metres;
        span.toMetres = Double.isNaN(span.toMetres) ? metres : Math.max(span.toMetres, metres);
    }
}
