package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;

/**
 * A vehicle that drives faster than the limit where it is: that of the carriageway, or of the sign that holds there. Beside the
 * beginning and the end of a sign's stretch either limit is right.
 */
final class Limit extends Meaning {
    private static final double KMH = 3.6;

    private final int signCode;
    private final double excessKmh;
    private final double excessShare;
    private final double toleranceKmh;
    private final double toleranceMetres;
    private final double settleSeconds;
    private final double holdSeconds;

    Limit(final Fields fields) {
        signCode = (int) fields.number("signCode", 0, 65_535);
        excessKmh = fields.number("excessKmh", 0, 100);
        excessShare = fields.number("excessShare", 0, 1);
        toleranceKmh = fields.number("toleranceKmh", 0, 50);
        toleranceMetres = fields.number("toleranceMetres", 0, 200);
        settleSeconds = fields.number("settleSeconds", 1.5, 0, 30);
        holdSeconds = fields.number("holdSeconds", 1, 0, 30);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            cases.add(subject, "", holdSeconds, (t, border) -> {
                final Pose pose = subject.motion().at(t);
                final double limit = limitKmh(cases.scene(), pose, t, border);
                return pose.speedMps() * KMH >= limit + excess(limit) - border.give(toleranceKmh);
            });
        }
    }

    private double excess(final double limitKmh) {
        return Double.isInfinite(limitKmh) ? 0 : Math.max(excessKmh, excessShare * limitKmh);
    }

    /** The lowest limit that may hold there, or the highest. */
    private double limitKmh(final Scene scene, final Pose pose, final double t, final Border border) {
        double limit = limitKmh(scene, pose, t, 0);
        for (final double beyond : new double[] {-toleranceMetres, toleranceMetres}) {
            final double other = limitKmh(scene, pose, t, beyond);
            limit = border == Border.WIDE ? Math.min(limit, other) : Math.max(limit, other);
        }
        return limit;
    }

    /** The limit there when stretches of signs are longer by so much, infinite without one. */
    private double limitKmh(final Scene scene, final Pose pose, final double t, final double beyondMetres) {
        final int road = scene.scenario().layout().limitKmh();
        double limit = road == 0 ? Double.POSITIVE_INFINITY : road;
        for (final Notice notice : scene.notices()) {
            final boolean told = beyondMetres > 0 ? t >= notice.fromS() : t >= notice.fromS() + settleSeconds;
            if (notice.sign() && notice.code() == signCode && told && notice.holdsAt(pose, beyondMetres)) {
                limit = Double.parseDouble(notice.text());
            }
        }
        return limit;
    }
}
