package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * A vehicle that drives faster than the limit where it is: that of the carriageway, or of the sign that holds there. Beside the
 * beginning and the end of a sign's stretch either limit is right.
 */
final class Limit implements Meaning {
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
    public List<Case> cases(final Scene scene) {
        final double endS = Impact.endS(scene);
        final List<Case> cases = new ArrayList<>();
        for (final Actor subject : scene.actors()) {
            if (subject.kind().vehicle()) {
                final Case found = Windows.of(endS, subject, null, null, holdSeconds, t -> level(scene, subject, t));
                if (found != null) {
                    cases.add(found);
                }
            }
        }
        return cases;
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        return Double.NaN;
    }

    private Level level(final Scene scene, final Actor subject, final double t) {
        final Pose pose = subject.motion().at(t);
        final double kmh = pose.speedMps() * KMH;
        double lowest = Double.POSITIVE_INFINITY;
        double highest = 0;
        for (final double beyond : new double[] {-toleranceMetres, 0, toleranceMetres}) {
            final double limit = limitKmh(scene, pose, t, beyond);
            lowest = Math.min(lowest, limit);
            highest = Math.max(highest, limit);
        }
        if (kmh < border(lowest) - toleranceKmh) {
            return Level.WRONG;
        }
        return kmh > border(highest) + toleranceKmh ? Level.DUE : Level.ALLOWED;
    }

    private double border(final double limitKmh) {
        return limitKmh + Math.max(excessKmh, excessShare * limitKmh);
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
