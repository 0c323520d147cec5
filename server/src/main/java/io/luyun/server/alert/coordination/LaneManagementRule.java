package io.luyun.server.alert.coordination;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Coordination;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** DLM: a unit manages the lane the subject is on or comes to. See the package. */
public final class LaneManagementRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_DLM_VALUE;
    private static final int CLOSED = Advice.RESERVATION | Advice.RESTRICTION;
    private static final int PURPOSES = Advice.DYNAMIC_LANE | CLOSED;

    private final World world;
    private final LaneManagement config;
    private final AlertBook book;

    public LaneManagementRule(final World world, final LaneManagement config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_DLM, config.holdMillis());
    }

    /** The word that holds nearest, and of those that hold where the subject is, the strictest. */
    @Override
    public void assess(final Participant subject, final long atNs) {
        Coordination best = null;
        double bestMetres =
                config.reachMetres() * (book.severity(KIND, subject, null, null) > 0 ? config.clearFactor() : 1);
        int bestSeverity = 0;
        for (final Coordination word : world.coordinationsOnLanes(subject)) {
            if (!word.holdsAt(atNs) || ((word.info() & PURPOSES) == 0 && word.speed() == ABSENT)) {
                continue;
            }
            final double metres = word.distanceMetres(subject, bestMetres);
            final int severity = (word.info() & CLOSED) != 0 && metres == 0
                    ? Severity.SEVERITY_CAUTION_VALUE
                    : Severity.SEVERITY_INFO_VALUE;
            if (metres < bestMetres || (metres == bestMetres && severity > bestSeverity)) {
                best = word;
                bestMetres = metres;
                bestSeverity = severity;
            }
        }
        if (best != null) {
            book.of(KIND, subject)
                    .asks(best)
                    .confirmedBy(config.confirmReports())
                    .inMetres(bestMetres)
                    .is(bestSeverity);
        }
    }
}
