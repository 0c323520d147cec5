package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;

/** A vehicle that is so far beside every road it may drive on; all roads of a layout are such. */
final class OffRoad extends Meaning {
    private final double marginMetres;
    private final double toleranceMetres;
    private final double holdSeconds;

    OffRoad(final Fields fields) {
        marginMetres = fields.number("marginMetres", 0, 100);
        toleranceMetres = fields.number("toleranceMetres", 0, 100);
        holdSeconds = fields.number("holdSeconds", 0, 30);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            if (subject.report() == Actor.Report.BSM) {
                cases.add(
                        subject,
                        "OFF_ROAD",
                        holdSeconds,
                        (t, border) -> Ground.offRoadMetres(
                                        cases.scene().scenario().layout(),
                                        subject.motion().at(t))
                                >= marginMetres - border.give(toleranceMetres));
            }
        }
    }
}
