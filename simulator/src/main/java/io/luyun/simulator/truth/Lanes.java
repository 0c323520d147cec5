package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Pose;
import java.util.List;

/** Lanes of a carriageway. Pure. */
final class Lanes {
    private static final double SAME_WAY_DEG = 45;

    private Lanes() {}

    /** Whether a pose is in one of some lanes, all for none, and heads along them; lanes are wider by so much to either side. */
    static boolean isOn(
            final Layout.Carriageway link, final List<Integer> lanes, final Pose pose, final double widerMetres) {
        final Ground.Beside beside = Ground.beside(link.line(), pose.x(), pose.y());
        if (!(Math.abs(beside.metres()) <= link.widthMetres() / 2 + Math.max(0, widerMetres))
                || beside.angleDeg(pose.headingDeg()) > SAME_WAY_DEG) {
            return false;
        }
        return lanes.isEmpty()
                || lanes.stream()
                        .anyMatch(lane -> Math.abs(beside.metres() - link.laneMiddleMetres(lane))
                                < link.laneMetres() / 2 + widerMetres);
    }
}
