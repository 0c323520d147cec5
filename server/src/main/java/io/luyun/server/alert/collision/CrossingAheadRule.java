package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.site.Crossings;
import io.luyun.server.world.Participant;

/** VRUSP: somebody waits at, or is on, the crossing the subject comes to. See the package. */
public final class CrossingAheadRule implements Rule, Crossings.Visitor {
    private static final int KIND = AlertKind.ALERT_KIND_VRUSP_VALUE;

    private final Crossings crossings;
    private final CrossingAhead config;
    private final AlertBook book;
    private int severity;
    private double metres;

    public CrossingAheadRule(final Crossings crossings, final CrossingAhead config, final AlertBook book) {
        this.crossings = crossings;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_VRUSP, config.holdMillis());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final int before = book.severity(KIND, subject, null, null);
        if (before == 0 && subject.speedMps() < config.minSpeedMps()) {
            return;
        }
        severity = 0;
        metres = Double.POSITIVE_INFINITY;
        crossings.ahead(subject, this);
        final double widen = before > 0 ? config.clearFactor() : 1;
        final double seconds = metres / Math.max(0.1, subject.speedMps());
        if (metres > config.reachMetres() * widen || (before == 0 && seconds > config.reachSeconds())) {
            return;
        }
        book.of(KIND, subject)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(severity);
    }

    @Override
    public void ahead(final int waiting, final int onIt, final double way) {
        if (waiting + onIt > 0 && way < metres) {
            metres = way;
            severity = onIt > 0 ? Severity.SEVERITY_CAUTION_VALUE : Severity.SEVERITY_INFO_VALUE;
        }
    }
}
