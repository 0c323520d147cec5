package io.luyun.server.core;

import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.SensorSharingRequest;
import io.luyun.server.world.LocalPlane;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import java.util.ArrayList;
import java.util.List;

/** Stretches of road that somebody wants to know about: lines with a room to either side. Immutable. */
final class SharedStretches {
    private static final double DECIMETRES = 10;

    private static final class Stretch {
        final double[] xs;
        final double[] ys;
        final double besideMetres;

        Stretch(final int points, final double besideMetres) {
            xs = new double[points];
            ys = new double[points];
            this.besideMetres = besideMetres;
        }
    }

    private final List<Stretch> all = new ArrayList<>();
    private double west = Double.POSITIVE_INFINITY;
    private double south = Double.POSITIVE_INFINITY;
    private double east = Double.NEGATIVE_INFINITY;
    private double north = Double.NEGATIVE_INFINITY;

    SharedStretches(final LocalPlane plane, final SensorSharingRequest wish) {
        for (final ReferencePath path : wish.getDetectAreaList()) {
            final int points = path.getActivePathCount();
            final double beside = path.getPathRadius() / DECIMETRES;
            final Stretch stretch = new Stretch(points, beside);
            for (int i = 0; i < points; i++) {
                stretch.xs[i] = plane.x(path.getActivePath(i).getLon());
                stretch.ys[i] = plane.y(path.getActivePath(i).getLat());
                west = Math.min(west, stretch.xs[i] - beside);
                east = Math.max(east, stretch.xs[i] + beside);
                south = Math.min(south, stretch.ys[i] - beside);
                north = Math.max(north, stretch.ys[i] + beside);
            }
            all.add(stretch);
        }
    }

    /** Shows everybody on them to the visitor, once. */
    void forEach(final World world, final ParticipantVisitor visitor) {
        world.forEachIn(west, south, east, north, p -> {
            if (contains(p)) {
                visitor.visit(p);
            }
        });
    }

    private boolean contains(final Participant p) {
        for (final Stretch stretch : all) {
            for (int i = 0; i < stretch.xs.length; i++) {
                if (isBeside(p, stretch, i)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The line from a point to the next, or the last point alone. */
    private static boolean isBeside(final Participant p, final Stretch stretch, final int i) {
        final int next = Math.min(i + 1, stretch.xs.length - 1);
        final double sx = stretch.xs[next] - stretch.xs[i];
        final double sy = stretch.ys[next] - stretch.ys[i];
        final double squared = sx * sx + sy * sy;
        final double rx = p.x() - stretch.xs[i];
        final double ry = p.y() - stretch.ys[i];
        final double part = squared == 0 ? 0 : Math.clamp((rx * sx + ry * sy) / squared, 0.0, 1.0);
        final double dx = rx - part * sx;
        final double dy = ry - part * sy;
        return dx * dx + dy * dy <= stretch.besideMetres * stretch.besideMetres;
    }
}
