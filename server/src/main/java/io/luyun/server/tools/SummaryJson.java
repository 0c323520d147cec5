package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.research.DeviceSummary;
import io.luyun.server.research.Summary;
import java.util.List;

/** What records amount to, as JSON. */
final class SummaryJson {
    private static final double THOUSANDS = 1_000;

    private SummaryJson() {}

    static ObjectNode of(final Summary summary, final List<JournalArchive.Entry> files) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("files", files.size());
        node.put(
                "bytesOnDisk",
                files.stream().mapToLong(JournalArchive.Entry::bytes).sum());
        node.put("records", summary.records());
        node.put("bytes", summary.bytes());
        node.put("firstSequence", summary.firstSequence());
        node.put("lastSequence", summary.lastSequence());
        if (summary.records() > 0) {
            node.put("from", RecordText.time(summary.firstNs()));
            node.put("to", RecordText.time(summary.lastNs()));
            node.put("perSecond", rounded(SummaryText.rate(summary.records(), summary)));
        }
        final ObjectNode kinds = node.putObject("kinds");
        summary.kinds()
                .forEach((kind, count) -> kinds.putObject(RecordText.kind(kind))
                        .put("records", count.records())
                        .put("bytes", count.bytes())
                        .put("perSecond", rounded(SummaryText.rate(count.records(), summary))));
        final ObjectNode alerts = node.putObject("alerts");
        summary.alerts().forEach((kind, count) -> alerts.put(kind, count.records()));
        final ObjectNode hours = node.putObject("hours");
        summary.hours().forEach((hour, count) -> hours.put(RecordText.time(hour), count));
        final ArrayNode devices = node.putArray("devices");
        summary.devices().forEach(device -> add(devices, device));
        return node.put("damagedRanges", summary.damage().size());
    }

    private static void add(final ArrayNode devices, final DeviceSummary device) {
        final ObjectNode one = devices.addObject()
                .put("id", device.id())
                .put("messages", device.messages())
                .put("bytes", device.bytes())
                .put("from", RecordText.time(device.firstNs()))
                .put("to", RecordText.time(device.lastNs()))
                .put("perSecond", rounded(SummaryText.rate(device)))
                .put("missingNumbers", device.missing())
                .put("missingCounts", device.missingCounts())
                .put("late", device.late());
        if (device.leastOffsetMillis() != DeviceSummary.UNKNOWN) {
            one.put("clockAheadMillis", -device.leastOffsetMillis());
        }
    }

    private static double rounded(final double rate) {
        return Math.round(rate * THOUSANDS) / THOUSANDS;
    }
}
