package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Platoon;

/**
 * A platoon does not hold together: a gap is too wide or too close, somebody else is in it, a follower is not listed, or a member
 * says nothing any more. Distances have a tolerance in metres, times one in seconds.
 */
final class Platooning extends Meaning {
    private static final double SETTLE_S = Platoon.BEGINS_S + 1;

    private final double wideMetres;
    private final double wideSeconds;
    private final double closeSeconds;
    private final double laneMetres;
    private final double acrossToleranceMetres;
    private final double toleranceMetres;
    private final double silentSeconds;
    private final double toleranceSeconds;
    private final double rangeMetres;
    private final double minMps;
    private final double holdSeconds;

    Platooning(final Fields fields) {
        wideMetres = fields.number("wideMetres", 1, 200);
        wideSeconds = fields.number("wideSeconds", 0, 20);
        closeSeconds = fields.number("closeSeconds", 0, 5);
        laneMetres = fields.number("laneMetres", 0, 10);
        acrossToleranceMetres = fields.number("acrossToleranceMetres", 0, 5);
        toleranceMetres = fields.number("toleranceMetres", 0, 20);
        silentSeconds = fields.number("silentSeconds", 0, 60);
        toleranceSeconds = fields.number("toleranceSeconds", 0, 10);
        rangeMetres = fields.number("rangeMetres", 10, 1_000);
        minMps = fields.number("minMps", 0, 50);
        holdSeconds = fields.number("holdSeconds", 0, 30);
    }

    @Override
    void look(final Cases cases) {
        for (final Platoon platoon : cases.scene().platoons()) {
            for (int i = 1; i < platoon.members().size(); i++) {
                final Actor before =
                        cases.scene().actors().get(platoon.members().get(i - 1));
                gap(cases, platoon, cases.scene().actors().get(platoon.members().get(i)), before);
            }
            for (final int stranger : platoon.strangers()) {
                cases.add(
                        cases.scene().actors().get(stranger),
                        "PLATOON_NOT_MEMBER",
                        holdSeconds,
                        (t, border) -> border == Border.WIDE || t > SETTLE_S);
            }
            if (platoon.silent() >= 0) {
                cases.add(
                        cases.scene().actors().get(platoon.members().getFirst()),
                        "PLATOON_MEMBER_SILENT",
                        holdSeconds,
                        (t, border) -> t >= platoon.silentFromS() + silentSeconds - border.give(toleranceSeconds));
            }
        }
    }

    private void gap(final Cases cases, final Platoon platoon, final Actor subject, final Actor before) {
        add(
                cases,
                platoon,
                subject,
                before,
                "PLATOON_GAP_WIDE",
                (t, border) -> gap(subject, before, t)
                        > Math.max(wideMetres, wideSeconds * mps(subject, t)) - border.give(toleranceMetres));
        add(
                cases,
                platoon,
                subject,
                before,
                "PLATOON_GAP_CLOSE",
                (t, border) -> gap(subject, before, t) < closeSeconds * mps(subject, t) + border.give(toleranceMetres));
        for (final Actor other : cases.otherVehicles(subject)) {
            if (!platoon.members().contains(other.index())) {
                add(cases, platoon, subject, other, "PLATOON_CUT_IN", (t, border) -> {
                    final OnWay on = OnWay.of(subject, other, t, rangeMetres);
                    return on.gapMetres() > -border.give(toleranceMetres)
                            && on.gapMetres() < gap(subject, before, t) + border.give(toleranceMetres)
                            && on.acrossMetres() < laneMetres + border.give(acrossToleranceMetres);
                });
            }
        }
    }

    private void add(
            final Cases cases,
            final Platoon platoon,
            final Actor subject,
            final Actor target,
            final String reason,
            final Cases.Holds holds) {
        cases.add(
                subject,
                target,
                null,
                reason,
                holdSeconds,
                (t, border) -> platoon.says(subject.index(), t)
                        && (border == Border.WIDE || (t > SETTLE_S && mps(subject, t) > minMps))
                        && holds.at(t, border));
    }

    private double gap(final Actor subject, final Actor before, final double t) {
        return OnWay.of(subject, before, t, rangeMetres).gapMetres();
    }

    private static double mps(final Actor subject, final double t) {
        return subject.motion().at(t).speedMps();
    }
}
