package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Layout;
import io.luyun.simulator.stage.Pose;
import io.luyun.simulator.stage.Wish;
import java.util.List;

/** Another wishes to change to the lane of a vehicle that is not far behind or ahead of it, or asks the vehicle by its name. */
final class LaneWish extends Meaning {
    private final double rearMetres;
    private final double frontMetres;
    private final double toleranceMetres;
    private final double acrossToleranceMetres;
    private final Span span;

    LaneWish(final Fields fields) {
        rearMetres = fields.number("rearMetres", 0, 500);
        frontMetres = fields.number("frontMetres", 0, 500);
        toleranceMetres = fields.number("toleranceMetres", 0, 50);
        acrossToleranceMetres = fields.number("acrossToleranceMetres", 0, 5);
        span = Span.of(fields);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Actor who : cases.otherVehicles(subject)) {
                final List<Wish> wishes = cases.scene().wishes().stream()
                        .filter(wish -> wish.by() == who.index() && wish.what() == Wish.What.LANE_CHANGE)
                        .toList();
                cases.add(
                        subject,
                        who,
                        span.holdSeconds(),
                        (t, border) -> wishes.stream()
                                .anyMatch(wish -> span.holds(wish.fromS(), wish.toS(), t, border)
                                        && (wish.of() == subject.index()
                                                || concerns(cases, wish, subject, who, t, border))));
            }
        }
    }

    private boolean concerns(
            final Cases cases,
            final Wish wish,
            final Actor subject,
            final Actor who,
            final double t,
            final Border border) {
        final Layout.Carriageway link =
                cases.scene().scenario().layout().carriageways().get(wish.link());
        final Pose pose = subject.motion().at(t);
        final OnWay on = OnWay.of(who, subject, t, 2 * frontMetres + 2 * rearMetres);
        final double give = border.give(toleranceMetres);
        final double middles = on.gapMetres()
                + 0.5 * (subject.kind().lengthMetres() + who.kind().lengthMetres());
        return Lanes.isOn(link, List.of(wish.lane()), pose, border.give(acrossToleranceMetres))
                && middles < frontMetres + give
                && -middles < rearMetres + give;
    }
}
