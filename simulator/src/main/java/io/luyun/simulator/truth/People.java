package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;

/**
 * Somebody waits at, or is on, the crossing for people on foot that the vehicle's way leads over within some metres and some
 * seconds, which have a tolerance as a share of themselves; where people are has one in metres.
 */
final class People extends Meaning {
    private static final double ACROSS_DEG = 50;
    private static final double ANGLE_TOLERANCE_DEG = 15;
    private static final double HALF_WIDTH_METRES = 3;
    private static final double ON_WAY_METRES = 12;
    private static final double HOLD_S = 1;

    private final Reach reach;
    private final double waitMetres;
    private final double standMps;
    private final double minMps;
    private final double toleranceMetres;
    private final double lingerSeconds;

    People(final Fields fields) {
        reach = Reach.of(fields);
        waitMetres = fields.number("waitMetres", 0, 50);
        standMps = fields.number("standMps", 0, 5);
        minMps = fields.number("minMps", 0, 50);
        toleranceMetres = fields.number("toleranceMetres", 0, 20);
        lingerSeconds = fields.number("lingerSeconds", 0, 20);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Layout.Crossing crossing :
                    cases.scene().scenario().layout().crossings()) {
                final double[] lastS = {Double.NEGATIVE_INFINITY};
                cases.add(subject, "", HOLD_S, (t, border) -> {
                    final boolean anybody = anybody(cases.scene(), crossing, t, border);
                    if (border == Border.WIDE) {
                        lastS[0] = anybody ? t : lastS[0];
                        return t - lastS[0] <= lingerSeconds && comes(subject, crossing, t, border);
                    }
                    return anybody && comes(subject, crossing, t, border);
                });
            }
        }
    }

    private boolean comes(final Actor subject, final Layout.Crossing crossing, final double t, final Border border) {
        final Motion.Offset offset =
                subject.motion().offset(t, crossing.middleX(), crossing.middleY(), 2 * reach.metres());
        final double mps = subject.motion().at(t).speedMps();
        final double give = border.give(toleranceMetres);
        return offset.aheadMetres() > -give
                && Math.abs(offset.rightMetres()) < ON_WAY_METRES
                && reach.holds(offset.aheadMetres() - give, mps, border)
                && (border == Border.WIDE || mps > minMps);
    }

    private boolean anybody(final Scene scene, final Layout.Crossing crossing, final double t, final Border border) {
        for (final Actor person : scene.actors()) {
            if (!person.kind().vehicle() && isThere(person.motion().at(t), crossing, border)) {
                return true;
            }
        }
        return false;
    }

    private boolean isThere(final Pose pose, final Layout.Crossing crossing, final Border border) {
        final double length = Math.hypot(crossing.toX() - crossing.fromX(), crossing.toY() - crossing.fromY());
        final double ux = (crossing.toX() - crossing.fromX()) / length;
        final double uy = (crossing.toY() - crossing.fromY()) / length;
        final double dx = pose.x() - crossing.fromX();
        final double dy = pose.y() - crossing.fromY();
        final double along = dx * ux + dy * uy;
        final double across = Math.abs(dx * uy - dy * ux);
        final double give = border.give(toleranceMetres / 2);
        if (along > -give && along < length + give && across < HALF_WIDTH_METRES + give) {
            return true;
        }
        final boolean begin = along < length / 2;
        final double heading = Math.toRadians(pose.headingDeg());
        final double inward = (begin ? 1 : -1) * (ux * Math.sin(heading) + uy * Math.cos(heading));
        final boolean towards = inward > Math.cos(Math.toRadians(ACROSS_DEG + border.give(ANGLE_TOLERANCE_DEG)));
        final boolean stands = pose.speedMps() < (border == Border.WIDE ? 2 * standMps : standMps / 2);
        final double beyond = Math.max(0, begin ? -along : along - length);
        return Math.hypot(beyond, across) < waitMetres + give && (stands || towards);
    }
}
