package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.geometry.Kinematics;
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

    private final World world;
    private final ForwardCollision config;
    private final AlertBook book;
    private final Ahead ahead;
    private final Steps steps;
    private final ParticipantVisitor nearest = this::weigh;
    private @Nullable Participant subject;
    private @Nullable Participant lead;
    private double leadGapMetres;

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
        if (ahead.acrossMetres > overlap || (ahead.gapMetres <= 0 && !told)) {
            return;
        }
        if (ahead.gapMetres < leadGapMetres) {
            leadGapMetres = ahead.gapMetres;
            lead = target;
        }
    }

    private void assess(final Participant moved, final Participant target, final double gapMetres) {
        final double seconds = Kinematics.timeToCollision(
                gapMetres,
                moved.speedMps(),
                Kinematics.usable(moved.accelMps2()),
                target.speedMps(),
                Kinematics.usable(target.accelMps2()),
                config.minClosingMps());
        final int before = book.severity(KIND, moved, target, null);
        final int severity = steps.severity(seconds, before);
        book.of(KIND, moved)
                .target(target)
                .confirmedBy(config.confirmReports())
                .inSeconds(seconds)
                .inMetres(gapMetres)
                .is(severity);
    }
}
