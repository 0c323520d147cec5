package io.luyun.server.alert.vehicle;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.OnWay;
import io.luyun.server.alert.geometry.Pairs;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** CLW: the wheels of a vehicle ahead or oncoming slip. See the package. */
public final class ControlLossRule implements Rule, Rule.OfTargets {
    private static final int KIND = AlertKind.ALERT_KIND_CLW_VALUE;
    private static final int SLIPS = Events.ABS | Events.TRACTION_LOSS | Events.STABILITY_CONTROL;
    private static final double HALF = 0.5;
    /** A case that was told is not dropped by a little noise across. */
    private static final double HOLD_WIDEN = 1.25;
    /** Cosine of 45 degrees: who heads the same way is ahead or behind in a lane. */
    private static final double SAME_WAY_COS = 0.7071;

    private static final double MIN_MPS = 0.1;

    private final World world;
    private final ControlLoss config;
    private final AlertBook book;
    private final Steps steps;
    private final Ahead ahead;
    private final OnWay onWay = new OnWay();
    private final Pairs pairs;
    private double seconds;
    private double metres;

    public ControlLossRule(final World world, final ControlLoss config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_CLW, config.urgency().holdMillis());
        steps = config.urgency().steps();
        ahead = new Ahead(world, config.rangeMetres(), config.offRoadRangeMetres());
        pairs = new Pairs(world, book, KIND, this::look);
    }

    /** Looks again at the vehicles it was told of. */
    @Override
    public void assess(final Participant subject, final long atNs) {
        pairs.again(subject);
    }

    /** Looks for all that come to it. */
    @Override
    public void onMovedTarget(final Participant target, final long atNs) {
        if (slips(target)) {
            pairs.around(target, config.rangeMetres());
        }
    }

    private static boolean slips(final Participant target) {
        return (target.events() & SLIPS) != 0;
    }

    private void look(final Participant subject, final Participant target) {
        final int before = book.severity(KIND, subject, target, null);
        seconds = Double.POSITIVE_INFINITY;
        metres = Double.NaN;
        int severity = 0;
        if (slips(target)
                && (before > 0 || subject.speedMps() >= config.minSpeedMps())
                && !CrossingPaths.onOtherLevels(subject, target)) {
            final double cosine = subject.dirX() * target.dirX() + subject.dirY() * target.dirY();
            severity = cosine >= SAME_WAY_COS ? ofOneAhead(subject, target, before) : ofOther(subject, target, before);
        }
        if (severity > 0 || before > 0) {
            book.of(KIND, subject)
                    .target(target)
                    .newsOfTargetOnly()
                    .confirmedBy(config.urgency().confirmReports())
                    .inSeconds(seconds)
                    .inMetres(metres)
                    .is(severity);
        }
    }

    private int ofOneAhead(final Participant subject, final Participant target, final int before) {
        if (!ahead.look(subject, target)
                || ahead.gapMetres <= 0
                || ahead.acrossMetres > config.adjacentLaneMetres() * (before > 0 ? HOLD_WIDEN : 1)) {
            return 0;
        }
        metres = ahead.gapMetres;
        seconds = metres / Math.max(MIN_MPS, subject.speedMps());
        final int severity = steps.severity(seconds, before);
        final double lane = config.sameLaneMetres() * (before >= Severity.SEVERITY_WARNING_VALUE ? HOLD_WIDEN : 1);
        return ahead.acrossMetres <= lane ? severity : Math.min(severity, Severity.SEVERITY_CAUTION_VALUE);
    }

    /** One that comes, or turns in the road. */
    private int ofOther(final Participant subject, final Participant target, final int before) {
        if (!onWay.look(world, subject, target, config.rangeMetres())
                || onWay.acrossMetres > config.oncomingMetres() * (before > 0 ? HOLD_WIDEN : 1)) {
            return 0;
        }
        final double gap = onWay.alongMetres - (subject.lengthMetres() + target.lengthMetres()) * HALF;
        if (gap <= 0) {
            return 0;
        }
        metres = gap;
        final double comes = target.speedMps() > 0 ? Math.max(0, -onWay.cosine) * target.speedMps() : 0;
        seconds = gap / Math.max(MIN_MPS, subject.speedMps() + comes);
        return steps.severity(seconds, before);
    }
}
