package io.luyun.server.alert.roadside;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Participant;
import io.luyun.server.world.RoadEventState;
import io.luyun.server.world.World;
import org.agrona.collections.IntHashSet;

/** HLW: an event of the roadside lies on the way, or the subject is inside of it. See the package. */
public final class HazardousLocationRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_HLW_VALUE;

    private final World world;
    private final HazardousLocation config;
    private final AlertBook book;
    private final IntHashSet ignored = new IntHashSet();

    public HazardousLocationRule(final World world, final HazardousLocation config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_HLW, config.holdMillis());
        ignored.addAll(config.ignoredTypes());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        for (final RoadEventState event : world.eventsNear(subject)) {
            if (!event.sign() && event.activeAt(atNs) && !ignored.contains(event.code())) {
                assess(subject, event);
            }
        }
    }

    private void assess(final Participant subject, final RoadEventState event) {
        final int before = book.severity(KIND, subject, null, event);
        final double widen = before > 0 ? config.clearFactor() : 1;
        final double metres = event.distanceMetres(subject, config.reachMetres() * widen);
        if (Double.isNaN(metres) || (before == 0 && subject.speedMps() < config.minSpeedMps())) {
            return;
        }
        final double seconds = metres == 0 ? 0 : metres / Math.max(0.1, subject.speedMps());
        int severity = severity(metres, seconds, before, widen);
        if (severity > 0 && event.priority() >= config.urgentPriority()) {
            severity = Math.min(Severity.SEVERITY_CRITICAL_VALUE, severity + 1);
        }
        book.of(KIND, subject)
                .event(event)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(severity);
    }

    private int severity(final double metres, final double seconds, final int before, final double widen) {
        final boolean warned = before >= Severity.SEVERITY_WARNING_VALUE;
        if (metres == 0 || seconds <= config.warningSeconds() * (warned ? config.clearFactor() : 1)) {
            return Severity.SEVERITY_WARNING_VALUE;
        }
        if (metres <= config.nearMetres() * widen || seconds <= config.reachSeconds() * widen) {
            return Severity.SEVERITY_CAUTION_VALUE;
        }
        return 0;
    }
}
