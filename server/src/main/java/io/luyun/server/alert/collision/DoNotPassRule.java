package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.OnWay;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Course;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** DNPW: the subject passes, or is about to, and an oncoming vehicle comes before it is done. See the package. */
public final class DoNotPassRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_DNPW_VALUE;
    /** Cosine of 150 degrees to the way: who heads so comes the other way. */
    private static final double ONCOMING_COS = -0.866;
    /** Room beside the straight way ahead in which a bend may lie, as a share of its length. */
    private static final double BEND_SHARE = 0.3;

    private static final double FASTEST_ONCOMING_MPS = 35;

    private final World world;
    private final DoNotPass config;
    private final AlertBook book;
    private final Passing passing;
    private final Course way = new Course();
    private final OnWay onWay = new OnWay();
    private final ParticipantVisitor oncoming = this::weigh;
    private @Nullable Participant subject;
    private @Nullable Participant nearest;
    private double seconds;
    private double metres;

    public DoNotPassRule(final World world, final DoNotPass config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_DNPW, config.holdMillis());
        passing = new Passing(world, config);
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        if (!passing.find(moved, atNs)) {
            return;
        }
        final double horizon = (passing.seconds + config.marginSeconds()) * config.clearFactor();
        final double reachMetres = Math.min(config.rangeMetres(), horizon * (passing.mps + FASTEST_ONCOMING_MPS));
        way.of(world, moved, reachMetres);
        subject = moved;
        nearest = null;
        seconds = Double.POSITIVE_INFINITY;
        Boxes.visit(world, moved, reachMetres, reachMetres * BEND_SHARE, oncoming);
        final Participant comes = nearest;
        subject = null;
        nearest = null;
        if (comes != null) {
            assess(moved, comes);
        }
    }

    private void assess(final Participant moved, final Participant comes) {
        final double needed = passing.seconds + config.marginSeconds();
        final boolean told = book.severity(KIND, moved, comes, null) > 0;
        book.of(KIND, moved)
                .target(comes)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(seconds < (told ? needed * config.clearFactor() : needed) ? severity() : 0);
    }

    private int severity() {
        if (!passing.out()) {
            return Severity.SEVERITY_CAUTION_VALUE;
        }
        return seconds <= config.criticalSeconds() ? Severity.SEVERITY_CRITICAL_VALUE : Severity.SEVERITY_WARNING_VALUE;
    }

    private void weigh(final Participant target) {
        final Participant from = subject;
        if (from == null
                || target == from
                || target.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || !(target.speedMps() >= config.minTargetSpeedMps())
                || target.dirX() * from.dirX() + target.dirY() * from.dirY() > 0
                || CrossingPaths.onOtherLevels(from, target)
                || !onWay.look(way, target)
                || onWay.cosine > ONCOMING_COS
                || Math.abs(passing.leftMetres - onWay.rightMetres) > besideMetres(target)) {
            return;
        }
        final double gap = Math.max(0, onWay.alongMetres - 0.5 * (from.lengthMetres() + target.lengthMetres()));
        final double meet = gap / (passing.mps + target.speedMps());
        if (meet < seconds) {
            seconds = meet;
            metres = gap;
            nearest = target;
        }
    }

    /** How far beside the one ahead it still is in the next lane; where its carriageway has one lane, the map tells. */
    private double besideMetres(final Participant target) {
        final Link on = target.link();
        return config.besideMetres() + (on != null && on.lanes() == 1 ? 0.5 * on.laneWidthMetres() : 0);
    }
}
