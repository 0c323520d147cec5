package io.luyun.server.alert.collision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.geometry.Ahead;
import io.luyun.server.alert.geometry.Kinematics;
import io.luyun.server.alert.geometry.Pairs;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Participant;
import io.luyun.server.world.World;

/** EBW: a vehicle ahead in the same or the next lane brakes hard. See the package. */
public final class EmergencyBrakeRule implements Rule, Rule.OfTargets {
    private static final int KIND = AlertKind.ALERT_KIND_EBW_VALUE;
    private static final int HARD_BRAKING_BIT = 1 << 7;
    private static final double BESIDE_METRES = 20;
    /** A case that was told is not dropped by a little noise across. */
    private static final double HOLD_WIDEN = 1.25;

    private static final double CRITICAL_HOLD = 1.3;

    private final EmergencyBrake config;
    private final AlertBook book;
    private final Ahead ahead;
    private final Pairs pairs;

    public EmergencyBrakeRule(final World world, final EmergencyBrake config, final AlertBook book) {
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_EBW, config.holdMillis());
        pairs = new Pairs(world, book, KIND, this::assess);
        ahead = new Ahead(world, config.rangeMetres(), config.offRoadRangeMetres());
    }

    /** Looks again at the vehicles it was told of. */
    @Override
    public void assess(final Participant subject, final long atNs) {
        pairs.again(subject);
    }

    /** Looks for all that follow it, when it brakes. */
    @Override
    public void onMovedTarget(final Participant target, final long atNs) {
        if (isBraking(target, false)) {
            pairs.along(target, -config.rangeMetres(), BESIDE_METRES);
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
        book.of(KIND, subject)
                .target(target)
                .newsOfTargetOnly()
                .confirmedBy(flagged ? 1 : config.confirmReports())
                .inSeconds(seconds)
                .inMetres(severity == 0 ? Double.NaN : gap)
                .is(severity);
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
