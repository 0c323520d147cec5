package io.luyun.server.alert;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** ICW: the way of another vehicle crosses, and both would be there at the same time. See the package. */
final class IntersectionCollisionRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_ICW_VALUE;
    private static final double BASE_METRES = 15;

    private final World world;
    private final IntersectionCollision config;
    private final AlertBook book;
    private final Steps steps;
    private final CrossingPaths paths;
    private final ParticipantVisitor crossing = this::visit;
    private @Nullable Participant subject;

    IntersectionCollisionRule(final World world, final IntersectionCollision config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        steps = config.steps();
        paths = new CrossingPaths(config.marginMetres());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        final double reach = BASE_METRES + moved.speedMps() * steps.horizonSeconds();
        if (moved.speedMps() < config.minSpeedMps() || farFromJunction(moved, reach)) {
            return;
        }
        subject = moved;
        final double endX = moved.x() + moved.dirX() * reach;
        final double endY = moved.y() + moved.dirY() * reach;
        world.forEachIn(
                Math.min(moved.x(), endX) - config.besideMetres(),
                Math.min(moved.y(), endY) - config.besideMetres(),
                Math.max(moved.x(), endX) + config.besideMetres(),
                Math.max(moved.y(), endY) + config.besideMetres(),
                crossing);
        subject = null;
    }

    /** Nobody crosses the middle of a link; this spares most of the search. */
    private static boolean farFromJunction(final Participant moved, final double reach) {
        final Link link = moved.link();
        return link != null && !link.connector() && link.lengthMetres() - moved.alongMetres() > reach;
    }

    private void visit(final Participant target) {
        final Participant from = subject;
        if (from == null
                || target == from
                || target.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || !(target.speedMps() >= config.minTargetSpeedMps())
                || (target.link() != null && target.link() == from.link())
                || !paths.look(from, target)) {
            return;
        }
        final int before = book.severity(KIND, from, target, null);
        // bodies that already touch are one vehicle seen twice, unless they were seen to come together
        final int severity = paths.seconds <= 0 && before == 0 ? 0 : steps.severity(paths.seconds, before);
        book.assess(
                KIND,
                from,
                target,
                null,
                severity,
                config.confirmReports(),
                Units.millis(paths.seconds),
                Units.centimetres(paths.metres),
                ABSENT);
    }
}
