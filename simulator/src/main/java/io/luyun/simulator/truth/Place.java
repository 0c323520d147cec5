package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Notice;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;
import java.util.ArrayList;
import java.util.List;

/**
 * An event or sign on the way of a vehicle: the way it has chosen leads into the area within some metres and some seconds.
 * Metres and seconds have a tolerance as a share of themselves, the area one in metres.
 */
final class Place implements Meaning {
    private static final double STEP_METRES = 2;
    /** What is no longer told is still known for so long. */
    private static final double LINGERS_S = 12;

    private final boolean signs;
    private final List<String> codes;
    private final double reachMetres;
    private final double reachSeconds;
    private final double nearMetres;
    private final double toleranceShare;
    private final double toleranceMetres;
    private final double minMps;
    private final double settleSeconds;
    private final double holdSeconds;

    Place(final Fields fields) {
        signs = fields.flag("signs");
        codes = fields.texts("codes");
        reachMetres = fields.number("reachMetres", 1, 2_000);
        reachSeconds = fields.number("reachSeconds", 1, 200);
        nearMetres = fields.number("nearMetres", 0, 0, 500);
        toleranceShare = fields.number("toleranceShare", 0, 1);
        toleranceMetres = fields.number("toleranceMetres", 0, 100);
        minMps = fields.number("minMps", 0, 0, 50);
        settleSeconds = fields.number("settleSeconds", 1.5, 0, 30);
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
    }

    @Override
    public List<Case> cases(final Scene scene) {
        final double endS = Impact.endS(scene);
        final List<Case> cases = new ArrayList<>();
        for (final Actor subject : scene.actors()) {
            for (final Notice notice : scene.notices()) {
                if (!subject.kind().vehicle()
                        || notice.sign() != signs
                        || !(codes.isEmpty() || codes.contains(Integer.toString(notice.code())))) {
                    continue;
                }
                final Case found = Windows.of(endS, subject, null, notice, holdSeconds, t -> level(subject, notice, t));
                if (found != null) {
                    cases.add(found);
                }
            }
        }
        return cases;
    }

    @Override
    public double leadS(final Case theCase, final double t) {
        final Notice notice = theCase.notice();
        if (notice == null) {
            return Double.NaN;
        }
        final double metres = metres(theCase.subject(), notice, t, 0);
        return metres / Math.max(0.1, theCase.subject().motion().at(t).speedMps());
    }

    private Level level(final Actor subject, final Notice notice, final double t) {
        if (t < notice.fromS() || t > notice.toS() + LINGERS_S) {
            return Level.WRONG;
        }
        final double wide = 1 + toleranceShare;
        if (!reaches(subject, metres(subject, notice, t, toleranceMetres), t, wide)) {
            return Level.WRONG;
        }
        final boolean told = t >= notice.fromS() + settleSeconds && t <= notice.toS();
        final boolean due = told
                && subject.motion().at(t).speedMps() >= minMps
                && reaches(
                        subject,
                        metres(subject, notice, t, -Math.min(toleranceMetres, notice.radiusMetres() / 2)),
                        t,
                        1 - toleranceShare);
        return due ? Level.DUE : Level.ALLOWED;
    }

    private boolean reaches(final Actor subject, final double metres, final double t, final double share) {
        final double speed = subject.motion().at(t).speedMps();
        return metres <= reachMetres * share
                && (metres <= nearMetres * share || metres <= reachSeconds * share * Math.max(0.1, speed));
    }

    /** Way into the area, NaN when it does not lead there. */
    private double metres(final Actor subject, final Notice notice, final double t, final double beyondMetres) {
        for (double way = 0; way <= 1.5 * reachMetres; way += STEP_METRES) {
            final Pose pose = subject.motion().further(t, way);
            if (notice.holdsAt(pose, beyondMetres)) {
                return way;
            }
        }
        return Double.NaN;
    }
}
