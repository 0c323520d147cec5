package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;
import java.util.List;

/**
 * A vehicle that stands on the road for so long with nobody ahead of it, and not before a crossing for people on foot, where one
 * waits. There is a tolerance in seconds, and in metres at the edge of the road.
 */
final class Standing extends Alone {
    private static final double HALF_LANE_METRES = 1.75;
    private static final double ACROSS_TOLERANCE_METRES = 0.8;
    private static final double ALONG_TOLERANCE_METRES = 5;
    private static final double LOOK_METRES = 80;

    private final double seconds;
    private final double toleranceSeconds;
    private final double stopMps;
    private final double toleranceMetres;
    private final double queueMetres;
    private final double waitMetres;

    Standing(final Fields fields) {
        seconds = fields.number("seconds", 1, 100);
        toleranceSeconds = fields.number("toleranceSeconds", 0, seconds);
        stopMps = fields.number("stopMps", 0, 5);
        toleranceMetres = fields.number("toleranceMetres", 0, 10);
        queueMetres = fields.number("queueMetres", 0, 100);
        waitMetres = fields.number("waitMetres", 0, 100);
    }

    @Override
    void look(final Scene scene, final Actor subject, final double endS, final List<Case> cases) {
        // since when it stands: tolerances added, and taken away
        final double[] sinceS = new double[2];
        add(cases, endS, subject, "", 0.5, t -> {
            sinceS[0] = stands(scene, subject, t, 1) ? sinceS[0] : t;
            sinceS[1] = stands(scene, subject, t, -1) ? sinceS[1] : t;
            if (t - sinceS[0] < seconds - toleranceSeconds) {
                return Level.WRONG;
            }
            return t - sinceS[1] >= seconds + toleranceSeconds ? Level.DUE : Level.ALLOWED;
        });
    }

    /** Whether it stands without a reason, tolerances added (1) or taken away (-1). */
    private boolean stands(final Scene scene, final Actor subject, final double t, final int sign) {
        final Pose pose = subject.motion().at(t);
        if (pose.speedMps() > (sign > 0 ? 3 * stopMps : stopMps / 2)
                || Ground.offRoadMetres(scene.scenario().layout(), pose) > sign * toleranceMetres) {
            return false;
        }
        for (final Actor other : scene.actors()) {
            if (other.index() != subject.index()
                    && other.kind().vehicle()
                    && Impact.sameLevel(subject, other)
                    && ahead(subject, other, t, sign)) {
                return false;
            }
        }
        for (final Layout.Crossing crossing : scene.scenario().layout().crossings()) {
            final Motion.Offset offset =
                    subject.motion().offset(t, crossing.middleX(), crossing.middleY(), LOOK_METRES);
            if (offset.aheadMetres() > -ALONG_TOLERANCE_METRES
                    && offset.aheadMetres() < waitMetres - sign * ALONG_TOLERANCE_METRES) {
                return false;
            }
        }
        return true;
    }

    private boolean ahead(final Actor subject, final Actor other, final double t, final int sign) {
        final Pose at = other.motion().at(t);
        final Motion.Offset offset = subject.motion().offset(t, at.x(), at.y(), LOOK_METRES);
        final double gap = offset.aheadMetres()
                - 0.5 * (subject.kind().lengthMetres() + other.kind().lengthMetres());
        return gap > -1
                && gap < queueMetres - sign * ALONG_TOLERANCE_METRES
                && Math.abs(offset.rightMetres()) < HALF_LANE_METRES - sign * ACROSS_TOLERANCE_METRES;
    }
}
