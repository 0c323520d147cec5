package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.Kinematics;
import io.luyun.server.alert.geometry.Lights;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.alert.life.Steps;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** FCW: the nearest road user ahead in the lane would be hit. See the package. */
public final class ForwardCollisionRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_FCW_VALUE;
    /** Room beside the straight way ahead in which a bend may lie. */
    private static final double BESIDE_METRES = 20;

    private static final double BASE_METRES = 15;

    /** Who signals and is so far beside the one ahead changes lanes. */
    private static final double LEAVING_METRES = 0.5;

    /** Most braking ends before the vehicle stands. */
    private static final double IF_IT_BRAKES_ON = 1.5;

    private final World world;
    private final ForwardCollision config;
    private final AlertBook book;
    private final Ahead ahead;
    private final Steps steps;
    private final ParticipantVisitor nearest = this::weigh;
    private @Nullable Participant subject;
    private @Nullable Participant lead;
    private double leadGapMetres;
    private double leadAcrossMetres;
    private double leadPartingMps;

    public ForwardCollisionRule(final World world, final ForwardCollision config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_FCW, config.holdMillis());
        ahead = new Ahead(world, config.rangeMetres(), config.offRoadRangeMetres());
        steps = new Steps(
                config.cautionSeconds(), config.warningSeconds(), config.criticalSeconds(), config.clearFactor());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        if (moved.speedMps() < config.minSpeedMps()
                || moved.transmission() == TransmissionState.TRANSMISSION_REVERSE_GEARS_VALUE) {
            return;
        }
        subject = moved;
        lead = null;
        leadGapMetres = Double.POSITIVE_INFINITY;
        final double reach = Math.min(config.rangeMetres(), BASE_METRES + moved.speedMps() * steps.horizonSeconds());
        Boxes.visit(world, moved, reach, BESIDE_METRES, nearest);
        final Participant found = lead;
        if (found != null) {
            assess(moved, found, leadGapMetres);
        }
        subject = null;
        lead = null;
    }

    private void weigh(final Participant target) {
        final Participant from = subject;
        if (from == null
                || target == from
                || target.ptcType() == ParticipantType.PARTICIPANT_PEDESTRIAN_VALUE
                || !(target.speedMps() >= 0)
                || !ahead.look(from, target)) {
            return;
        }
        final boolean told = book.severity(KIND, from, target, null) > 0;
        final double overlap = told ? config.laneOverlapMetres() * config.clearFactor() : config.laneOverlapMetres();
        if ((ahead.acrossMetres > overlap && !seenInLane(from, target)) || (ahead.gapMetres <= 0 && !told)) {
            return;
        }
        if (ahead.gapMetres < leadGapMetres) {
            leadGapMetres = ahead.gapMetres;
            leadAcrossMetres = ahead.acrossMetres;
            leadPartingMps = ahead.partingMps;
            lead = target;
        }
    }

    /**
     * Whether a unit sees the target in the subject's lane. Two receivers err alike, a receiver and a unit do not: there the
     * lanes say more than the distance across.
     */
    private static boolean seenInLane(final Participant from, final Participant target) {
        return target.device() < 0 && from.lane() > 0 && from.lane() == target.lane() && from.link() == target.link();
    }

    private void assess(final Participant moved, final Participant target, final double gapMetres) {
        final double brakes = Kinematics.usable(moved.accelMps2());
        final double targetBrakes = Kinematics.usable(target.accelMps2());
        final double seconds = Kinematics.timeToCollision(
                gapMetres, moved.speedMps(), brakes, target.speedMps(), targetBrakes, config.minClosingMps());
        final int before = book.severity(KIND, moved, target, null);
        final double lacking = Kinematics.neededMps2(gapMetres, moved.speedMps(), target.speedMps(), targetBrakes)
                - Math.max(0, -brakes);
        final int severity =
                lacking < tolerable(gapMetres, moved, brakes, target, before) || parts(moved, target, seconds)
                        ? 0
                        : steps.severity(seconds, before);
        book.of(KIND, moved)
                .target(target)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(gapMetres)
                .is(severity);
    }

    /** Lacking deceleration below which it is no case; more where the target would have to brake on until it stands. */
    private double tolerable(
            final double gapMetres,
            final Participant moved,
            final double brakes,
            final Participant target,
            final int before) {
        if (before > 0) {
            return config.lackingMps2() / config.clearFactor();
        }
        final double steady = Kinematics.timeToCollision(
                gapMetres, moved.speedMps(), brakes, target.speedMps(), 0, config.minClosingMps());
        return steady <= config.cautionSeconds() ? config.lackingMps2() : config.lackingMps2() * IF_IT_BRAKES_ON;
    }

    /** Whether one of them is on its way out of the lane. */
    private boolean parts(final Participant moved, final Participant target, final double seconds) {
        if (leadPartingMps > 0 && leadAcrossMetres + leadPartingMps * seconds > config.laneOverlapMetres()) {
            return true;
        }
        if (moved.link() == null || moved.link() != target.link() || seconds <= config.criticalSeconds()) {
            return false;
        }
        final double toTheRight = moved.lateralMetres() - target.lateralMetres();
        final int signal = moved.lights() & Lights.TURN;
        return (signal == Lights.RIGHT_TURN && toTheRight > LEAVING_METRES)
                || (signal == Lights.LEFT_TURN && toTheRight < -LEAVING_METRES);
    }
}
