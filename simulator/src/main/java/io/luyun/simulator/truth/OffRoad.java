package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Scene;
import java.util.List;

/** A vehicle that is so far beside every road it may drive on; all roads of a layout are such. */
final class OffRoad extends Alone {
    private final double marginMetres;
    private final double toleranceMetres;
    private final double holdSeconds;

    OffRoad(final Fields fields) {
        marginMetres = fields.number("marginMetres", 0, 100);
        toleranceMetres = fields.number("toleranceMetres", 0, 100);
        holdSeconds = fields.number("holdSeconds", 0, 30);
    }

    @Override
    void look(final Scene scene, final Actor subject, final double endS, final List<Case> cases) {
        if (subject.report() != Actor.Report.BSM) {
            return;
        }
        add(cases, endS, subject, "OFF_ROAD", holdSeconds, t -> {
            final double metres = Ground.offRoadMetres(
                    scene.scenario().layout(), subject.motion().at(t));
            if (metres < marginMetres - toleranceMetres) {
                return Level.WRONG;
            }
            return metres > marginMetres + toleranceMetres ? Level.DUE : Level.ALLOWED;
        });
    }
}
