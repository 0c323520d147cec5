package io.luyun.server.alert.vehicle;

import io.luyun.proto.v1.AlertKind;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.Pairs;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Course;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** EVW: an emergency vehicle on duty comes from behind or across. See the package. */
public final class EmergencyVehicleRule implements Rule, Rule.OfTargets {
    private static final int KIND = AlertKind.ALERT_KIND_EVW_VALUE;
    private static final int FIRST_CLASS = 60;
    private static final int LAST_CLASS = 69;
    private static final int IN_USE = 2;
    private static final double CROSSING_MARGIN_METRES = 1;
    /** Whose ways cross that of the emergency vehicle soon are not further beside it. */
    private static final double ASIDE_METRES = 120;
    /** A case that was told is not dropped by a little noise across. */
    private static final double HOLD_WIDEN = 1.25;

    private static final double BASE_METRES = 15;

    private final World world;
    private final EmergencyVehicle config;
    private final AlertBook book;
    private final Steps steps;
    private final Ahead ahead;
    private final CrossingPaths crossing;
    private final Course ownWay = new Course();
    private final Course itsWay = new Course();
    private final Pairs pairs;
    private double seconds;
    private double metres;

    public EmergencyVehicleRule(final World world, final EmergencyVehicle config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_EVW, config.urgency().holdMillis());
        steps = config.urgency().steps();
        ahead = new Ahead(world, config.rangeMetres(), config.offRoadRangeMetres());
        crossing = new CrossingPaths(CROSSING_MARGIN_METRES, config.crossingSlackSeconds());
        pairs = new Pairs(world, book, KIND, this::look);
    }

    /** Looks again at the vehicles it was told of. */
    @Override
    public void assess(final Participant subject, final long atNs) {
        pairs.again(subject);
    }

    /** Looks for all it comes to. */
    @Override
    public void onMovedTarget(final Participant target, final long atNs) {
        if (comes(target)) {
            pairs.along(target, config.rangeMetres(), ASIDE_METRES);
        }
    }

    private boolean comes(final Participant target) {
        return target.classification() >= FIRST_CLASS
                && target.classification() <= LAST_CLASS
                && (target.sirenUse() == IN_USE || target.lightbarUse() == IN_USE)
                && target.speedMps() >= config.minSpeedMps();
    }

    private void look(final Participant subject, final Participant target) {
        final int before = book.severity(KIND, subject, target, null);
        seconds = Double.POSITIVE_INFINITY;
        metres = Double.NaN;
        int severity = 0;
        if (comes(target)
                && !CrossingPaths.onOtherLevels(subject, target)
                && (comesFromBehind(subject, target, before) || crosses(subject, target))) {
            severity = steps.severity(seconds, before);
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

    private boolean comesFromBehind(final Participant subject, final Participant target, final int before) {
        if (!ahead.look(/* subject= */ target, /* target= */ subject)
                || ahead.acrossMetres > config.besideMetres() * (before > 0 ? HOLD_WIDEN : 1)) {
            return false;
        }
        final double gap = Math.max(0, ahead.gapMetres);
        if (before == 0
                && gap > config.nearMetres()
                && target.speedMps() - subject.speedMps() < config.minClosingMps()) {
            return false;
        }
        metres = gap;
        seconds = gap / target.speedMps();
        return true;
    }

    private boolean crosses(final Participant subject, final Participant target) {
        if (!config.crossing() || subject.speedMps() < config.minCrossingMps()) {
            return false;
        }
        final double horizon = steps.horizonSeconds();
        ownWay.of(world, subject, BASE_METRES + subject.speedMps() * horizon);
        itsWay.of(world, target, BASE_METRES + target.speedMps() * horizon);
        if (!crossing.look(subject, ownWay, target, itsWay)) {
            return false;
        }
        metres = crossing.metres;
        seconds = crossing.seconds;
        return true;
    }
}
