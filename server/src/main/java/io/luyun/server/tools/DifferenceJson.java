package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.redecide.Beginning;
import io.luyun.server.redecide.Difference;
import io.luyun.server.redecide.KindCount;
import io.luyun.server.redecide.Result;
import io.luyun.server.redecide.Task;
import io.luyun.server.research.PayloadText;
import java.io.PrintWriter;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Differences as one JSON object, written as they come: the list of them first. */
final class DifferenceJson implements DifferenceReport {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String BEGIN = "{\"differences\":[";
    private static final double NANOS = 1e9;
    private static final double NANOS_A_MILLI = 1e6;

    private final PrintWriter out;
    private final long limit;
    private long count;

    DifferenceJson(final PrintWriter out, final long limit) {
        this.out = out;
        this.limit = limit;
    }

    @Override
    public void difference(final Difference difference) {
        if (count++ < limit) {
            out.print(count == 1 ? BEGIN + "\n" : ",\n");
            out.print(json(difference));
        }
    }

    @Override
    public void end(final Task task, final Result result) {
        final ObjectNode node = JSON.objectNode();
        node.put("differencesInAll", count);
        final Beginning beginning = result.beginning();
        node.putObject("begun")
                .put("sequence", beginning.sequence())
                .put("at", RecordText.time(beginning.timeNs()))
                .put("warmUp", beginning.warmUp())
                .put("exact", beginning.exact());
        for (final ServerStarted other : result.otherZones()) {
            node.withArray("otherZoneFiles")
                    .add(HexFormat.of().formatHex(other.getZoneSha256().toByteArray()));
        }
        final ObjectNode kinds = node.putObject("kinds");
        result.kinds().forEach((kind, counts) -> kinds.set(DifferenceText.kind(kind), json(counts)));
        node.set("all", json(result.all()));
        node.put("notLookedAt", result.notLookedAt());
        node.put("beyond", result.beyond());
        node.put("errors", result.errors());
        node.put("damagedRanges", result.damage().size());
        node.put("damagedAlertRanges", result.alertDamage().size());
        node.put("records", result.records());
        node.put("trafficSeconds", (result.lastNs() - result.firstNs()) / NANOS);
        node.put("seconds", result.elapsedNs() / NANOS);
        node.put("timesRealTime", result.timesRealTime());
        node.put("threads", task.cores());
        // what is refused before there is a difference is no torn object
        out.print(count == 0 || limit == 0 ? BEGIN : "");
        out.print("],\n");
        out.println(node.toString().substring(1));
    }

    private static ObjectNode json(final Difference difference) {
        final ObjectNode node = JSON.objectNode();
        node.put("sort", difference.sort().name());
        if (difference.recorded() != null && difference.decided() != null) {
            node.put("raisedLaterMillis", difference.raisedLaterNs() / NANOS_A_MILLI);
        }
        if (difference.clearedApart()) {
            node.put("clearedLaterMillis", difference.clearedLaterNs() / NANOS_A_MILLI);
        }
        if (!difference.changes().isEmpty()) {
            final ObjectNode changes = node.putObject("changes");
            difference
                    .changes()
                    .forEach((field, change) -> changes.putObject(field)
                            .put("recorded", change.recorded())
                            .put("decided", change.decided()));
        }
        put(node, "recorded", difference.recorded(), difference.recordedClearedNs());
        put(node, "decided", difference.decided(), difference.decidedClearedNs());
        return node;
    }

    private static void put(
            final ObjectNode node, final String side, final @Nullable Alert alert, final long clearedNs) {
        if (alert == null) {
            return;
        }
        final ObjectNode one = node.putObject(side);
        one.put("raised", RecordText.time(alert.getRaisedAtNs()));
        if (clearedNs != Difference.STANDS) {
            one.put("cleared", RecordText.time(clearedNs));
        }
        one.putRawValue(
                "alert", new RawValue(PayloadText.json(RecordKind.RECORD_KIND_ALERT_VALUE, alert.toByteArray())));
    }

    private static ObjectNode json(final KindCount kind) {
        final ObjectNode node = JSON.objectNode();
        node.put("recorded", kind.recorded());
        node.put("decided", kind.decided());
        node.put("same", kind.same());
        node.put("changed", kind.changed());
        node.set("earlier", json(kind.earlier()));
        node.set("later", json(kind.later()));
        node.put("onlyRecorded", kind.onlyRecorded());
        node.put("onlyDecided", kind.onlyDecided());
        node.put("clearedEarlier", kind.clearedEarlier());
        node.put("clearedLater", kind.clearedLater());
        return node;
    }

    private static ObjectNode json(final KindCount.Shift shift) {
        return JSON.objectNode()
                .put("alerts", shift.count())
                .put("medianMillis", shift.medianMillis())
                .put("mostMillis", shift.mostMillis());
    }
}
