package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.PerRoadUser;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;

/** ABNORMAL_DRIVING: the subject brakes or accelerates harshly, or weaves. See the package. */
public final class AbnormalDrivingRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_ABNORMAL_DRIVING_VALUE;
    private static final double SECOND_NS = 1e9;
    /** Part of the threshold below which an acceleration is no longer harsh. */
    private static final double CLEAR = 0.7;
    /** The road's direction is that of a chord which reaches so far ahead and back: maps have corners, roads and drivers do not. */
    private static final double CHORD_SECONDS = 1;

    private final AbnormalDriving config;
    private final AlertBook book;
    private final PerRoadUser<Swings> swings = new PerRoadUser<>(Swings::new);
    private final double swingSin;
    private final long windowNs;

    public AbnormalDrivingRule(final AbnormalDriving config, final AlertBook book) {
        this.config = config;
        this.book = book;
        book.hold(AlertKind.ALERT_KIND_ABNORMAL_DRIVING, config.holdMillis());
        swingSin = StrictMath.sin(StrictMath.toRadians(config.swingDeg()));
        windowNs = (long) (config.windowSeconds() * SECOND_NS);
    }

    @Override
    public void assess(final Participant subject, final long atNs) {
        final double accel = subject.accelMps2();
        harsh(subject, AlertReason.ALERT_REASON_HARSH_BRAKING_VALUE, -accel, config.harshBrakingMps2());
        harsh(subject, AlertReason.ALERT_REASON_HARSH_ACCELERATION_VALUE, accel, config.harshAccelerationMps2());
        weaving(subject, atNs);
    }

    /** An acceleration that is not known, NaN, is not harsh. */
    private void harsh(final Participant subject, final int reason, final double mps2, final double threshold) {
        if (mps2 < threshold * CLEAR) {
            return;
        }
        final boolean harsh = mps2 >= threshold || (mps2 > 0 && book.severity(KIND, subject, reason) > 0);
        if (harsh) {
            book.of(KIND, subject)
                    .because(reason)
                    .confirmedBy(config.confirmReports())
                    .measured(mps2, threshold)
                    .is(Severity.SEVERITY_CAUTION_VALUE);
        }
    }

    private void weaving(final Participant subject, final long atNs) {
        if (subject.speedMps() < config.minSpeedMps()) {
            return;
        }
        final Swings memory = swings.of(subject);
        final Link link = subject.link();
        if (link == null) {
            memory.take(subject.dirX(), subject.dirY(), atNs, swingSin);
        } else {
            final double reach = subject.speedMps() * CHORD_SECONDS;
            final double from = Math.max(0, subject.alongMetres() - reach);
            final double to = Math.min(link.lengthMetres(), subject.alongMetres() + reach);
            memory.take(
                    subject.dirX(),
                    subject.dirY(),
                    link.xAt(to) - link.xAt(from),
                    link.yAt(to) - link.yAt(from),
                    atNs,
                    swingSin);
        }
        final int count = memory.since(atNs - windowNs);
        if (count >= config.swings()) {
            book.of(KIND, subject)
                    .because(AlertReason.ALERT_REASON_WEAVING_VALUE)
                    .measured(count, config.swings())
                    .is(Severity.SEVERITY_WARNING_VALUE);
        }
    }

    @Override
    public void clear() {
        swings.clear();
    }
}
