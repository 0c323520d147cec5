package io.luyun.server.evidence;

import static io.luyun.server.monitor.Settings.inRange;
import static io.luyun.server.monitor.Settings.require;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Severity;
import java.util.List;

/**
 * Which incidents are frozen, and how much of them.
 *
 * @param enabled whether the server freezes any
 * @param triggers what is an incident
 * @param extent how much is frozen
 * @param limits what a storm of incidents is held to
 * @param keep how long packages stay
 */
public record EvidenceConfig(boolean enabled, Triggers triggers, Extent extent, Limits limits, Keep keep) {
    private static final String KIND = "ALERT_KIND_";
    private static final String SEVERITY = "SEVERITY_";

    /** The same that leaves at least so much of the disk to the journal. */
    public EvidenceConfig leaving(final long journalMiB) {
        final Limits held = new Limits(
                limits.pending(),
                limits.anHour(),
                limits.settleSeconds(),
                limits.lateMillis(),
                (int) Math.max(limits.freeMiB(), journalMiB),
                limits.totalMiB());
        return new EvidenceConfig(enabled, triggers, extent, held, keep);
    }

    /**
     * What is an incident besides what somebody freezes by hand.
     *
     * @param alertKinds names of alerts, for example FCW; empty for none
     * @param minSeverity the least severity of theirs: INFO, CAUTION, WARNING or CRITICAL
     * @param hardBraking whether harsh braking is (ABNORMAL_DRIVING)
     * @param takeovers whether a test vehicle is that a person takes over while it moves
     * @param failures whether a test vehicle is that says that it is disabled or that an air bag has gone off
     */
    public record Triggers(
            List<String> alertKinds, String minSeverity, boolean hardBraking, boolean takeovers, boolean failures) {
        public Triggers {
            alertKinds = List.copyOf(alertKinds);
            for (final String kind : alertKinds) {
                require(
                        AlertKind.getDescriptor().findValueByName(KIND + kind) != null && !kind.equals("UNSPECIFIED"),
                        "evidence.triggers.alertKinds",
                        kind,
                        "must be the name of an alert, for example FCW");
            }
            require(
                    Severity.getDescriptor().findValueByName(SEVERITY + minSeverity) != null
                            && !minSeverity.equals("UNSPECIFIED"),
                    "evidence.triggers.minSeverity",
                    minSeverity,
                    "must be INFO, CAUTION, WARNING or CRITICAL");
        }

        boolean wants(final int alertKind, final int severity) {
            return severity >= Severity.valueOf(SEVERITY + minSeverity).getNumber()
                    && alertKinds.stream()
                            .anyMatch(name -> AlertKind.valueOf(KIND + name).getNumber() == alertKind);
        }
    }

    /**
     * How much is frozen.
     *
     * @param beforeSeconds time before the incident
     * @param afterSeconds time after it
     * @param radiusMetres how far from its place
     * @param shareMetres incidents no farther from each other, in the time of one, share its package
     * @param maxWindowSeconds time that a package that is shared may have
     */
    public record Extent(int beforeSeconds, int afterSeconds, int radiusMetres, int shareMetres, int maxWindowSeconds) {
        public Extent {
            inRange("evidence.extent.beforeSeconds", beforeSeconds, 1, 3_600);
            inRange("evidence.extent.afterSeconds", afterSeconds, 1, 3_600);
            inRange("evidence.extent.radiusMetres", radiusMetres, 1, 20_000);
            inRange("evidence.extent.shareMetres", shareMetres, 0, 20_000);
            inRange("evidence.extent.maxWindowSeconds", maxWindowSeconds, beforeSeconds + (long) afterSeconds, 14_400);
        }
    }

    /**
     * What incidents are held to.
     *
     * @param pending incidents at once that are not sealed yet; of harsh braking half as many
     * @param anHour incidents that are begun within an hour; of harsh braking half as many
     * @param settleSeconds time after the end of the window in which what is late may still be written
     * @param lateMillis a message that is so much older than its receipt, by the clock of its device, is late
     * @param freeMiB room on the disk below which nothing is sealed
     * @param totalMiB bytes of all packages above which nothing more is sealed
     */
    public record Limits(int pending, int anHour, int settleSeconds, int lateMillis, int freeMiB, int totalMiB) {
        public Limits {
            inRange("evidence.limits.pending", pending, 1, 1_000);
            inRange("evidence.limits.anHour", anHour, 1, 10_000);
            inRange("evidence.limits.settleSeconds", settleSeconds, 0, 600);
            inRange("evidence.limits.lateMillis", lateMillis, 1, 29_999);
            inRange("evidence.limits.freeMiB", freeMiB, 0, 1_000_000_000);
            inRange("evidence.limits.totalMiB", totalMiB, 1, 1_000_000_000);
        }
    }

    /**
     * How long packages stay.
     *
     * @param days 0 for without end; at least 365 unless {@code shorter} is set
     * @param shorter whether they may go sooner than after a year
     */
    public record Keep(int days, boolean shorter) {
        /** A year. */
        static final int LEAST_DAYS = 365;

        public Keep {
            inRange("evidence.keep.days", days, 0, 36_500);
            require(
                    days == 0 || days >= LEAST_DAYS || shorter,
                    "evidence.keep.days",
                    days,
                    "must be 0 (without end) or at least " + LEAST_DAYS + ", unless evidence.keep.shorter is true");
        }
    }
}
