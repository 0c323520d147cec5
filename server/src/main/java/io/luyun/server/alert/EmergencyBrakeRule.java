package io.luyun.server.alert;

import static io.luyun.server.world.Participant.ABSENT;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Severity;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** EBW: a vehicle ahead in the same or the next lane brakes hard. See the package. */
final class EmergencyBrakeRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_EBW_VALUE;
    private static final int HARD_BRAKING_BIT = 1 << 7;
    private static final double BESIDE_METRES = 20;
    /** A case that was told is not dropped by a little noise across. */
    private static final double HOLD_WIDEN = 1.25;

    private static final double CRITICAL_HOLD = 1.3;

    private final World world;
    private final AlertConfig.EmergencyBrake config;
    private final AlertBook book;
    private final Ahead ahead;
    private final ParticipantVisitor follower = this::visitFollower;
    private @Nullable Participant braking;

    EmergencyBrakeRule(final World world, final AlertConfig.EmergencyBrake config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        ahead = new Ahead(world, config.rangeMetres(), config.offRoadRangeMetres());
    }

    /** Looks again at the vehicles it was told of. */
    @Override
    public void assess(final Participant subject, final long atNs) {
        for (ActiveAlert alert = book.first(subject); alert != null; ) {
            final ActiveAlert next = alert.nextOfSubject;
            final Participant target = alert.target;
            if (alert.kind == KIND && target != null) {
                assess(subject, target);
            }
            alert = next;
        }
    }

    /** Looks for all that follow a vehicle which has just moved, when it brakes. */
    void onMoved(final Participant target) {
        if (!isBraking(target, false)) {
            return;
        }
        braking = target;
        final double endX = target.x() - target.dirX() * config.rangeMetres();
        final double endY = target.y() - target.dirY() * config.rangeMetres();
        world.forEachIn(
                Math.min(target.x(), endX) - BESIDE_METRES,
                Math.min(target.y(), endY) - BESIDE_METRES,
                Math.max(target.x(), endX) + BESIDE_METRES,
                Math.max(target.y(), endY) + BESIDE_METRES,
                follower);
        braking = null;
    }

    private void visitFollower(final Participant subject) {
        final Participant target = braking;
        if (target != null
                && subject != target
                && subject.ptcType() == ParticipantType.PARTICIPANT_MOTOR_VALUE
                && subject.speedMps() >= 0
                && (subject.dirX() != 0 || subject.dirY() != 0)) {
            assess(subject, target);
        }
    }

    private boolean isBraking(final Participant target, final boolean told) {
        if (!told && !(target.speedMps() >= config.minTargetSpeedMps())) {
            return false;
        }
        return (target.events() & HARD_BRAKING_BIT) != 0
                || target.accelMps2() <= -(told ? config.clearBrakingMps2() : config.hardBrakingMps2());
    }

    private void assess(final Participant subject, final Participant target) {
        final int before = book.severity(KIND, subject, target, null);
        final int severity = severity(subject, target, before);
        final double gap = severity == 0 ? 0 : ahead.gapMetres;
        if (severity == 0 && before == 0) {
            return;
        }
        final double seconds = severity == 0
                ? Double.POSITIVE_INFINITY
                : Kinematics.timeToCollision(
                        gap,
                        subject.speedMps(),
                        Kinematics.usable(subject.accelMps2()),
                        target.speedMps(),
                        Kinematics.usable(target.accelMps2()),
                        0);
        final boolean flagged = (target.events() & HARD_BRAKING_BIT) != 0;
        book.assess(
                KIND,
                subject,
                target,
                null,
                severity,
                flagged ? 1 : config.confirmReports(),
                Units.millis(seconds),
                severity == 0 ? ABSENT : Units.centimetres(gap),
                ABSENT);
    }

    private int severity(final Participant subject, final Participant target, final int before) {
        final boolean told = before > 0;
        if (!isBraking(target, told)
                || !ahead.look(subject, target)
                || (!told && (subject.speedMps() < config.minSpeedMps() || ahead.gapMetres <= 0))) {
            return 0;
        }
        final double headway = ahead.gapMetres / Math.max(0.1, subject.speedMps());
        if (headway > config.maxHeadwaySeconds() * (told ? HOLD_WIDEN : 1)) {
            return 0;
        }
        final boolean toldSame = before >= Severity.SEVERITY_WARNING_VALUE;
        if (ahead.acrossMetres <= config.sameLaneMetres() * (toldSame ? HOLD_WIDEN : 1)) {
            final boolean critical = headway
                    < config.criticalSeconds() * (before >= Severity.SEVERITY_CRITICAL_VALUE ? CRITICAL_HOLD : 1);
            return critical ? Severity.SEVERITY_CRITICAL_VALUE : Severity.SEVERITY_WARNING_VALUE;
        }
        return ahead.acrossMetres <= config.adjacentLaneMetres() * (told ? HOLD_WIDEN : 1)
                ? Severity.SEVERITY_CAUTION_VALUE
                : 0;
    }
}
