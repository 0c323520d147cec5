package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Outage;
import io.luyun.simulator.stage.Playbill;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.stage.Unit;
import java.util.EnumMap;
import java.util.Map;

/**
 * A roadside unit that has sent messages of a kind for a while sends none any more, or too few. What it sees of others is missed
 * only while one that tells of itself is near. Seconds have a tolerance, rates and distances one as a share.
 */
final class UnitRate extends Meaning {
    private static final double HOLD_S = 0.5;
    /** One message may get lost on the way, too. */
    private static final double LOST = 2;

    private final Map<Outage.Kind, Double> expected = new EnumMap<>(Outage.Kind.class);
    private final int learnMessages;
    private final double silentIntervals;
    private final double silentSeconds;
    private final double slowShare;
    private final double windowSeconds;
    private final double nearMetres;
    private final double toleranceSeconds;
    private final double toleranceShare;

    UnitRate(final Fields fields) {
        for (final Fields one : fields.objects("expected")) {
            expected.put(one.word("of", Outage.Kind.class), one.number("everySeconds", 0.01, 60));
            one.end();
        }
        learnMessages = (int) fields.number("learnMessages", 1, 1_000);
        silentIntervals = fields.number("silentIntervals", 1, 100);
        silentSeconds = fields.number("silentSeconds", 0.5, 100);
        slowShare = fields.number("slowShare", 0, 1);
        windowSeconds = fields.number("windowSeconds", 1, 100);
        nearMetres = fields.number("nearMetres", 0, 1_000);
        toleranceSeconds = fields.number("toleranceSeconds", 0, 10);
        toleranceShare = fields.number("toleranceShare", 0, 1);
    }

    @Override
    void look(final Cases cases) {
        final Scene scene = cases.scene();
        for (final Unit unit : scene.scenario().units()) {
            expected.forEach((kind, everyS) -> {
                final double sentEveryS = Playbill.everyS(scene, unit, kind);
                if (Double.isNaN(sentEveryS)) {
                    return;
                }
                final double silentS = Math.max(silentSeconds, silentIntervals * everyS);
                cases.add(
                        unit,
                        "SILENT " + kind,
                        HOLD_S,
                        new Lasting(
                                silentS,
                                toleranceSeconds,
                                (t, border) -> isMissed(scene, unit, kind, sentEveryS, t, border)
                                        && isSilent(scene, unit, kind, sentEveryS, silentS, t, border)));
                // the first of two windows may begin a whole one late, and the second ends a whole one after that
                cases.add(
                        unit,
                        "SLOW " + kind,
                        HOLD_S,
                        new Lasting(
                                2 * windowSeconds,
                                windowSeconds + toleranceSeconds,
                                (t, border) -> isMissed(scene, unit, kind, sentEveryS, t, border)
                                        && sent(scene, unit, kind, t) / sentEveryS
                                                < slowShare / everyS * border.most(toleranceShare)));
            });
        }
    }

    private boolean isSilent(
            final Scene scene,
            final Unit unit,
            final Outage.Kind kind,
            final double sentEveryS,
            final double silentS,
            final double t,
            final Border border) {
        final double sent = sent(scene, unit, kind, t);
        return border == Border.WIDE ? sentEveryS * LOST > sent * (silentS - toleranceSeconds) : sent == 0;
    }

    /** Whether it is watched by then, and would be missed. */
    private boolean isMissed(
            final Scene scene,
            final Unit unit,
            final Outage.Kind kind,
            final double sentEveryS,
            final double t,
            final Border border) {
        double beginsS = Double.POSITIVE_INFINITY;
        for (final Outage outage : scene.outages()) {
            if (outage.unit() == unit.index() && outage.kind() == kind) {
                beginsS = Math.min(beginsS, outage.fromS());
            }
        }
        if (t < beginsS || beginsS / sentEveryS < learnMessages * border.least(toleranceShare)) {
            return false;
        }
        return kind != Outage.Kind.RSM || anybodyNear(scene, unit, t, border);
    }

    private boolean anybodyNear(final Scene scene, final Unit unit, final double t, final Border border) {
        for (final Actor actor : scene.actors()) {
            final Pose pose = actor.motion().at(t);
            if (actor.report() != Actor.Report.NOTHING
                    && Math.hypot(pose.x() - unit.x(), pose.y() - unit.y())
                            < nearMetres * border.most(toleranceShare)) {
                return true;
            }
        }
        return false;
    }

    /** Share of the messages that are sent at a time. */
    private static double sent(final Scene scene, final Unit unit, final Outage.Kind kind, final double t) {
        double sent = 1;
        for (final Outage outage : scene.outages()) {
            if (outage.unit() == unit.index() && outage.kind() == kind && t >= outage.fromS() && t < outage.toS()) {
                sent = Math.min(sent, 1 - outage.share());
            }
        }
        return sent;
    }
}
