package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Saying;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle that passes the one ahead, or says that it is about to, and would meet an oncoming one in the next lane before it is
 * back. Times, ways ahead and headways have a tolerance as a share of themselves, metres across one in metres.
 */
final class Pass extends Meaning {
    private static final double ONCOMING_DEG = 150;
    private static final double SAME_WAY_DEG = 30;
    private static final double FALLS_BACK_MPS = 1;

    private final double outMetres;
    private final double besideMetres;
    private final double toleranceMetres;
    private final double headwaySeconds;
    private final double gainMps;
    private final double returnMetres;
    private final double marginSeconds;
    private final double toleranceShare;
    private final double rangeMetres;
    private final double minMps;
    private final double holdSeconds;

    Pass(final Fields fields) {
        outMetres = fields.number("outMetres", 0.5, 5);
        besideMetres = fields.number("besideMetres", 1, 20);
        toleranceMetres = fields.number("toleranceMetres", 0, 5);
        headwaySeconds = fields.number("headwaySeconds", 0.5, 20);
        gainMps = fields.number("gainMps", 0.5, 20);
        returnMetres = fields.number("returnMetres", 0, 100);
        marginSeconds = fields.number("marginSeconds", 0, 20);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        rangeMetres = fields.number("rangeMetres", 50, 1_000);
        minMps = fields.number("minMps", 0, 50);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Actor target : cases.otherVehicles(subject)) {
                if (comes(subject, target, 0)) {
                    cases.add(
                            subject,
                            target,
                            holdSeconds,
                            (t, border) -> holds(cases, subject, target, t, border)
                                    && (border == Border.WIDE || urges(cases, subject, target, t)));
                }
            }
        }
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        final Actor target = theCase.target();
        if (target == null) {
            return Double.NaN;
        }
        final double mps = theCase.actor().motion().at(t).speedMps()
                + target.motion().at(t).speedMps();
        return offset(theCase.actor(), target, t).aheadMetres() / mps;
    }

    private boolean holds(
            final Cases cases, final Actor subject, final Actor target, final double t, final Border border) {
        final Slower slower = slower(cases, subject, t);
        if (slower == null) {
            return false;
        }
        final double own = subject.motion().at(t).speedMps();
        final Motion.Offset offset = offset(subject, target, t);
        final double mps = Math.max(own, slower.mps + gainMps);
        final double needed = slower.wayMetres / (mps - slower.mps) + marginSeconds;
        final double meet =
                gapMetres(subject, target, t) / (mps + target.motion().at(t).speedMps());
        return (subject.says(Saying.LEFT_TURN, t) || slower.leftMetres > outMetres - border.give(toleranceMetres))
                && offset.aheadMetres() > 0
                && slower.headway < headwaySeconds * border.most(toleranceShare)
                && slower.leftMetres - offset.rightMetres() <= besideMetres + border.give(toleranceMetres)
                && meet <= needed * border.most(toleranceShare);
    }

    /** What else has to be so that a warning is due. */
    private boolean urges(final Cases cases, final Actor subject, final Actor target, final double t) {
        final double own = subject.motion().at(t).speedMps();
        final Slower slower = slower(cases, subject, t);
        final double gap = gapMetres(subject, target, t);
        return slower != null
                && gap > 0
                && gap < rangeMetres * Border.NARROW.most(toleranceShare)
                && own >= minMps
                && own >= slower.mps - FALLS_BACK_MPS / 2
                && nearest(cases, subject, target, t);
    }

    private double gapMetres(final Actor subject, final Actor target, final double t) {
        return offset(subject, target, t).aheadMetres()
                - 0.5 * (subject.kind().lengthMetres() + target.kind().lengthMetres());
    }

    /**
     * The next one to be passed.
     *
     * @param wayMetres that the subject has to make good on it
     * @param leftMetres how far the subject is left of it
     * @param headway seconds to it
     */
    private record Slower(double wayMetres, double leftMetres, double headway, double mps) {}

    private @Nullable Slower slower(final Cases cases, final Actor subject, final double t) {
        final Pose own = subject.motion().at(t);
        Slower next = null;
        for (final Actor other : cases.otherVehicles(subject)) {
            final Pose pose = other.motion().at(t);
            if (OnWay.angleDeg(own.headingDeg(), pose.headingDeg()) > SAME_WAY_DEG) {
                continue;
            }
            final Motion.Offset offset = offset(subject, other, t);
            final double lengths =
                    0.5 * (subject.kind().lengthMetres() + other.kind().lengthMetres());
            final double way = offset.aheadMetres() + lengths + returnMetres;
            if (way > 0 && Math.abs(offset.rightMetres()) < besideMetres && (next == null || way < next.wayMetres)) {
                next = new Slower(
                        way,
                        offset.rightMetres(),
                        Reach.seconds(offset.aheadMetres(), own.speedMps()),
                        pose.speedMps());
            }
        }
        return next;
    }

    private boolean nearest(final Cases cases, final Actor subject, final Actor target, final double t) {
        final double metres = offset(subject, target, t).aheadMetres();
        for (final Actor other : cases.otherVehicles(subject)) {
            final double way = offset(subject, other, t).aheadMetres();
            if (other.index() != target.index() && comes(subject, other, t) && way > 0 && way < metres) {
                return false;
            }
        }
        return true;
    }

    private static boolean comes(final Actor subject, final Actor target, final double t) {
        final Pose pose = target.motion().at(t);
        final double way = subject.motion().further(t, 0).headingDeg();
        return pose.speedMps() > FALLS_BACK_MPS && OnWay.angleDeg(way, pose.headingDeg()) > ONCOMING_DEG;
    }

    private Motion.Offset offset(final Actor subject, final Actor other, final double t) {
        final Pose pose = other.motion().at(t);
        return subject.motion().offset(t, pose.x(), pose.y(), 1.5 * rangeMetres);
    }
}
