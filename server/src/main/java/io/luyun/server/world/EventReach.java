package io.luyun.server.world;

import org.agrona.collections.Int2ObjectHashMap;

/**
 * Where an event or sign holds and how far up the road it is known: on links of the map as stretches with the way from the
 * links before, and as plain geometry for road users that are on no link. Immutable; built by {@link EventReaches}.
 */
final class EventReach {
    private static final double PATH_COS = 0.5;

    /** A link's part: covered from one place to another, and the way from its end to the covered part of links further on. */
    static final class Span {
        double fromMetres = Double.NaN;
        double toMetres = Double.NaN;
        double aheadMetres = Double.NaN;
        /** Bit n is lane n. */
        int lanes = -1;

        boolean covered() {
            return !Double.isNaN(fromMetres);
        }

        boolean concerns(final int lane) {
            return lane <= 0 || lane >= Integer.SIZE || (lanes & 1 << lane) != 0;
        }
    }

    /** A line with a half width, in driving direction. */
    static final class Path {
        final double[] xs;
        final double[] ys;
        final double halfWidthMetres;

        Path(final double[] xs, final double[] ys, final double halfWidthMetres) {
            this.xs = xs;
            this.ys = ys;
            this.halfWidthMetres = halfWidthMetres;
        }
    }

    final Int2ObjectHashMap<Span> spans;
    private final double middleX;
    private final double middleY;
    /** NaN when there is none. */
    private final double radiusMetres;

    private final Path[] paths;

    EventReach(
            final Int2ObjectHashMap<Span> spans,
            final double middleX,
            final double middleY,
            final double radiusMetres,
            final Path[] paths) {
        this.spans = spans;
        this.middleX = middleX;
        this.middleY = middleY;
        this.radiusMetres = radiusMetres;
        this.paths = paths;
    }

    double middleX() {
        return middleX;
    }

    double middleY() {
        return middleY;
    }

    boolean mapped() {
        return !spans.isEmpty();
    }

    double distanceMetres(final Participant p, final double reachMetres) {
        final Link link = p.link;
        final double distance = link != null && mapped() ? byRoad(p, link) : byGeometry(p);
        return distance <= reachMetres ? distance : Double.NaN;
    }

    private double byRoad(final Participant p, final Link link) {
        final Span span = spans.get(link.index);
        if (span == null) {
            return Double.NaN;
        }
        if (span.covered() && p.alongMetres <= span.toMetres) {
            if (!span.concerns(p.lane)) {
                return Double.NaN;
            }
            return Math.max(0, span.fromMetres - p.alongMetres);
        }
        return link.lengthMetres() - p.alongMetres + span.aheadMetres;
    }

    /** Way from a place on a link, negative before its begin, to the part of it that is covered; NaN when none lies there. */
    double metresOn(final Link link, final int lane, final double alongMetres) {
        final Span span = spans.get(link.index);
        if (span == null || !span.covered() || alongMetres > span.toMetres || !span.concerns(lane)) {
            return Double.NaN;
        }
        return Math.max(0, span.fromMetres - alongMetres);
    }

    private double byGeometry(final Participant p) {
        double nearest = Double.NaN;
        if (!Double.isNaN(radiusMetres)) {
            nearest = toCircle(p);
        }
        for (final Path path : paths) {
            final double distance = toPath(p, path);
            if (!(distance >= nearest) && !Double.isNaN(distance)) {
                nearest = distance;
            }
        }
        return nearest;
    }

    /** Along the heading to the edge, when the straight way ahead leads through. */
    private double toCircle(final Participant p) {
        final double dx = middleX - p.x;
        final double dy = middleY - p.y;
        final double squared = dx * dx + dy * dy;
        if (squared <= radiusMetres * radiusMetres) {
            return 0;
        }
        final double along = dx * p.dirX + dy * p.dirY;
        final double acrossSquared = squared - along * along;
        if (along <= 0 || acrossSquared > radiusMetres * radiusMetres) {
            return Double.NaN;
        }
        return along - Math.sqrt(radiusMetres * radiusMetres - acrossSquared);
    }

    /** Zero beside the line and in its direction; else along the heading to its begin, when that is straight ahead. */
    private static double toPath(final Participant p, final Path path) {
        final double[] xs = path.xs;
        final double[] ys = path.ys;
        for (int i = 0; i + 1 < xs.length; i++) {
            final double sx = xs[i + 1] - xs[i];
            final double sy = ys[i + 1] - ys[i];
            final double length = Math.sqrt(sx * sx + sy * sy);
            if (length == 0 || sx * p.dirX + sy * p.dirY < PATH_COS * length) {
                continue;
            }
            final double rx = p.x - xs[i];
            final double ry = p.y - ys[i];
            final double along = (rx * sx + ry * sy) / length;
            final double across = Math.abs(rx * sy - ry * sx) / length;
            if (along >= 0 && along <= length && across <= path.halfWidthMetres) {
                return 0;
            }
        }
        final double dx = xs[0] - p.x;
        final double dy = ys[0] - p.y;
        final double along = dx * p.dirX + dy * p.dirY;
        final double across = Math.abs(dx * p.dirY - dy * p.dirX);
        final double sx = xs[1] - xs[0];
        final double sy = ys[1] - ys[0];
        final double length = Math.sqrt(sx * sx + sy * sy);
        if (along > 0 && across <= path.halfWidthMetres && sx * p.dirX + sy * p.dirY >= PATH_COS * length) {
            return along;
        }
        return Double.NaN;
    }
}
