package io.luyun.server.alert.vehicle;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.Lights;
import io.luyun.server.alert.geometry.Pairs;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.AgainstTraffic;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** AVW: a vehicle ahead says that it is in trouble, or one comes the wrong way. See the package. */
public final class AbnormalVehicleRule implements Rule, Rule.OfTargets {
    private static final int KIND = AlertKind.ALERT_KIND_AVW_VALUE;
    private static final int TROUBLE = Events.HAZARD_LIGHTS | Events.FLAT_TYRE | Events.DISABLED | Events.AIRBAG;
    private static final double HALF = 0.5;
    /** A case that was told is not dropped by a little noise across. */
    private static final double HOLD_WIDEN = 1.25;

    private final World world;
    private final AbnormalVehicle config;
    private final AlertBook book;
    private final Steps steps;
    private final Ahead ahead;
    private final AgainstTraffic against = new AgainstTraffic();
    private final Pairs pairs;
    private double seconds;
    private double metres;

    public AbnormalVehicleRule(final World world, final AbnormalVehicle config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_AVW, config.urgency().holdMillis());
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
        if (isInTrouble(target) || isWrongWay(target)) {
            pairs.around(target, config.rangeMetres());
        }
    }

    private static boolean isInTrouble(final Participant target) {
        return (target.events() & TROUBLE) != 0 || (target.lights() & Lights.HAZARD) != 0;
    }

    private boolean isWrongWay(final Participant target) {
        return config.wrongWay() && target.speedMps() >= config.minSpeedMps() && against.find(world, target);
    }

    private void look(final Participant subject, final Participant target) {
        final int before = book.severity(KIND, subject, target, null);
        seconds = Double.POSITIVE_INFINITY;
        metres = Double.NaN;
        int severity = 0;
        if ((before > 0 || subject.speedMps() >= config.minSpeedMps())
                && !CrossingPaths.onOtherLevels(subject, target)) {
            severity = isInTrouble(target) ? ofTrouble(subject, target, before) : ofWrongWay(subject, target, before);
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

    private int ofTrouble(final Participant subject, final Participant target, final int before) {
        final double widen = before > 0 ? HOLD_WIDEN : 1;
        if (isBesideRoad(target)
                || !ahead.look(subject, target)
                || ahead.gapMetres <= 0
                || ahead.acrossMetres > config.adjacentLaneMetres() * widen) {
            return 0;
        }
        metres = ahead.gapMetres;
        final double closing = subject.speedMps() - Math.max(0, target.speedMps());
        if (closing >= config.minClosingMps()) {
            seconds = metres / closing;
        }
        final int severity = steps.severity(seconds, before);
        final double lane = config.sameLaneMetres() * (before >= Severity.SEVERITY_WARNING_VALUE ? HOLD_WIDEN : 1);
        return ahead.acrossMetres <= lane ? severity : Math.min(severity, Severity.SEVERITY_CAUTION_VALUE);
    }

    private boolean isBesideRoad(final Participant target) {
        final Link link = target.link();
        return link != null
                && !link.connector()
                && Math.abs(target.lateralMetres())
                        > link.lanes() * link.laneWidthMetres() * HALF + config.roadsideMetres();
    }

    /** It comes on the subject's own carriageway: a step more urgent. */
    private int ofWrongWay(final Participant subject, final Participant target, final int before) {
        if (!isWrongWay(target) || against.link() != subject.link()) {
            return 0;
        }
        final double gap =
                against.alongMetres() - subject.alongMetres() - (subject.lengthMetres() + target.lengthMetres()) * HALF;
        if (gap <= 0 || gap > config.rangeMetres()) {
            return 0;
        }
        // receivers err, but two of them alike
        final boolean sure = against.besideOwnMetres() >= config.besideOwnMetres()
                || Math.abs(against.lateralMetres() - subject.lateralMetres()) <= config.headOnMetres();
        if (!sure && before == 0) {
            return 0;
        }
        metres = gap;
        seconds = gap / (subject.speedMps() + target.speedMps());
        final int severity = steps.severity(seconds, before > 1 ? before - 1 : before);
        return severity == 0 ? 0 : severity + 1;
    }
}
