package io.luyun.server.tools;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.server.journal.JournalArchive;
import io.luyun.server.research.Bins;
import io.luyun.server.research.DeviceSummary;
import io.luyun.server.research.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What records amount to, for people and as JSON. */
final class SummaryText {
    private static final int COLUMNS = 60;
    private static final String BARS = " ▁▂▃▄▅▆▇█";
    private static final double NANOS = 1e9;
    private static final double LEAST_SPAN_SECONDS = 1e-9;
    private static final long HOURS_WORTH_A_TABLE = 2;

    private SummaryText() {}

    static List<String> lines(
            final Summary summary, final List<JournalArchive.Entry> files, final boolean withDevices) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "files     %d, %.1f MiB on the disk",
                files.size(),
                files.stream().mapToLong(JournalArchive.Entry::bytes).sum() / 1048576.0));
        lines.add(String.format(
                Locale.ROOT,
                "records   %,d (%,d to %,d), %.1f MiB of payload",
                summary.records(),
                summary.firstSequence(),
                summary.lastSequence(),
                summary.bytes() / 1048576.0));
        if (summary.records() == 0) {
            return lines;
        }
        lines.add("from      " + RecordText.time(summary.firstNs()));
        lines.add("to        " + RecordText.time(summary.lastNs()));
        lines.add(String.format(Locale.ROOT, "span      %.3f s", span(summary)));
        lines.add("");
        lines.add(String.format("%-22s %12s %10s %10s  over time", "kind", "records", "a second", "bytes each"));
        for (final Map.Entry<Integer, Summary.Count> kind : summary.kinds().entrySet()) {
            lines.add(count(RecordText.kind(kind.getKey()), kind.getValue(), summary));
        }
        lines.add(row("all", summary.records(), summary.bytes(), summary.rate(), summary));
        alerts(summary, lines);
        hours(summary, lines);
        devices(summary, lines, withDevices);
        return lines;
    }

    private static double span(final Summary summary) {
        return (summary.lastNs() - summary.firstNs()) / NANOS;
    }

    private static String count(final String name, final Summary.Count count, final Summary summary) {
        return row(name, count.records(), count.bytes(), count.rate(), summary);
    }

    private static String row(
            final String name, final long records, final long bytes, final Bins rate, final Summary summary) {
        return String.format(
                Locale.ROOT,
                "%-22s %,12d %10.1f %10.0f  %s",
                name,
                records,
                records / Math.max(span(summary), LEAST_SPAN_SECONDS),
                (double) bytes / records,
                bars(rate, summary));
    }

    /** A bar for each part of the whole span; the highest is the most of this row. */
    private static String bars(final Bins rate, final Summary summary) {
        final long[] counts = rate.over(summary.firstNs(), summary.lastNs() - summary.firstNs() + 1, COLUMNS);
        long most = 1;
        for (final long count : counts) {
            most = Math.max(most, count);
        }
        final StringBuilder bars = new StringBuilder(COLUMNS);
        for (final long count : counts) {
            bars.append(BARS.charAt((int) ((count * (BARS.length() - 1) + most - 1) / most)));
        }
        return bars.toString().stripTrailing();
    }

    private static void alerts(final Summary summary, final List<String> lines) {
        if (!summary.alerts().isEmpty()) {
            lines.add("");
            lines.add(String.format("%-22s %12s %10s %10s  over time", "alerts", "raised", "a second", "bytes each"));
            summary.alerts().forEach((kind, count) -> lines.add(count(kind, count, summary)));
        }
    }

    private static void hours(final Summary summary, final List<String> lines) {
        if (summary.hours().size() < HOURS_WORTH_A_TABLE) {
            return;
        }
        lines.add("");
        lines.add(String.format("%-22s %12s", "hour", "records"));
        summary.hours()
                .forEach((hour, count) ->
                        lines.add(String.format(Locale.ROOT, "%-22s %,12d", RecordText.time(hour), count)));
    }

    private static void devices(final Summary summary, final List<String> lines, final boolean each) {
        final List<DeviceSummary> devices = summary.devices();
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "devices   %d; numbers left out %,d, counts left out %,d, late messages %,d",
                devices.size(),
                devices.stream().mapToLong(DeviceSummary::missing).sum(),
                devices.stream().mapToLong(DeviceSummary::missingCounts).sum(),
                devices.stream().mapToLong(DeviceSummary::late).sum()));
        if (!each) {
            return;
        }
        lines.add(String.format(
                "%-22s %12s %10s %10s %10s %8s %10s",
                "device", "messages", "a second", "numbers", "counts", "late", "clock ms"));
        for (final DeviceSummary device : devices) {
            final double seconds = (device.lastNs() - device.firstNs()) / NANOS;
            lines.add(String.format(
                    Locale.ROOT,
                    "%-22s %,12d %10.1f %,10d %,10d %,8d %10s",
                    device.id(),
                    device.messages(),
                    seconds > 0 ? (device.messages() - 1) / seconds : 0,
                    device.missing(),
                    device.missingCounts(),
                    device.late(),
                    clock(device)));
        }
    }

    private static String clock(final DeviceSummary device) {
        return device.leastOffsetMillis() == DeviceSummary.UNKNOWN
                ? "-"
                : String.format(Locale.ROOT, "%+d", -device.leastOffsetMillis());
    }

    static String json(final Summary summary, final List<JournalArchive.Entry> files) {
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
        }
        final ObjectNode kinds = node.putObject("kinds");
        summary.kinds().forEach((kind, count) -> kinds.set(RecordText.kind(kind), counts(count)));
        final ObjectNode alerts = node.putObject("alerts");
        summary.alerts().forEach((kind, count) -> alerts.put(kind, count.records()));
        final ObjectNode hours = node.putObject("hours");
        summary.hours().forEach((hour, count) -> hours.put(RecordText.time(hour), count));
        final ArrayNode devices = node.putArray("devices");
        for (final DeviceSummary device : summary.devices()) {
            final ObjectNode one = devices.addObject()
                    .put("id", device.id())
                    .put("messages", device.messages())
                    .put("bytes", device.bytes())
                    .put("from", RecordText.time(device.firstNs()))
                    .put("to", RecordText.time(device.lastNs()))
                    .put("missingNumbers", device.missing())
                    .put("missingCounts", device.missingCounts())
                    .put("late", device.late());
            if (device.leastOffsetMillis() != DeviceSummary.UNKNOWN) {
                one.put("clockAheadMillis", -device.leastOffsetMillis());
            }
        }
        node.put("damagedRanges", summary.damage().size());
        return node.toString();
    }

    private static ObjectNode counts(final Summary.Count count) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("records", count.records())
                .put("bytes", count.bytes());
    }
}
