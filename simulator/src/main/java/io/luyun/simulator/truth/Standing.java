package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Motion;
import io.luyun.simulator.stage.Pose;

/**
 * A vehicle that stands on the road for so long with nobody ahead of it, and not before a crossing for people on foot, where one
 * waits. There is a tolerance in seconds, and in metres at the edge of the road.
 */
final class Standing extends Meaning {
    private static final double HALF_LANE_METRES = 1.75;
    private static final double ACROSS_TOLERANCE_METRES = 0.8;
    private static final double ALONG_TOLERANCE_METRES = 5;
    private static final double LOOK_METRES = 80;
    private static final double HOLD_S = 0.5;

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
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            cases.add(
                    subject,
                    "",
                    HOLD_S,
                    new Lasting(seconds, toleranceSeconds, (t, border) -> stands(cases, subject, t, border)));
        }
    }

    private boolean stands(final Cases cases, final Actor subject, final double t, final Border border) {
        final Layout layout = cases.scene().scenario().layout();
        final Pose pose = subject.motion().at(t);
        if (pose.speedMps() > (border == Border.WIDE ? 3 * stopMps : stopMps / 2)
                || Ground.offRoadMetres(layout, pose) > border.give(toleranceMetres)) {
            return false;
        }
        for (final Actor other : cases.otherVehicles(subject)) {
            if (ahead(subject, other, t, border)) {
                return false;
            }
        }
        for (final Layout.Crossing crossing : layout.crossings()) {
            final Motion.Offset offset =
                    subject.motion().offset(t, crossing.middleX(), crossing.middleY(), LOOK_METRES);
            if (offset.aheadMetres() > -ALONG_TOLERANCE_METRES
                    && offset.aheadMetres() < waitMetres - border.give(ALONG_TOLERANCE_METRES)) {
                return false;
            }
        }
        return true;
    }

    private boolean ahead(final Actor subject, final Actor other, final double t, final Border border) {
        final OnWay on = OnWay.of(subject, other, t, LOOK_METRES);
        return on.gapMetres() > -1
                && on.gapMetres() < queueMetres - border.give(ALONG_TOLERANCE_METRES)
                && on.acrossMetres() < HALF_LANE_METRES - border.give(ACROSS_TOLERANCE_METRES);
    }
}
