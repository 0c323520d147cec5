package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;

/**
 * It is ahead on the way of the one that is warned, which it comes along or stands across; perhaps only if it comes against the
 * direction of the carriageway both are on. Seconds are those until they meet.
 */
final class Oncoming implements Relation {
    private static final double OTHER_WAY_DEG = 45;
    private static final double ANGLE_TOLERANCE_DEG = 15;

    private final Reach reach;
    private final double acrossMetres;
    private final double toleranceMetres;
    private final boolean wrongWay;

    Oncoming(final Fields fields) {
        reach = Reach.of(fields);
        acrossMetres = fields.number("acrossMetres", 0.5, 20);
        toleranceMetres = fields.number("toleranceMetres", 0, 10);
        wrongWay = fields.flag("wrongWay");
    }

    @Override
    public boolean holds(
            final Scene scene, final Actor subject, final Actor target, final double t, final Border border) {
        final OnWay on = OnWay.of(subject, target, t, 1.5 * reach.metres());
        final double comes = Math.max(0, -Math.cos(Math.toRadians(on.angleDeg())))
                * target.motion().at(t).speedMps();
        return on.gapMetres() > 0
                && on.angleDeg() > OTHER_WAY_DEG - border.give(ANGLE_TOLERANCE_DEG)
                && on.acrossMetres() < acrossMetres + border.give(toleranceMetres)
                && reach.holds(on.gapMetres(), subject.motion().at(t).speedMps() + comes, border)
                && (!wrongWay || comesWrongWay(scene.scenario().layout(), subject, target, t, border));
    }

    private boolean comesWrongWay(
            final Layout layout, final Actor subject, final Actor target, final double t, final Border border) {
        final Pose own = subject.motion().at(t);
        final Pose other = target.motion().at(t);
        boolean together = false;
        for (final Layout.Carriageway one : layout.carriageways()) {
            final boolean its = isOn(one, other, border);
            if (its && leads(one, other)) {
                return false;
            }
            together |= its && isOn(one, own, border) && leads(one, own);
        }
        return together;
    }

    private boolean isOn(final Layout.Carriageway one, final Pose pose, final Border border) {
        final double metres = Ground.beside(one.line(), pose.x(), pose.y()).metres();
        return Math.abs(metres) < one.widthMetres() / 2 + border.give(toleranceMetres);
    }

    private static boolean leads(final Layout.Carriageway one, final Pose pose) {
        return Ground.beside(one.line(), pose.x(), pose.y()).angleDeg(pose.headingDeg()) < OTHER_WAY_DEG;
    }
}
