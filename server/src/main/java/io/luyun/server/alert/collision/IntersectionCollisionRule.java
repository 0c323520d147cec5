package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Course;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** ICW: the way of another vehicle crosses, and both would be there at the same time. See the package. */
public final class IntersectionCollisionRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_ICW_VALUE;
    private static final double BASE_METRES = 15;

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
        if (moved.speedMps() < config.minSpeedMps() || farFromJunction(moved)) {
            return;
        }
        subject = moved;
        subjectWayKnown = false;
        Boxes.visit(world, moved, reach(moved), config.besideMetres(), crossing);
        subject = null;
    }

    /** Nobody crosses the middle of a link; this spares most of the search. */
    private boolean farFromJunction(final Participant moved) {
        final Link link = moved.link();
        return link != null && !link.connector() && link.lengthMetres() - moved.alongMetres() > reach(moved);
    }

    private double reach(final Participant moved) {
        return BASE_METRES + moved.speedMps() * steps.horizonSeconds();
    }

    private void visit(final Participant target) {
        final Participant from = subject;
        if (from == null
                || target == from
                || target.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || !(target.speedMps() >= config.minTargetSpeedMps())
                || followsOrLeads(from, target)
                || farFromJunction(target)
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

    private boolean meet(final Participant from, final Participant target) {
        if (!subjectWayKnown) {
            subjectWay.of(world, from, reach(from));
            subjectWayKnown = true;
        }
        targetWay.of(world, target, reach(target));
        return paths.look(from, subjectWay, target, targetWay);
    }
}
