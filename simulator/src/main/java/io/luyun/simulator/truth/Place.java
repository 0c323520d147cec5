package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Pose;
import java.util.List;

/**
 * An event or sign on the way of a vehicle: the way it has chosen leads into the area within some metres and some seconds.
 * Metres and seconds have a tolerance as a share of themselves, the area one in metres.
 */
final class Place extends Meaning {
    private static final double STEP_METRES = 2;
    /** What is no longer told is still known for so long. */
    private static final double LINGERS_S = 12;

    private final boolean signs;
    private final List<String> codes;
    private final Reach reach;
    private final double toleranceMetres;
    private final double minMps;
    private final double settleSeconds;
    private final double holdSeconds;

    Place(final Fields fields) {
        signs = fields.flag("signs");
        codes = fields.texts("codes");
        reach = Reach.of(fields);
        toleranceMetres = fields.number("toleranceMetres", 0, 100);
        minMps = fields.number("minMps", 0, 0, 50);
        settleSeconds = fields.number("settleSeconds", 1.5, 0, 30);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Notice notice : cases.scene().notices()) {
                if (notice.sign() == signs && (codes.isEmpty() || codes.contains(Integer.toString(notice.code())))) {
                    cases.add(subject, notice, holdSeconds, (t, border) -> holds(subject, notice, t, border));
                }
            }
        }
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        final Notice notice = theCase.notice();
        if (notice == null) {
            return Double.NaN;
        }
        return Reach.seconds(
                metres(theCase.actor(), notice, t, 0),
                theCase.actor().motion().at(t).speedMps());
    }

    private boolean holds(final Actor subject, final Notice notice, final double t, final Border border) {
        final boolean wide = border == Border.WIDE;
        final double mps = subject.motion().at(t).speedMps();
        final boolean told = wide
                ? t >= notice.fromS() && t <= notice.toS() + LINGERS_S
                : t >= notice.fromS() + settleSeconds && t <= notice.toS() && mps >= minMps;
        final double beyond = wide ? toleranceMetres : -Math.min(toleranceMetres, notice.radiusMetres() / 2);
        return told && reach.holds(metres(subject, notice, t, beyond), mps, border);
    }

    /** Way into the area, NaN when it does not lead there. */
    private double metres(final Actor subject, final Notice notice, final double t, final double beyondMetres) {
        for (double way = 0; way <= 1.5 * reach.metres(); way += STEP_METRES) {
            final Pose pose = subject.motion().further(t, way);
            if (notice.holdsAt(pose, beyondMetres)) {
                return way;
            }
        }
        return Double.NaN;
    }
}
