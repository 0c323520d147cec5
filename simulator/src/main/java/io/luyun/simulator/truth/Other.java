package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Fields;
import java.util.ArrayList;
import java.util.List;

/** Another vehicle that something is the matter with, and that stands in one of several relations to the one that is warned. */
final class Other extends Meaning {
    /** The relations there are. */
    private enum Where {
        AHEAD,
        ONCOMING,
        BEHIND,
        CROSSING
    }

    /** One way in which another may concern somebody. */
    private record Concern(Matter matter, Relation relation, double minMps) {
        boolean holds(final Cases cases, final Actor subject, final Actor target, final double t, final Border border) {
            return matter.holds(target, t, border)
                    && (border == Border.WIDE || subject.motion().at(t).speedMps() >= minMps)
                    && relation.holds(cases.scene(), subject, target, t, border);
        }
    }

    private final List<Concern> any = new ArrayList<>();
    private final double holdSeconds;

    Other(final Fields fields) {
        holdSeconds = fields.number("holdSeconds", 0.5, 0, 10);
        for (final Fields one : fields.objects("any")) {
            final Relation relation = switch (one.word("where", Where.class)) {
                case AHEAD -> new Ahead(one);
                case ONCOMING -> new Oncoming(one);
                case BEHIND -> new Behind(one);
                case CROSSING -> new Crossing(one);
            };
            any.add(new Concern(new Matter(one), relation, one.number("minMps", 0, 0, 50)));
            one.end();
        }
    }

    @Override
    void look(final Cases cases) {
        for (final Actor subject : cases.vehicles()) {
            for (final Actor target : cases.otherVehicles(subject)) {
                cases.add(
                        subject,
                        target,
                        holdSeconds,
                        (t, border) -> any.stream().anyMatch(one -> one.holds(cases, subject, target, t, border)));
            }
        }
    }
}
