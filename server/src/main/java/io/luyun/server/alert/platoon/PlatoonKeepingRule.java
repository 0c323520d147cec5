package io.luyun.server.alert.platoon;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.RoleInPlatooning;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.StatusInPlatooning;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.geometry.Boxes;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Finding;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.Platoon;
import io.luyun.server.world.PlatoonVehicle;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** CPM: a platoon does not hold together. See the package. */
public final class PlatoonKeepingRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_CPM_VALUE;
    private static final int WIDE = AlertReason.ALERT_REASON_PLATOON_GAP_WIDE_VALUE;
    private static final int CLOSE = AlertReason.ALERT_REASON_PLATOON_GAP_CLOSE_VALUE;
    private static final int CAUTION = Severity.SEVERITY_CAUTION_VALUE;
    private static final int WARNING = Severity.SEVERITY_WARNING_VALUE;
    private static final double NANOS = 1e9;
    private static final double BESIDE_METRES = 5;

    private final World world;
    private final PlatoonKeeping config;
    private final AlertBook book;
    private final Ahead before;
    private final Ahead between;
    private final ParticipantVisitor intruders = this::intruder;

    // whose gap is being looked at
    private @Nullable Participant follower;
    private @Nullable Platoon platoon;

    public PlatoonKeepingRule(final World world, final PlatoonKeeping config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_CPM, config.holdMillis());
        before = new Ahead(world, config.rangeMetres(), config.rangeMetres());
        between = new Ahead(world, config.rangeMetres(), config.rangeMetres());
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final PlatoonVehicle vehicle = world.platooning(subject);
        if (vehicle == null
                || vehicle.device() != subject.device()
                || vehicle.role() == RoleInPlatooning.PLATOONING_FREE_VEHICLE_VALUE) {
            return;
        }
        final Platoon named = vehicle.platoon();
        if (named == null) {
            return;
        }
        final int place = named.placeOf(vehicle.bsmId());
        final boolean follows = vehicle.status() == StatusInPlatooning.PLATOONING_FOLLOWING_VALUE;
        if (place == 0) {
            members(subject, named, atNs);
        } else if (place < 0 && follows) {
            found(subject, named, AlertReason.ALERT_REASON_PLATOON_NOT_MEMBER_VALUE)
                    .is(CAUTION);
        } else if (follows && subject.speedMps() >= config.minSpeedMps()) {
            final Participant ahead = world.byBsmId(named.member(place - 1));
            if (ahead != null && ahead != subject && before.look(subject, ahead)) {
                gap(subject, named, ahead);
            }
        }
    }

    private Finding found(final Participant subject, final Platoon of, final int reason) {
        return book.of(KIND, subject).platoon(of).because(reason).confirmedBy(config.confirmReports());
    }

    /** Who of the leader's list says nothing any more; one of them stands for all. */
    private void members(final Participant leader, final Platoon of, final long atNs) {
        for (int i = 1; i < of.size(); i++) {
            final PlatoonVehicle member = world.platooning(of.member(i));
            final double seconds = member == null ? Double.POSITIVE_INFINITY : (atNs - member.lastAtNs()) / NANOS;
            if (seconds > config.silentSeconds()) {
                found(leader, of, AlertReason.ALERT_REASON_PLATOON_MEMBER_SILENT_VALUE)
                        .measured(Math.min(seconds, Short.MAX_VALUE), config.silentSeconds())
                        .is(CAUTION);
                return;
            }
        }
    }

    private void gap(final Participant subject, final Platoon of, final Participant ahead) {
        final double gap = before.gapMetres;
        final double widest = Math.max(config.maxGapMetres(), config.maxGapSeconds() * subject.speedMps());
        final double least = config.minGapSeconds() * subject.speedMps();
        if (gap > widest / (book.severity(KIND, subject, ahead, WIDE) > 0 ? config.clearFactor() : 1)) {
            found(subject, of, WIDE)
                    .target(ahead)
                    .inMetres(gap)
                    .measured(gap, widest)
                    .is(CAUTION);
        } else if (gap < least * (book.severity(KIND, subject, ahead, CLOSE) > 0 ? config.clearFactor() : 1)) {
            found(subject, of, CLOSE)
                    .target(ahead)
                    .inMetres(gap)
                    .measured(gap, least)
                    .is(WARNING);
        }
        follower = subject;
        platoon = of;
        Boxes.visit(world, subject, before.alongMetres, BESIDE_METRES, intruders);
        follower = null;
        platoon = null;
    }

    private void intruder(final Participant other) {
        final Participant subject = follower;
        final Platoon of = platoon;
        if (subject == null
                || of == null
                || other == subject
                || other.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || (other.hasBsmId() && of.placeOf(other.bsmId()) >= 0)
                || !between.look(subject, other)) {
            return;
        }
        if (between.acrossMetres <= config.laneMetres() && between.alongMetres < before.alongMetres) {
            found(subject, of, AlertReason.ALERT_REASON_PLATOON_CUT_IN_VALUE)
                    .target(other)
                    .inMetres(between.gapMetres)
                    .is(WARNING);
        }
    }
}
