package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Scene;

/**
 * It is ahead on the same way, not further across than some metres, and not further beside the road than others. Seconds are those
 * until the one behind is where it is now, or, by closing, until it is reached.
 */
final class Ahead implements Relation {
    private static final double SAME_WAY_DEG = 45;
    private static final double ANGLE_TOLERANCE_DEG = 15;
    private static final double NEAREST_METRES = -1;
    private static final double NEAREST_TOLERANCE_METRES = 2;

    private final Reach reach;
    private final double acrossMetres;
    private final double toleranceMetres;
    private final double roadsideMetres;
    private final double minClosingMps;

    Ahead(final Fields fields) {
        reach = Reach.of(fields);
        acrossMetres = fields.number("acrossMetres", 0.5, 20);
        toleranceMetres = fields.number("toleranceMetres", 0, 10);
        roadsideMetres = fields.number("roadsideMetres", Double.POSITIVE_INFINITY, 0, 20);
        minClosingMps = fields.number("minClosingMps", 0, 0, 20);
    }

    @Override
    public boolean holds(
            final Scene scene, final Actor subject, final Actor target, final double t, final Border border) {
        final OnWay on = OnWay.of(subject, target, t, 1.5 * reach.metres());
        double mps = subject.motion().at(t).speedMps();
        if (minClosingMps > 0) {
            mps -= target.motion().at(t).speedMps();
            if (mps < minClosingMps * border.least(reach.share())) {
                return false;
            }
        }
        final double beyond = border == Border.WIDE ? roadsideMetres : -toleranceMetres;
        return on.gapMetres() > NEAREST_METRES - border.give(NEAREST_TOLERANCE_METRES)
                && on.angleDeg() < SAME_WAY_DEG + border.give(ANGLE_TOLERANCE_DEG)
                && on.acrossMetres() < acrossMetres + border.give(toleranceMetres)
                && reach.holds(on.gapMetres(), mps, border)
                && (Double.isInfinite(roadsideMetres)
                        || Ground.offRoadMetres(
                                        scene.scenario().layout(),
                                        target.motion().at(t))
                                < beyond);
    }
}
