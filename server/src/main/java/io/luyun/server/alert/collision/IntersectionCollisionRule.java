package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
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
    private @Nullable Participant subject;

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
        final double reach = BASE_METRES + moved.speedMps() * steps.horizonSeconds();
        if (moved.speedMps() < config.minSpeedMps() || farFromJunction(moved, reach)) {
            return;
        }
        subject = moved;
        Boxes.visit(world, moved, reach, config.besideMetres(), crossing);
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
        book.of(KIND, from)
                .target(target)
                .confirmedBy(config.confirmReports())
                .inSeconds(paths.seconds)
                .inMetres(paths.metres)
                .is(severity);
    }
}
