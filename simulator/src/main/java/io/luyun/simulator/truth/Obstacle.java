package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;

/**
 * An obstacle on the way of a vehicle: on the way it has chosen its body sweeps the obstacle, within some seconds. These have a
 * tolerance as a share of themselves, the sweep one in metres.
 */
final class Obstacle extends Meaning {
    private static final double NEAREST_METRES = 1;

    private final double seconds;
    private final double toleranceShare;
    private final double toleranceMetres;
    private final double minMps;
    private final double settleSeconds;
    private final double holdSeconds;

    Obstacle(final Fields fields) {
        seconds = fields.number("seconds", 1, 60);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        toleranceMetres = fields.number("toleranceMetres", 0, 3);
        minMps = fields.number("minMps", 0, 50);
        settleSeconds = fields.number("settleSeconds", 1.5, 0, 10);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Actor target : cases.others(subject)) {
                if (target.kind().obstacle()) {
                    cases.add(subject, target, holdSeconds, (t, border) -> holds(subject, target, t, border));
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
        final Actor subject = theCase.actor();
        final Pose own = subject.motion().at(t);
        return gapMetres(subject, target, offset(subject, target, t)) / own.speedMps();
    }

    private boolean holds(final Actor subject, final Actor target, final double t, final Border border) {
        final Motion.Offset offset = offset(subject, target, t);
        final double mps = subject.motion().at(t).speedMps();
        final double gap = gapMetres(subject, target, offset);
        final double across = Math.abs(offset.rightMetres())
                - (subject.kind().widthMetres() + target.kind().widthMetres()) / 2;
        return offset.aheadMetres() > 0
                && mps >= minMps * border.least(toleranceShare)
                && across < border.give(toleranceMetres)
                && gap < mps * seconds * border.most(toleranceShare)
                && (border == Border.WIDE || (t >= settleSeconds && gap > NEAREST_METRES));
    }

    private Motion.Offset offset(final Actor subject, final Actor target, final double t) {
        final Pose there = target.motion().at(t);
        final double reach = 2 * seconds * subject.motion().at(t).speedMps();
        return subject.motion().offset(t, there.x(), there.y(), reach);
    }

    private static double gapMetres(final Actor subject, final Actor target, final Motion.Offset offset) {
        return offset.aheadMetres()
                - (subject.kind().lengthMetres() + target.kind().lengthMetres()) / 2;
    }
}
