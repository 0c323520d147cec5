package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.LeftTurns;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Course;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** ICW: the way of another vehicle crosses, and both would be there at the same time. See the package. */
public final class IntersectionCollisionRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_ICW_VALUE;

    private final World world;
    private final IntersectionCollision config;
    private final AlertBook book;
    private final Steps steps;
    private final CrossingPaths paths;
    private final ParticipantVisitor crossing = this::visit;
    private final Course subjectWay = new Course();
    private final Course targetWay = new Course();
    private @Nullable Participant subject;
    private boolean subjectWayKnown;

    public IntersectionCollisionRule(final World world, final IntersectionCollision config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_ICW, config.holdMillis());
        steps = config.steps();
        paths = new CrossingPaths(config.marginMetres());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        if (moved.speedMps() < config.minSpeedMps() || Junctions.far(moved, steps)) {
            return;
        }
        subject = moved;
        subjectWayKnown = false;
        Boxes.visit(world, moved, Junctions.reachMetres(moved, steps), config.besideMetres(), crossing);
        subject = null;
    }

    private void visit(final Participant target) {
        final Participant from = subject;
        if (from == null
                || target == from
                || target.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || !(target.speedMps() >= config.minTargetSpeedMps())
                || followsOrLeads(from, target)
                || Junctions.far(target, steps)
                || !meet(from, target)) {
            return;
        }
        final int before = book.severity(KIND, from, target, null);
        // bodies that already touch are one vehicle seen twice, unless they were seen to come together
        final int severity = paths.seconds <= 0 && before == 0 ? 0 : steps.severity(paths.seconds, before);
        book.of(KIND, from)
                .target(target)
                .confirmedBy(config.confirmReports())
                .inSeconds(paths.seconds)
                .inMetres(paths.metres)
                .is(severity);
    }

    /** Who come from the same carriageway are behind each other. */
    private static boolean followsOrLeads(final Participant from, final Participant target) {
        return from.link() != null
                && target.link() != null
                && from.link().origin() == target.link().origin();
    }

    /** Whether they would be at one place at a time; a left turn across the way of an oncoming vehicle is for LTA. */
    private boolean meet(final Participant from, final Participant target) {
        if (from.link() == null && target.link() == null && CrossingPaths.parallel(from, target)) {
            return false;
        }
        if (!subjectWayKnown) {
            subjectWay.of(world, from, Junctions.reachMetres(from, steps));
            subjectWayKnown = true;
        }
        if (LeftTurns.acrossOncoming(from, subjectWay, target)) {
            return false;
        }
        targetWay.of(world, target, Junctions.reachMetres(target, steps));
        return (LeftTurns.sure(target) || !LeftTurns.acrossOncoming(target, targetWay, from))
                && paths.look(from, subjectWay, target, targetWay);
    }
}
