package io.luyun.server.alert.coordination;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.life.AlertBook;
import io.luyun.server.alert.life.Rule;
import io.luyun.server.world.Coordination;
import io.luyun.server.world.Link;
import io.luyun.server.world.Participant;
import io.luyun.server.world.ParticipantVisitor;
import io.luyun.server.world.World;
import org.jspecify.annotations.Nullable;

/** CVM: the subject and another vehicle come to a merge at the same time, or a unit tells how to merge. See the package. */
public final class CooperativeMergeRule implements Rule {
    private static final int KIND = AlertKind.ALERT_KIND_CVM_VALUE;
    /** Nobody is driven to a merge faster. */
    private static final double FASTEST_MPS = 45;

    private final World world;
    private final CooperativeMerge config;
    private final AlertBook book;
    private final Advice advice;
    private final Merges merges;
    private final ParticipantVisitor visitor = this::visit;
    private @Nullable Participant subject;
    private Merges.@Nullable Merge merge;
    private double subjectSeconds;

    public CooperativeMergeRule(final World world, final CooperativeMerge config, final AlertBook book) {
        this.world = world;
        this.config = config;
        this.book = book;
        advice = new Advice(world, Advice.MERGE);
        merges = new Merges(world);
        book.hold(AlertKind.ALERT_KIND_CVM, config.holdMillis());
    }

    @Override
    public void assess(final Participant moved, final long atNs) {
        final Coordination word = advice.find(moved, atNs);
        if (word != null) {
            book.of(KIND, moved).asks(word).is(Advice.severity(word));
        }
        final Link link = moved.link();
        if (link == null || moved.speedMps() < config.minSpeedMps()) {
            return;
        }
        for (final Merges.Merge each : merges.of(link)) {
            subjectSeconds = secondsTo(moved, link, each.onMetres());
            if (subjectSeconds <= config.reachSeconds() * config.clearFactor()) {
                subject = moved;
                merge = each;
                final double reach = config.reachSeconds() * config.clearFactor() * FASTEST_MPS;
                final double x = link.x(link.points() - 1);
                final double y = link.y(link.points() - 1);
                world.forEachIn(x - reach, y - reach, x + reach, y + reach, visitor);
            }
        }
        subject = null;
        merge = null;
    }

    private static double secondsTo(final Participant p, final Link link, final double onMetres) {
        return (link.lengthMetres() - p.alongMetres() + onMetres) / p.speedMps();
    }

    private void visit(final Participant other) {
        if (subject == null
                || merge == null
                || other.link() != merge.other()
                || other.ptcType() != ParticipantType.PARTICIPANT_MOTOR_VALUE
                || other.speedMps() < config.minSpeedMps()) {
            return;
        }
        final double widen = book.severity(KIND, subject, other, null) > 0 ? config.clearFactor() : 1;
        final double seconds = secondsTo(other, merge.other(), merge.otherOnMetres());
        if (subjectSeconds <= config.reachSeconds() * widen
                && Math.abs(subjectSeconds - seconds) <= config.gapSeconds() * widen) {
            book.of(KIND, subject)
                    .target(other)
                    .confirmedBy(config.confirmReports())
                    .inSeconds(subjectSeconds)
                    .inMetres(subjectSeconds * subject.speedMps())
                    .is(subjectSeconds > seconds ? Severity.SEVERITY_CAUTION_VALUE : Severity.SEVERITY_INFO_VALUE);
        }
    }
}
