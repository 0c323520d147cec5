package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Saying;

/**
 * A vehicle that means to change lanes, by its signal or by moving, and another that goes the same way in the next lane on that
 * side: beside it or close behind, or, where seconds are said, one that comes from behind. The next lane is the one beside where
 * the change began. Shares and metres are tolerances.
 */
final class Sideways extends Meaning {
    private static final double LANE_METRES = 3.5;
    private static final double SAME_WAY_DEG = 37;
    private static final double ANGLE_TOLERANCE_DEG = 12;
    /** Part of the speed across at which it may still move to a side. */
    private static final double GOES_ON = 0.5;

    private static final double REACH_METRES = 30;
    private static final double STEP_S = 0.1;
    /** Who has come so far and moves across no faster is in the lane it wanted. */
    private static final double ARRIVED_METRES = 2.1;

    private static final double ARRIVED_MPS = 0.4;

    private final double behindMetres;
    private final double aheadMetres;
    private final double seconds;
    private final double minClosingMps;
    private final double movesMps;
    private final double minMps;
    private final double minTargetMps;
    private final double toleranceShare;
    private final double toleranceMetres;
    private final double holdSeconds;

    Sideways(final Fields fields) {
        behindMetres = fields.number("behindMetres", 0, 0, 30);
        aheadMetres = fields.number("aheadMetres", 0, -10, 10);
        seconds = fields.number("seconds", 0, 0, 30);
        minClosingMps = fields.number("minClosingMps", 0, 0, 20);
        movesMps = fields.number("movesMps", 0.1, 5);
        minMps = fields.number("minMps", 0, 50);
        minTargetMps = fields.number("minTargetMps", 0, 0, 50);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        toleranceMetres = fields.number("toleranceMetres", 0, 3);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Actor target : cases.otherVehicles(subject)) {
                final Change wide = new Change(subject, movesMps * Border.NARROW.most(toleranceShare) * GOES_ON);
                final Change narrow = new Change(subject, movesMps * Border.WIDE.most(toleranceShare));
                cases.add(subject, target, holdSeconds, (t, border) -> {
                    final Change change = border == Border.WIDE ? wide : narrow;
                    change.goOn(t);
                    return holds(subject, target, t, change, border);
                });
            }
        }
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        final Actor target = theCase.target();
        if (seconds == 0 || target == null) {
            return Double.NaN;
        }
        final Actor subject = theCase.actor();
        return gapMetres(subject, target, offset(subject, target, t)) / closingMps(subject, target, t);
    }

    private boolean holds(
            final Actor subject, final Actor target, final double t, final Change change, final Border border) {
        final Pose own = subject.motion().at(t);
        final Pose other = target.motion().at(t);
        final Motion.Offset offset = offset(subject, target, t);
        final double least = border.least(toleranceShare);
        return OnWay.angleDeg(own.headingDeg(), other.headingDeg()) < SAME_WAY_DEG + border.give(ANGLE_TOLERANCE_DEG)
                && own.speedMps() >= minMps * least
                && other.speedMps() >= minTargetMps * least
                && isMeant(change, offset, border)
                && isThere(subject, target, t, offset, border);
    }

    /** Once it has arrived and still signals, it may be about the lane after. */
    private boolean isMeant(final Change change, final Motion.Offset offset, final Border border) {
        final double give = border.give(toleranceMetres);
        return border == Border.WIDE
                ? change.concerns(offset, give) || change.concernsBehindNext(offset, give)
                : !change.arrived() && change.concerns(offset, give);
    }

    private boolean isThere(
            final Actor subject, final Actor target, final double t, final Motion.Offset offset, final Border border) {
        final double metres = border.give(toleranceMetres);
        if (seconds == 0) {
            final double half = target.kind().lengthMetres() / 2 + metres;
            return offset.aheadMetres() + half > -subject.kind().lengthMetres() / 2 - behindMetres
                    && offset.aheadMetres() - half < aheadMetres;
        }
        final double gap = gapMetres(subject, target, offset);
        final double closing = closingMps(subject, target, t);
        return gap > -metres
                && closing > minClosingMps * border.least(toleranceShare)
                && gap < closing * seconds * border.most(toleranceShare);
    }

    private Motion.Offset offset(final Actor subject, final Actor target, final double t) {
        final Pose other = target.motion().at(t);
        final Pose own = subject.motion().at(t);
        // the way is looked along from the one behind
        final Motion.Offset seen = target.motion().offset(t, own.x(), own.y(), REACH_METRES + 10 * other.speedMps());
        return new Motion.Offset(-seen.aheadMetres(), -seen.rightMetres());
    }

    private static double gapMetres(final Actor subject, final Actor target, final Motion.Offset offset) {
        return -offset.aheadMetres()
                - (subject.kind().lengthMetres() + target.kind().lengthMetres()) / 2;
    }

    private static double closingMps(final Actor subject, final Actor target, final double t) {
        return target.motion().at(t).speedMps() - subject.motion().at(t).speedMps();
    }

    /** To which side somebody means to go, time by time, and where that began. */
    private static final class Change {
        private final Actor who;
        private final double fromMps;
        private int side;
        private double began;
        private double aside;
        private double mps;
        private int signal;

        Change(final Actor who, final double fromMps) {
            this.who = who;
            this.fromMps = fromMps;
        }

        void goOn(final double t) {
            final Motion motion = who.motion();
            aside = motion.asideMetres(t);
            mps = (motion.asideMetres(t + STEP_S) - motion.asideMetres(t - STEP_S)) / (2 * STEP_S);
            final boolean right = who.says(Saying.RIGHT_TURN, t);
            final boolean left = who.says(Saying.LEFT_TURN, t);
            signal = right == left ? 0 : right ? 1 : -1;
            final int now = Math.abs(mps) >= fromMps ? (int) Math.signum(mps) : signal;
            if (now != side) {
                side = now;
                began = aside;
            }
        }

        boolean arrived() {
            return moved() > ARRIVED_METRES && Math.abs(mps) < ARRIVED_MPS;
        }

        private double moved() {
            return side * (aside - began);
        }

        boolean concerns(final Motion.Offset offset, final double beyondMetres) {
            return side != 0 && isNext(side * offset.rightMetres() + moved(), beyondMetres);
        }

        /** The same of the lane after, once it is in the next one and still signals. */
        boolean concernsBehindNext(final Motion.Offset offset, final double beyondMetres) {
            return side != 0 && side == signal && arrived() && isNext(side * offset.rightMetres(), beyondMetres);
        }

        private static boolean isNext(final double across, final double beyondMetres) {
            return across > LANE_METRES / 2 - beyondMetres && across < LANE_METRES * 1.5 + beyondMetres;
        }
    }
}
