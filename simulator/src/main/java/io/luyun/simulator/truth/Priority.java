package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.ActorKind;
import io.luyun.simulator.stage.Fields;
import io.luyun.simulator.stage.Wish;
import java.util.List;

/** A bus or emergency vehicle asks for green at the junction ahead and has not passed its stop line yet. */
final class Priority extends Meaning {
    private final double toleranceMetres;
    private final Span span;

    Priority(final Fields fields) {
        toleranceMetres = fields.number("toleranceMetres", 0, 50);
        span = Span.of(fields);
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            final Actor.Approach approach = subject.approach();
            if (approach == null || !(subject.kind().emergency() || subject.kind() == ActorKind.BUS)) {
                continue;
            }
            final List<Wish> wishes = cases.scene().wishes().stream()
                    .filter(wish -> wish.by() == subject.index() && wish.what() == Wish.What.GREEN)
                    .toList();
            cases.add(
                    subject,
                    "",
                    span.holdSeconds(),
                    (t, border) -> approach.stopMetres()
                                            - subject.motion().alongMetres(t)
                                            - subject.kind().lengthMetres() / 2
                                    > -border.give(toleranceMetres)
                            && wishes.stream().anyMatch(wish -> span.holds(wish.fromS(), wish.toS(), t, border)));
        }
    }
}
