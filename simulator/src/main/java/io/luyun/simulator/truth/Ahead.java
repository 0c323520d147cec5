package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Saying;
import io.luyun.simulator.stage.Scene;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A vehicle ahead on the same way, in the same lane or the next, that something is the matter with. Every distance has a
 * tolerance as a share of itself.
 */
final class Ahead implements Meaning {
    private static final double HALF_LANE_METRES = 1.75;
    private static final double SAME_WAY_DEG = 30;

    private final Set<Saying> sayings = EnumSet.noneOf(Saying.class);
    private final double brakesMps2;
    private final double slowMps;
    private final double rangeMetres;
    private final double headwaySeconds;
    private final double acrossMetres;
    private final double toleranceShare;
    private final double minMps;
    private final double minTargetMps;
    private final double holdSeconds;

    Ahead(final Fields fields) {
        fields.texts("says").forEach(word -> sayings.add(fields.word("says", word, Saying.class)));
        brakesMps2 = fields.number("brakesMps2", 0, 0, 20);
        slowMps = fields.number("slowMps", 0, 0, 50);
        rangeMetres = fields.number("rangeMetres", 10, 1_000);
        headwaySeconds = fields.number("headwaySeconds", 0.5, 100);
        acrossMetres = fields.number("acrossMetres", 0.5, 20);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        minMps = fields.number("minMps", 0, 0, 50);
        minTargetMps = fields.number("minTargetMps", 0, 0, 50);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
    }

    @Override
    public List<Case> cases(final Scene scene) {
        final double endS = Impact.endS(scene);
        final List<Case> cases = new ArrayList<>();
        for (final Actor subject : scene.actors()) {
            for (final Actor target : scene.actors()) {
                if (subject.index() == target.index()
                        || !subject.kind().vehicle()
                        || !target.kind().vehicle()
                        || !Impact.sameLevel(subject, target)) {
                    continue;
                }
                final Case found = Windows.of(endS, subject, target, null, holdSeconds, t -> level(subject, target, t));
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

    private Level level(final Actor subject, final Actor target, final double t) {
        if (!something(target, t, 1 - toleranceShare)) {
            return Level.WRONG;
        }
        final Pose own = subject.motion().at(t);
        final Pose other = target.motion().at(t);
        final double angle = Math.abs(((own.headingDeg() - other.headingDeg()) % 360 + 540) % 360 - 180);
        final Motion.Offset offset = subject.motion().offset(t, other.x(), other.y(), 1.5 * rangeMetres);
        final double gap = offset.aheadMetres()
                - 0.5 * (subject.kind().lengthMetres() + target.kind().lengthMetres());
        final double headway = gap / Math.max(0.1, own.speedMps());
        final double wide = 1 + toleranceShare;
        if (offset.aheadMetres() <= 0
                || angle > 2 * SAME_WAY_DEG
                || gap > rangeMetres * wide
                || headway > headwaySeconds * wide
                || Math.abs(offset.rightMetres()) > acrossMetres + HALF_LANE_METRES * toleranceShare * 2) {
            return Level.WRONG;
        }
        final double narrow = 1 - toleranceShare;
        final boolean due = something(target, t, wide)
                && gap > 1
                && angle < SAME_WAY_DEG
                && gap < rangeMetres * narrow
                && headway < headwaySeconds * narrow
                && Math.abs(offset.rightMetres()) < acrossMetres - HALF_LANE_METRES * toleranceShare * 2
                && own.speedMps() >= minMps
                && other.speedMps() >= minTargetMps;
        return due ? Level.DUE : Level.ALLOWED;
    }

    private boolean something(final Actor target, final double t, final double share) {
        for (final Saying saying : sayings) {
            if (target.says(saying, t)) {
                return true;
            }
        }
        final Pose pose = target.motion().at(t);
        return (brakesMps2 > 0 && pose.accelMps2() <= -brakesMps2 * share)
                || (slowMps > 0 && pose.speedMps() <= slowMps / share);
    }
}
