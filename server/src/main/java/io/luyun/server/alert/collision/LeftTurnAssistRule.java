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

/** LTA: the subject turns left across the way of an oncoming vehicle that is too near. See the package. */
public final class LeftTurnAssistRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_LTA_VALUE;

    private final World world;
    private final LeftTurnAssist config;
    private final AlertBook book;
    private final Steps steps;
    private final CrossingPaths paths;
    private final ParticipantVisitor oncoming = this::visit;
    private final Course subjectWay = new Course();
    private final Course targetWay = new Course();
    private final StopLine subjectLine;
    private final StopLine targetLine;
    private @Nullable Participant subject;
    private long nowNs;

    public LeftTurnAssistRule(final World world, final LeftTurnAssist config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_LTA, config.urgency().holdMillis());
        steps = config.urgency().steps();
        paths = new CrossingPaths(config.marginMetres(), config.gapSeconds());
        subjectLine = new StopLine(world);
        targetLine = new StopLine(world);
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        if (moved.speedMps() < config.minSpeedMps() || !LeftTurns.possible(moved) || Junctions.far(moved, steps)) {
            return;
        }
        subjectWay.of(world, moved, Junctions.reachMetres(moved, steps));
        if (subjectWay.turn() != Course.Turn.LEFT || !LeftTurns.sure(moved)) {
            return;
        }
        subjectLine.look(moved, Course.Turn.LEFT, atNs);
        if (subjectLine.holds(config.brakesMps2())) {
            return;
        }
        subject = moved;
        nowNs = atNs;
        Boxes.visit(world, moved, Junctions.reachMetres(moved, steps), config.besideMetres(), oncoming);
        subject = null;
    }

    private void visit(final Participant target) {
        final Participant from = subject;
        if (from == null
                || target == from
                || target.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || !(target.speedMps() >= config.minTargetSpeedMps())
                || Junctions.far(target, steps)
                || !LeftTurns.acrossOncoming(from, subjectWay, target)) {
            return;
        }
        targetWay.of(world, target, Junctions.reachMetres(target, steps));
        if (!paths.look(from, subjectWay, target, targetWay) || lightsKeepThemApart(target)) {
            return;
        }
        final int before = book.severity(KIND, from, target, null);
        // bodies that already touch are one vehicle seen twice, unless they were seen to come together
        final int severity = paths.seconds <= 0 && before == 0 ? 0 : steps.severity(paths.seconds, before);
        book.of(KIND, from)
                .target(target)
                .confirmedBy(config.urgency().confirmReports())
                .inSeconds(paths.seconds)
                .inMetres(paths.metres)
                .is(severity);
    }

    private boolean lightsKeepThemApart(final Participant target) {
        targetLine.look(target, targetWay.turn(), nowNs);
        return targetLine.holds(config.brakesMps2()) || (subjectLine.keepsOthersOff() && !targetLine.known());
    }
}
