package io.luyun.server.alert.lanechange;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.server.alert.geometry.Beside;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.PerRoadUser;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** LCW: a vehicle comes from behind in the lane the subject means to go to. See the package. */
public final class LaneChangeRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_LCW_VALUE;
    private static final double HALF = 0.5;
    /** Room beside the straight way behind in which a bend may lie. */
    private static final double BESIDE_METRES = 20;

    private final World world;
    private final LaneChange config;
    private final AlertBook book;
    private final Steps steps;
    private final Beside beside;
    private final PerRoadUser<Intention> intentions = new PerRoadUser<>(Intention::new);
    private final ParticipantVisitor others = this::weigh;
    private @Nullable Participant subject;
    private @Nullable Intention intention;

    public LaneChangeRule(final World world, final LaneChange config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        steps = config.urgency().steps();
        book.hold(AlertKind.ALERT_KIND_LCW, config.urgency().holdMillis());
        beside = new Beside(world, config.rangeMetres(), config.offRoadRangeMetres());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        final Intention its = intentions.of(moved);
        its.take(moved, config.movesMps(), atNs);
        if (!its.any() || moved.speedMps() < config.minSpeedMps()) {
            return;
        }
        subject = moved;
        intention = its;
        Boxes.visit(world, moved, -config.rangeMetres(), BESIDE_METRES, others);
        subject = null;
        intention = null;
    }

    private void weigh(final Participant target) {
        final Participant of = subject;
        final Intention its = intention;
        if (of == null
                || its == null
                || target == of
                || target.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || !(target.speedMps() - of.speedMps() >= config.minClosingMps())
                || (target.dirX() == 0 && target.dirY() == 0)
                || !beside.look(of, target)) {
            return;
        }
        final int before = book.severity(KIND, of, target, null);
        final double gap = -beside.aheadMetres - HALF * (of.lengthMetres() + target.lengthMetres());
        if (gap > 0 && its.concerns(beside, before > 0)) {
            final double seconds = gap / (target.speedMps() - of.speedMps());
            book.of(KIND, of)
                    .target(target)
                    .confirmedBy(config.urgency().confirmReports())
                    .inSeconds(seconds)
                    .inMetres(gap)
                    .is(steps.severity(seconds, before));
        }
    }

    @Override
    public void clear() {
        intentions.clear();
    }
}
