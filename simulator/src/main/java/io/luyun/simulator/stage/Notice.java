package io.luyun.simulator.stage;

import java.util.List;

/**
 * An event or sign that a roadside unit tells of in a scene. Immutable.
 *
 * @param index place in the scene; number of the event or sign in the unit's messages
 * @param sign whether it is a sign
 * @param code event or sign type
 * @param text description
 * @param x metres east
 * @param y metres north
 * @param radiusMetres area concerned, or to either side of the path
 * @param path the stretch concerned in driving direction, pairs east and north; empty for all around
 * @param fromS when it begins
 * @param toS when it ends
 * @param unit place of the roadside unit
 */
public record Notice(
        int index,
        boolean sign,
        int code,
        String text,
        double x,
        double y,
        double radiusMetres,
        List<List<Double>> path,
        double fromS,
        double toS,
        int unit) {
    private static final double SAME_WAY_COS = 0.5;

    /** Whether somebody who moves that way is where it holds, or within so many metres of it. */
    public boolean holdsAt(final Pose pose, final double beyondMetres) {
        if (path.isEmpty()) {
            return Math.hypot(pose.x() - x, pose.y() - y) <= radiusMetres + beyondMetres;
        }
        for (int i = 1; i < path.size(); i++) {
            if (beside(pose, path.get(i - 1), path.get(i), beyondMetres)) {
                return true;
            }
        }
        return false;
    }

    private boolean beside(final Pose pose, final List<Double> from, final List<Double> to, final double beyondMetres) {
        final double dx = to.get(0) - from.get(0);
        final double dy = to.get(1) - from.get(1);
        final double length = Math.hypot(dx, dy);
        final double heading = Math.toRadians(pose.headingDeg());
        if (dx * Math.sin(heading) + dy * Math.cos(heading) < SAME_WAY_COS * length) {
            return false;
        }
        final double rx = pose.x() - from.get(0);
        final double ry = pose.y() - from.get(1);
        final double along = (rx * dx + ry * dy) / length;
        final double across = Math.abs(rx * dy - ry * dx) / length;
        return along >= -beyondMetres
                && along <= length + beyondMetres
                && across <= Math.max(radiusMetres / 2, radiusMetres + beyondMetres);
    }
}
