package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.CrossingPaths;
import io.luyun.server.alert.geometry.Kinematics;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** VRUCW: someone on foot or on a cycle is, or is about to be, in the way. See the package. */
public final class VulnerableRoadUserRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_VRUCW_VALUE;
    private static final double BASE_METRES = 15;

    private final World world;
    private final VulnerableRoadUser config;
    private final AlertBook book;
    private final Steps steps;
    private final CrossingPaths paths;
    private final ParticipantVisitor inTheWay = this::visit;
    private @Nullable Participant subject;
    private double seconds;
    private double metres;

    public VulnerableRoadUserRule(final World world, final VulnerableRoadUser config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_VRUCW, config.holdMillis());
        steps = config.steps();
        paths = new CrossingPaths(config.marginMetres());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        if (moved.speedMps() < config.minSpeedMps()) {
            return;
        }
        subject = moved;
        final double reach = BASE_METRES + moved.speedMps() * steps.horizonSeconds();
        Boxes.visitPeople(world, moved, reach, config.besideMetres(), inTheWay);
        subject = null;
    }

    private void visit(final Participant target) {
        final Participant from = subject;
        final int type = target.ptcType();
        if (from == null
                || (type != ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE
                        && type != ParticipantType.PARTICIPANT_NON_MOTOR_VALUE)
                || CrossingPaths.onOtherLevels(from, target)) {
            return;
        }
        seconds = Double.POSITIVE_INFINITY;
        if (target.speedMps() >= config.minTargetSpeedMps() && headed(target) && paths.look(from, target)) {
            seconds = paths.seconds;
            metres = paths.metres;
        }
        if (type == ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE) {
            lookAhead(from, target);
        }
        book.of(KIND, from)
                .target(target)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(metres)
                .is(steps.severity(seconds, book.severity(KIND, from, target, null)));
    }

    /** Who is in the way now, moving or not; FCW leaves people on foot out. */
    private void lookAhead(final Participant from, final Participant target) {
        final double dx = target.x() - from.x();
        final double dy = target.y() - from.y();
        final double across = Math.abs(dx * from.dirY() - dy * from.dirX());
        final double gap = dx * from.dirX()
                + dy * from.dirY()
                - 0.5 * (CrossingPaths.lengthMetres(from) + CrossingPaths.lengthMetres(target));
        if (gap <= 0
                || across
                        > 0.5 * (CrossingPaths.widthMetres(from) + CrossingPaths.widthMetres(target))
                                + config.marginMetres()) {
            return;
        }
        final double walksAhead = target.speedMps() >= config.minTargetSpeedMps()
                ? Math.max(0, target.speedMps() * (from.dirX() * target.dirX() + from.dirY() * target.dirY()))
                : 0;
        final double time =
                Kinematics.timeToCollision(gap, from.speedMps(), Kinematics.usable(from.accelMps2()), walksAhead, 0, 0);
        if (time < seconds) {
            seconds = time;
            metres = gap;
        }
    }

    private static boolean headed(final Participant target) {
        return target.dirX() != 0 || target.dirY() != 0;
    }
}
