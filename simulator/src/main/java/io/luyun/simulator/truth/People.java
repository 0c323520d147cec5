package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;
import java.util.List;

/**
 * Somebody waits at, or is on, the crossing for people on foot that the vehicle's way leads over within some metres and some
 * seconds, which have a tolerance as a share of themselves; where people are has one in metres.
 */
final class People extends Alone {
    private static final double ACROSS_DEG = 50;
    private static final double ANGLE_TOLERANCE_DEG = 15;
    private static final double HALF_WIDTH_METRES = 3;
    private static final double ON_WAY_METRES = 12;
    private static final double HOLD_S = 1;

    private final double reachMetres;
    private final double reachSeconds;
    private final double waitMetres;
    private final double standMps;
    private final double minMps;
    private final double toleranceShare;
    private final double toleranceMetres;
    private final double lingerSeconds;

    People(final Fields fields) {
        reachMetres = fields.number("reachMetres", 1, 1_000);
        reachSeconds = fields.number("reachSeconds", 1, 100);
        waitMetres = fields.number("waitMetres", 0, 50);
        standMps = fields.number("standMps", 0, 5);
        minMps = fields.number("minMps", 0, 50);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        toleranceMetres = fields.number("toleranceMetres", 0, 20);
        lingerSeconds = fields.number("lingerSeconds", 0, 20);
    }

    @Override
    void look(final Scene scene, final Actor subject, final double endS, final List<Case> cases) {
        for (final Layout.Crossing crossing : scene.scenario().layout().crossings()) {
            final double[] lastS = {Double.NEGATIVE_INFINITY};
            add(cases, endS, subject, "", HOLD_S, t -> {
                if (anybody(scene, crossing, t, 1)) {
                    lastS[0] = t;
                }
                if (t - lastS[0] > lingerSeconds || !comes(subject, crossing, t, 1)) {
                    return Level.WRONG;
                }
                final boolean due = anybody(scene, crossing, t, -1) && comes(subject, crossing, t, -1);
                return due ? Level.DUE : Level.ALLOWED;
            });
        }
    }

    /** Whether the way leads there, tolerances added (1) or taken away (-1). */
    private boolean comes(final Actor subject, final Layout.Crossing crossing, final double t, final int sign) {
        final Motion.Offset offset =
                subject.motion().offset(t, crossing.middleX(), crossing.middleY(), 2 * reachMetres);
        final double mps = subject.motion().at(t).speedMps();
        final double share = 1 + sign * toleranceShare;
        final double give = sign * toleranceMetres;
        return offset.aheadMetres() > -give
                && Math.abs(offset.rightMetres()) < ON_WAY_METRES
                && offset.aheadMetres() < reachMetres * share + give
                && offset.aheadMetres() < reachSeconds * share * mps + give
                && (sign > 0 || mps > minMps);
    }

    private boolean anybody(final Scene scene, final Layout.Crossing crossing, final double t, final int sign) {
        for (final Actor person : scene.actors()) {
            if (!person.kind().vehicle() && isThere(person.motion().at(t), crossing, sign)) {
                return true;
            }
        }
        return false;
    }

    private boolean isThere(final Pose pose, final Layout.Crossing crossing, final int sign) {
        final double length = Math.hypot(crossing.toX() - crossing.fromX(), crossing.toY() - crossing.fromY());
        final double ux = (crossing.toX() - crossing.fromX()) / length;
        final double uy = (crossing.toY() - crossing.fromY()) / length;
        final double dx = pose.x() - crossing.fromX();
        final double dy = pose.y() - crossing.fromY();
        final double along = dx * ux + dy * uy;
        final double across = Math.abs(dx * uy - dy * ux);
        final double give = sign * toleranceMetres / 2;
        if (along > -give && along < length + give && across < HALF_WIDTH_METRES + give) {
            return true;
        }
        final boolean begin = along < length / 2;
        final double heading = Math.toRadians(pose.headingDeg());
        final double inward = (begin ? 1 : -1) * (ux * Math.sin(heading) + uy * Math.cos(heading));
        final boolean towards = inward > Math.cos(Math.toRadians(ACROSS_DEG + sign * ANGLE_TOLERANCE_DEG));
        final boolean stands = pose.speedMps() < (sign > 0 ? 2 * standMps : standMps / 2);
        final double beyond = Math.max(0, begin ? -along : along - length);
        return Math.hypot(beyond, across) < waitMetres + give && (stands || towards);
    }
}
