package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Pose;

/**
 * A vehicle that has gone so far against the direction of the carriageway it is on. Where no ground lies between that and the
 * one that leads its way, overtaking is usual and the way is longer. Ways have a tolerance as a share of themselves.
 */
final class Against extends Meaning {
    private static final double ANGLE_DEG = 30;
    private static final double ANGLE_TOLERANCE_DEG = 12;
    private static final double OWN_WAY_DEG = 45;
    private static final double HOLD_S = 0.5;

    private final double metres;
    private final double passingMetres;
    private final double groundMetres;
    private final double toleranceShare;
    private final double toleranceMetres;
    private final double minMps;

    Against(final Fields fields) {
        metres = fields.number("metres", 1, 1_000);
        passingMetres = fields.number("passingMetres", metres, 1_000);
        groundMetres = fields.number("groundMetres", 0, 20);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        toleranceMetres = fields.number("toleranceMetres", 0, 10);
        minMps = fields.number("minMps", 0, 50);
    }

    @Override
    void look(final Cases cases) {
        final Layout layout = cases.scene().scenario().layout();
        for (final Actor subject : cases.vehicles()) {
            final Way wide = new Way(layout, subject, Border.WIDE);
            final Way narrow = new Way(layout, subject, Border.NARROW);
            cases.add(subject, "", HOLD_S, (t, border) -> {
                final Way way = border == Border.WIDE ? wide : narrow;
                way.goOn(t);
                return way.gone >= way.needed * border.least(toleranceShare)
                        && (border == Border.WIDE || subject.motion().at(t).speedMps() >= minMps);
            });
        }
    }

    /** How far it has gone against the direction, time by time, with carriageways wider or narrower by a tolerance. */
    private final class Way {
        private final Layout layout;
        private final Actor subject;
        private final double beyondMetres;
        private final double angleDeg;
        private double gone;
        private double needed = Double.POSITIVE_INFINITY;
        private double lastAlong = Double.NaN;

        Way(final Layout layout, final Actor subject, final Border border) {
            this.layout = layout;
            this.subject = subject;
            beyondMetres = border.give(toleranceMetres);
            angleDeg = ANGLE_DEG + border.give(ANGLE_TOLERANCE_DEG);
        }

        void goOn(final double t) {
            final double along = subject.motion().alongMetres(t);
            final double step = Double.isNaN(lastAlong) ? 0 : along - lastAlong;
            lastAlong = along;
            needed = neededAt(subject.motion().at(t));
            gone = Double.isInfinite(needed) ? 0 : gone + step;
        }

        /** How far it has to go against the direction of where it is; infinite where it does not. */
        private double neededAt(final Pose pose) {
            Layout.Carriageway wrong = null;
            for (final Layout.Carriageway one : layout.carriageways()) {
                final Ground.Beside beside = Ground.beside(one.line(), pose.x(), pose.y());
                if (180 - beside.angleDeg(pose.headingDeg()) <= angleDeg
                        && Math.abs(beside.metres()) <= one.widthMetres() / 2 + beyondMetres) {
                    wrong = one;
                }
            }
            return wrong == null ? Double.POSITIVE_INFINITY : neededOn(wrong, pose);
        }

        private double neededOn(final Layout.Carriageway wrong, final Pose pose) {
            final Ground.Beside on = Ground.beside(wrong.line(), pose.x(), pose.y());
            double ground = Double.POSITIVE_INFINITY;
            for (final Layout.Carriageway one : layout.carriageways()) {
                final Ground.Beside beside = Ground.beside(one.line(), pose.x(), pose.y());
                if (beside.angleDeg(pose.headingDeg()) > OWN_WAY_DEG || Double.isNaN(beside.metres())) {
                    continue;
                }
                if (Math.abs(beside.metres()) <= one.widthMetres() / 2 - beyondMetres) {
                    return Double.POSITIVE_INFINITY;
                }
                final double between = Math.hypot(beside.x() - on.x(), beside.y() - on.y());
                ground = Math.min(ground, between - (wrong.widthMetres() + one.widthMetres()) / 2);
            }
            return ground < groundMetres ? passingMetres : metres;
        }
    }
}
