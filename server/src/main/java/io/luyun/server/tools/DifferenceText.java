package io.luyun.server.tools;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.redecide.Beginning;
import io.luyun.server.redecide.Change;
import io.luyun.server.redecide.Difference;
import io.luyun.server.redecide.KindCount;
import io.luyun.server.redecide.Result;
import io.luyun.server.redecide.Task;
import java.io.PrintWriter;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/** Differences for people: a line each, then a table. */
final class DifferenceText implements DifferenceReport {
    private static final String ROW = "%-18s %10s %10s %10s %9s %18s %18s %10s %10s %9s %9s%n";
    private static final String KIND_PREFIX = "ALERT_KIND_";
    private static final double NANOS = 1e9;
    private static final long NANOS_A_MILLI = 1_000_000L;
    private static final int SHA_SHOWN = 4;

    private final PrintWriter out;
    private final long limit;
    private long count;

    DifferenceText(final PrintWriter out, final long limit) {
        this.out = out;
        this.limit = limit;
    }

    @Override
    public void difference(final Difference difference) {
        if (count++ < limit) {
            out.println(line(difference));
        }
    }

    @Override
    public void end(final Task task, final Result result) {
        if (count > limit) {
            out.printf(Locale.ROOT, "... and %,d differences more; --limit %d prints them all%n", count - limit, count);
        }
        if (count > 0) {
            out.println();
        }
        begun(result.beginning());
        for (final ServerStarted other : result.otherZones()) {
            out.printf(
                    Locale.ROOT, "zone      the server had %s: differences are not of the rules alone%n", zone(other));
        }
        table(result);
        left(result);
        out.printf(
                Locale.ROOT,
                "%,d records, %.1f s of traffic, in %.2f s: %,.0f records/s, %.1f times real time, %d threads%n",
                result.records(),
                (result.lastNs() - result.firstNs()) / NANOS,
                result.elapsedNs() / NANOS,
                result.records() / (result.elapsedNs() / NANOS),
                result.timesRealTime(),
                task.cores());
    }

    private void begun(final Beginning beginning) {
        out.printf(
                Locale.ROOT,
                "begun     %s, record %,d: %s%n",
                RecordText.time(beginning.timeNs()),
                beginning.sequence(),
                beginning.exact()
                        ? "where the server had started"
                        : (beginning.warmUp()
                                        ? "a warm-up before what is compared"
                                        : "the first record left of the server's run, whose start is gone")
                                + "; numbers of road users are not compared");
    }

    private static String zone(final ServerStarted started) {
        final byte[] sha256 = started.getZoneSha256().toByteArray();
        return sha256.length == 0
                ? "no zone file"
                : "another zone file (SHA-256 "
                        + HexFormat.of().formatHex(sha256, 0, Math.min(SHA_SHOWN, sha256.length)) + "...)";
    }

    private void left(final Result result) {
        if (result.notLookedAt() > 0) {
            out.printf(
                    Locale.ROOT,
                    "not counted: %,d steps at the end of a run, where the server may have ended before it looked%n",
                    result.notLookedAt());
        }
        if (result.beyond() > 0) {
            out.printf(
                    Locale.ROOT,
                    "not counted: %,d recorded steps of records behind those that were read%n",
                    result.beyond());
        }
        if (result.errors() > 0) {
            out.printf(
                    Locale.ROOT,
                    "rules failed at %,d records or more; the first is %s%n",
                    result.errors(),
                    result.firstError());
        }
    }

    private void table(final Result result) {
        out.printf(Locale.ROOT, ROW, "", "", "", "", "", "earlier", "later", "only", "only", "cleared", "cleared");
        out.printf(
                Locale.ROOT,
                ROW,
                "kind",
                "recorded",
                "decided",
                "same",
                "changed",
                "(median, most ms)",
                "(median, most ms)",
                "recorded",
                "decided",
                "earlier",
                "later");
        for (final Map.Entry<Integer, KindCount> kind : result.kinds().entrySet()) {
            row(kind(kind.getKey()), kind.getValue());
        }
        row("all", result.all());
    }

    private void row(final String name, final KindCount kind) {
        out.printf(
                Locale.ROOT,
                ROW,
                name,
                number(kind.recorded()),
                number(kind.decided()),
                number(kind.same()),
                number(kind.changed()),
                shift(kind.earlier()),
                shift(kind.later()),
                number(kind.onlyRecorded()),
                number(kind.onlyDecided()),
                number(kind.clearedEarlier()),
                number(kind.clearedLater()));
    }

    private static String number(final long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    private static String shift(final KindCount.Shift shift) {
        return shift.count() == 0
                ? "0"
                : String.format(Locale.ROOT, "%,d (%d, %d)", shift.count(), shift.medianMillis(), shift.mostMillis());
    }

    /** The short name of a kind of alert: FCW. */
    static String kind(final int number) {
        final AlertKind kind = AlertKind.forNumber(number);
        return kind == null ? "KIND_" + number : kind.name().replace(KIND_PREFIX, "");
    }

    /** The name of a sort of difference: only recorded. */
    static String sort(final Difference.Sort sort) {
        return sort.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static String line(final Difference difference) {
        final Alert alert = difference.alert();
        final StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "%-13s  %-10s  %s  raised %s",
                sort(difference.sort()),
                kind(alert.getKindValue()),
                whom(alert),
                RecordText.time(alert.getRaisedAtNs())));
        if (difference.raisedLaterNs() != 0) {
            line.append(", ").append(by(difference.raisedLaterNs()));
        }
        if (difference.clearedApart()) {
            line.append("; cleared ").append(by(difference.clearedLaterNs()));
        } else if (difference.recorded() != null
                && difference.decided() != null
                && difference.recordedClearedNs() != difference.decidedClearedNs()) {
            line.append(
                    difference.decidedClearedNs() == Difference.STANDS ? "; not cleared now" : "; cleared only now");
        }
        for (final Map.Entry<String, Change> change : difference.changes().entrySet()) {
            line.append("; ")
                    .append(change.getKey())
                    .append(' ')
                    .append(change.getValue().recorded());
            line.append(" -> ").append(change.getValue().decided());
        }
        return line.toString();
    }

    private static String by(final long laterNs) {
        final String by = String.format(Locale.ROOT, "%,d ms ", Math.round((double) Math.abs(laterNs) / NANOS_A_MILLI));
        return by + (laterNs < 0 ? "earlier" : "later");
    }

    /** Whom an alert warns, and of what. */
    private static String whom(final Alert alert) {
        final StringBuilder text = new StringBuilder(alert.hasSubject() ? party(alert.getSubject()) : "");
        if (alert.hasNode()) {
            text.append(text.isEmpty() ? "" : " ").append("node ");
            text.append(alert.getNode().getRegion())
                    .append('/')
                    .append(alert.getNode().getId());
        }
        if (alert.hasTarget()) {
            text.append(" of ").append(party(alert.getTarget()));
        }
        final AlertEvent event = alert.getEvent();
        if (!event.getDeviceId().isEmpty()) {
            text.append(event.getSign() ? " of sign " : " of event ");
            text.append(event.getDeviceId()).append('/').append(event.getId());
        }
        return text.toString();
    }

    private static String party(final AlertParty party) {
        if (!party.getDeviceId().isEmpty()) {
            return party.getDeviceId();
        }
        return party.getSeenBy().isEmpty()
                ? "#" + party.getParticipantId()
                : party.getSeenBy() + "/" + party.getPtcId();
    }
}
