package io.luyun.server.alert.lanechange;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.geometry.Beside;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.PerRoadUser;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** BSW: a vehicle is in the blind spot on the side the subject means to go to. See the package. */
public final class BlindSpotRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_BSW_VALUE;
    private static final double HALF = 0.5;
    /** Longer vehicles are none. */
    private static final double LONGEST_METRES = 30;
    /** A case that was told is not dropped by a little noise along the road. */
    private static final double HOLD_METRES = 1;

    private final World world;
    private final BlindSpot config;
    private final AlertBook book;
    private final Beside beside;
    private final PerRoadUser<Intention> intentions = new PerRoadUser<>(Intention::new);
    private final ParticipantVisitor others = this::weigh;
    private @Nullable Participant subject;
    private @Nullable Intention intention;

    public BlindSpotRule(final World world, final BlindSpot config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_BSW, config.holdMillis());
        beside = new Beside(world, LONGEST_METRES, LONGEST_METRES);
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
        Boxes.visit(world, moved, 0, LONGEST_METRES, others);
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
                || !(target.speedMps() >= config.minTargetSpeedMps())
                || (target.dirX() == 0 && target.dirY() == 0)
                || !beside.look(of, target)) {
            return;
        }
        final boolean told = book.severity(KIND, of, target, null) > 0;
        if (its.concerns(beside, told)
                && isInZone(of, target, told ? HOLD_METRES : 0)
                && (!its.moves() || told || its.nears(of, target, config.movesMps()))) {
            book.of(KIND, of)
                    .target(target)
                    .confirmedBy(config.confirmReports())
                    .inMetres(Math.abs(beside.aheadMetres))
                    .is(its.moves() ? Severity.SEVERITY_WARNING_VALUE : Severity.SEVERITY_CAUTION_VALUE);
        }
    }

    private boolean isInZone(final Participant of, final Participant target, final double widenMetres) {
        final double half = HALF * target.lengthMetres() + widenMetres;
        return beside.aheadMetres + half > -HALF * of.lengthMetres() - config.behindMetres()
                && beside.aheadMetres - half < config.aheadMetres();
    }

    @Override
    public void clear() {
        intentions.clear();
    }
}
