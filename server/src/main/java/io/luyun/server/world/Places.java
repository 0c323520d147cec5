package io.luyun.server.world;

import java.util.List;

/**
 * What lies on and beside the roads: crossings, bus stops, areas, what is approved, each tied to the links it concerns.
 * Owned by {@link World}; ties are made anew when a MAP has changed the network.
 */
final class Places {
    /** So far beyond the ends of a link a crossing still belongs to it. */
    private static final double JUNCTION_METRES = 12;

    final Crossing[] crossings;
    final BusStop[] stops;
    final BusLine[] lines;
    final Area[] areas;
    private final Polygon[] approved;
    private final boolean anyApproved;
    private final RoadNetwork network;

    Places(final ZoneMap zone, final RoadNetwork network) {
        this.network = network;
        final List<ZoneMap.CrossingSpec> specs = zone.crossings();
        crossings = new Crossing[specs.size()];
        for (int i = 0; i < crossings.length; i++) {
            final ZoneMap.CrossingSpec spec = specs.get(i);
            crossings[i] =
                    new Crossing(i, spec.name(), spec.region(), spec.node(), spec.smart(), spec.phaseId(), spec.line());
        }
        stops = new BusStop[zone.stops().size()];
        for (int i = 0; i < stops.length; i++) {
            final ZoneMap.Stop stop = zone.stops().get(i);
            stops[i] = new BusStop(i, stop.name(), network.byId(stop.linkId()), stop.alongMetres(), stop.x(), stop.y());
        }
        lines = new BusLine[zone.lines().size()];
        for (int i = 0; i < lines.length; i++) {
            final ZoneMap.LineSpec line = zone.lines().get(i);
            lines[i] = new BusLine(
                    i,
                    line.name(),
                    line.stops().stream().map(stop -> stops[stop]).toList(),
                    line.loop(),
                    line.devices());
        }
        areas = zone.areas().toArray(new Area[0]);
        approved = zone.approved().toArray(new Polygon[0]);
        anyApproved = approved.length > 0 || network.links.stream().anyMatch(Link::approved);
        tie(0);
    }

    /** Ties all to the links that are new, from this index on. */
    void tie(final int firstLink) {
        for (final Link link : network.links.subList(firstLink, network.links.size())) {
            for (final Crossing crossing : crossings) {
                final double along = meets(link, crossing);
                if (!Double.isNaN(along)) {
                    crossing.lieAcross(link, along);
                    link.add(crossing);
                }
            }
            for (final Area area : areas) {
                if (touches(link, area)) {
                    link.add(area);
                }
            }
        }
    }

    /** Where a crossing meets the line of a link, made longer at an end that is the crossing's node; NaN for nowhere. */
    private static double meets(final Link link, final Crossing crossing) {
        final int last = link.xs.length - 2;
        for (int i = 0; i <= last; i++) {
            final double length = link.ways[i + 1] - link.ways[i];
            final boolean begins = i == 0 && !link.connector && link.upstream == crossing.node();
            final boolean ends = i == last && !link.connector && link.downstream == crossing.node();
            for (int j = 0; length > 0 && j + 1 < crossing.line.xs.length; j++) {
                final double along = meets(link, i, length, crossing.line, j);
                if (along >= (begins ? -JUNCTION_METRES : 0) && along <= length + (ends ? JUNCTION_METRES : 0)) {
                    return link.ways[i] + along;
                }
            }
        }
        return Double.NaN;
    }

    /** Way along the straight line of a segment at which part of another line meets it; NaN when that stays on one side. */
    private static double meets(
            final Link link, final int segment, final double length, final Line other, final int part) {
        final double ux = (link.xs[segment + 1] - link.xs[segment]) / length;
        final double uy = (link.ys[segment + 1] - link.ys[segment]) / length;
        final double ax = other.xs[part] - link.xs[segment];
        final double ay = other.ys[part] - link.ys[segment];
        final double bx = other.xs[part + 1] - link.xs[segment];
        final double by = other.ys[part + 1] - link.ys[segment];
        final double sideA = ax * uy - ay * ux;
        final double sideB = bx * uy - by * ux;
        if (sideA * sideB > 0 || sideA == sideB) {
            return Double.NaN;
        }
        final double t = sideA / (sideA - sideB);
        return (ax + t * (bx - ax)) * ux + (ay + t * (by - ay)) * uy;
    }

    private boolean touches(final Link link, final Area area) {
        final double margin = link.halfWidthMetres() + network.matchMetres;
        for (int i = 0; i + 1 < link.xs.length; i++) {
            if (area.touches(
                    Math.min(link.xs[i], link.xs[i + 1]) - margin,
                    Math.min(link.ys[i], link.ys[i + 1]) - margin,
                    Math.max(link.xs[i], link.xs[i + 1]) + margin,
                    Math.max(link.ys[i], link.ys[i + 1]) + margin)) {
                return true;
            }
        }
        return false;
    }

    /** The areas a road user may be in; not to be changed. */
    Area[] areasNear(final Participant p) {
        return p.link == null ? areas : p.link.areas;
    }

    boolean anyApproved() {
        return anyApproved;
    }

    boolean isApproved(final Participant p, final double marginMetres) {
        if (!anyApproved || (p.link != null && p.link.approved)) {
            return true;
        }
        for (final Polygon polygon : approved) {
            if (polygon.contains(p.x, p.y, marginMetres)) {
                return true;
            }
        }
        return false;
    }
}
