package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Scene;

/**
 * It comes from behind along its way, in whichever lane within some metres across; from further away than near only when it
 * comes nearer. Seconds are those until it is where the one that is warned is now.
 */
final class Behind implements Relation {
    private static final double SAME_WAY_DEG = 45;
    private static final double ANGLE_TOLERANCE_DEG = 15;
    private static final double GIVE_METRES = 3;

    private final Reach reach;
    private final double acrossMetres;
    private final double toleranceMetres;
    private final double farMetres;
    private final double minClosingMps;

    Behind(final Fields fields) {
        reach = Reach.of(fields);
        acrossMetres = fields.number("acrossMetres", 0.5, 20);
        toleranceMetres = fields.number("toleranceMetres", 0, 10);
        farMetres = fields.number("farMetres", 0, 500);
        minClosingMps = fields.number("minClosingMps", 0, 20);
    }

    @Override
    public boolean holds(
            final Scene scene, final Actor subject, final Actor target, final double t, final Border border) {
        final OnWay on = OnWay.of(target, subject, t, 1.5 * reach.metres());
        final double mps = target.motion().at(t).speedMps();
        final double closing = mps - subject.motion().at(t).speedMps();
        return on.gapMetres() > -border.give(GIVE_METRES)
                && on.angleDeg() < SAME_WAY_DEG + border.give(ANGLE_TOLERANCE_DEG)
                && on.acrossMetres() < acrossMetres + border.give(toleranceMetres)
                && reach.holds(on.gapMetres(), mps, border)
                && (on.gapMetres() < farMetres * border.most(reach.share())
                        || closing > minClosingMps * border.least(reach.share()));
    }
}
