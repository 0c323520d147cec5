package io.luyun.server.fanout;

import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.Corridor;
import io.luyun.proto.v1.Polygon;
import io.luyun.proto.v1.Position;
import java.util.List;

/**
 * The ground of a subscription on the tangent plane of its first point. Edges and the rim belong to it. Immutable; any
 * thread. The plane's scale is that of the WGS 84 ellipsoid at the first point, so the error grows with the square of
 * the size: below 0.1 m within 2 km, some tens of metres at 100 km, where areas are coarse anyway.
 */
final class Area {
    private static final double EQUATOR_METRES = 6_378_137.0; // WGS 84
    private static final double ECCENTRICITY_SQUARED = 6.694379990141e-3; // WGS 84
    private static final long TURN_E7 = 3_600_000_000L;

    private enum Shape {
        EVERYWHERE,
        CIRCLE,
        POLYGON,
        CORRIDOR
    }

    private static final Area EVERYWHERE = new Area(Shape.EVERYWHERE, List.of(), 0);

    private final Shape shape;
    private final double[] xs;
    private final double[] ys;
    private final double reachMetres;
    private final int originLatE7;
    private final int originLonE7;
    private final double metresPerLatE7;
    private final double metresPerLonE7;
    private final double minX;
    private final double maxX;
    private final double minY;
    private final double maxY;

    private Area(final Shape shape, final List<Position> points, final double reachMetres) {
        this.shape = shape;
        this.reachMetres = reachMetres;
        originLatE7 = points.isEmpty() ? 0 : points.getFirst().getLat();
        originLonE7 = points.isEmpty() ? 0 : points.getFirst().getLon();
        final double latRad = Math.toRadians(originLatE7 * 1e-7);
        final double w2 = 1 - ECCENTRICITY_SQUARED * Math.sin(latRad) * Math.sin(latRad);
        final double meridian = EQUATOR_METRES * (1 - ECCENTRICITY_SQUARED) / (w2 * Math.sqrt(w2));
        metresPerLatE7 = Math.toRadians(1e-7) * meridian;
        metresPerLonE7 = Math.toRadians(1e-7) * EQUATOR_METRES / Math.sqrt(w2) * Math.cos(latRad);
        xs = new double[points.size()];
        ys = new double[points.size()];
        double west = Double.POSITIVE_INFINITY;
        double east = Double.NEGATIVE_INFINITY;
        double south = Double.POSITIVE_INFINITY;
        double north = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < xs.length; i++) {
            xs[i] = x(points.get(i).getLon());
            ys[i] = y(points.get(i).getLat());
            west = Math.min(west, xs[i]);
            east = Math.max(east, xs[i]);
            south = Math.min(south, ys[i]);
            north = Math.max(north, ys[i]);
        }
        minX = west - reachMetres;
        maxX = east + reachMetres;
        minY = south - reachMetres;
        maxY = north + reachMetres;
    }

    /** The area a subscription asks for; a shape that is not given is everywhere. */
    static Area of(final io.luyun.proto.v1.Area area) {
        return switch (area.getShapeCase()) {
            case CIRCLE -> {
                final Circle circle = area.getCircle();
                yield new Area(Shape.CIRCLE, List.of(circle.getCenter()), circle.getRadiusCm() * 0.01);
            }
            case POLYGON -> {
                final Polygon polygon = area.getPolygon();
                yield new Area(Shape.POLYGON, polygon.getCornersList(), 0);
            }
            case CORRIDOR -> {
                final Corridor corridor = area.getCorridor();
                yield new Area(Shape.CORRIDOR, corridor.getPointsList(), corridor.getHalfWidthCm() * 0.01);
            }
            case SHAPE_NOT_SET -> EVERYWHERE;
        };
    }

    /** Whether the point lies in it; {@link Road#NOWHERE} lies only in everywhere. */
    boolean contains(final int latE7, final int lonE7) {
        if (shape == Shape.EVERYWHERE) {
            return true;
        }
        if (latE7 == Road.NOWHERE || lonE7 == Road.NOWHERE) {
            return false;
        }
        final double x = x(lonE7);
        final double y = y(latE7);
        if (x < minX || x > maxX || y < minY || y > maxY) {
            return false;
        }
        return switch (shape) {
            case EVERYWHERE -> true;
            case CIRCLE -> x * x + y * y <= reachMetres * reachMetres;
            case POLYGON -> insidePolygon(x, y);
            case CORRIDOR -> nearLine(x, y);
        };
    }

    /** Crossings of a ray to the east are odd; a point on an edge is inside. */
    private boolean insidePolygon(final double x, final double y) {
        boolean inside = false;
        for (int i = 0, j = xs.length - 1; i < xs.length; j = i++) {
            if (squaredDistance(x, y, j, i) < 1e-12) {
                return true;
            }
            if (ys[i] > y != ys[j] > y && x < (xs[j] - xs[i]) * (y - ys[i]) / (ys[j] - ys[i]) + xs[i]) {
                inside = !inside;
            }
        }
        return inside;
    }

    private boolean nearLine(final double x, final double y) {
        for (int i = 1; i < xs.length; i++) {
            if (squaredDistance(x, y, i - 1, i) <= reachMetres * reachMetres) {
                return true;
            }
        }
        return false;
    }

    private double squaredDistance(final double x, final double y, final int from, final int to) {
        final double dx = xs[to] - xs[from];
        final double dy = ys[to] - ys[from];
        final double squared = dx * dx + dy * dy;
        final double along =
                squared == 0 ? 0 : Math.max(0, Math.min(1, ((x - xs[from]) * dx + (y - ys[from]) * dy) / squared));
        final double offX = x - xs[from] - along * dx;
        final double offY = y - ys[from] - along * dy;
        return offX * offX + offY * offY;
    }

    private double x(final int lonE7) {
        long delta = (long) lonE7 - originLonE7;
        if (delta > TURN_E7 / 2) {
            delta -= TURN_E7;
        } else if (delta < -TURN_E7 / 2) {
            delta += TURN_E7;
        }
        return delta * metresPerLonE7;
    }

    private double y(final int latE7) {
        return ((long) latE7 - originLatE7) * metresPerLatE7;
    }
}
