package io.luyun.server.tools;

import io.luyun.server.journal.JournalArchive;
import io.luyun.server.research.DeviceSummary;
import io.luyun.server.research.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What records amount to, in tables for people. */
final class SummaryText {
    private static final double NANOS = 1e9;
    private static final double LEAST_SPAN_SECONDS = 1e-9;
    private static final double BYTES_A_MIB = 1_048_576.0;
    private static final long NANOS_AN_HOUR = 3_600_000_000_000L;
    private static final long HOURS_WORTH_A_TABLE = 2;

    private SummaryText() {}

    static List<String> lines(
            final Summary summary,
            final List<JournalArchive.Entry> files,
            final SummaryChart chart,
            final boolean withDevices) {
        final List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "files     %d, %.1f MiB on the disk",
                files.size(),
                files.stream().mapToLong(JournalArchive.Entry::bytes).sum() / BYTES_A_MIB));
        lines.add(String.format(
                Locale.ROOT,
                "records   %,d%s, %.1f MiB of payload",
                summary.records(),
                sequences(summary),
                summary.bytes() / BYTES_A_MIB));
        if (summary.records() == 0) {
            return lines;
        }
        lines.add("from      " + RecordText.time(summary.firstNs()));
        lines.add("to        " + RecordText.time(summary.lastNs()));
        lines.add(String.format(Locale.ROOT, "span      %.3f s", span(summary)));
        lines.add("");
        lines.add(String.format("%-22s %12s %10s %10s", "kind", "records", "a second", "bytes each"));
        for (final Map.Entry<Integer, Summary.Count> kind : summary.kinds().entrySet()) {
            lines.add(count(RecordText.kind(kind.getKey()), kind.getValue(), summary));
        }
        lines.add(row("all", summary.records(), summary.bytes(), summary));
        alerts(summary, lines);
        hours(summary, lines);
        devices(summary, lines, withDevices);
        lines.add("");
        lines.addAll(chart.lines(summary));
        return lines;
    }

    /** Alerts are numbered apart. */
    private static String sequences(final Summary summary) {
        return summary.firstSequence() == 0
                ? ""
                : String.format(Locale.ROOT, " (%,d to %,d)", summary.firstSequence(), summary.lastSequence());
    }

    private static double span(final Summary summary) {
        return (summary.lastNs() - summary.firstNs()) / NANOS;
    }

    /** How many a second of the whole span; of records of one instant there is no rate. */
    static double rate(final long records, final Summary summary) {
        final double seconds = span(summary);
        return seconds < LEAST_SPAN_SECONDS ? 0 : records / seconds;
    }

    /** How many a second of its own span: the first message begins it and does not count. */
    static double rate(final DeviceSummary device) {
        final double seconds = (device.lastNs() - device.firstNs()) / NANOS;
        return seconds > 0 ? (device.messages() - 1) / seconds : 0;
    }

    private static String count(final String name, final Summary.Count count, final Summary summary) {
        return row(name, count.records(), count.bytes(), summary);
    }

    private static String row(final String name, final long records, final long bytes, final Summary summary) {
        return String.format(
                Locale.ROOT,
                "%-22s %,12d %10s %10.0f",
                name,
                records,
                SummaryChart.rate(rate(records, summary)),
                (double) bytes / records);
    }

    private static void alerts(final Summary summary, final List<String> lines) {
        if (!summary.alerts().isEmpty()) {
            lines.add("");
            lines.add(String.format("%-22s %12s %10s %10s", "alert", "raised", "a second", "bytes each"));
            summary.alerts().forEach((kind, count) -> lines.add(count(kind, count, summary)));
        }
    }

    private static void hours(final Summary summary, final List<String> lines) {
        if (summary.hours().size() < HOURS_WORTH_A_TABLE) {
            return;
        }
        lines.add("");
        lines.add(String.format("%-22s %12s %10s", "hour", "records", "a second"));
        summary.hours()
                .forEach((hour, count) -> lines.add(String.format(
                        Locale.ROOT,
                        "%-22s %,12d %10s",
                        RecordText.time(hour),
                        count,
                        SummaryChart.rate(rate(hour, count, summary)))));
    }

    /** How many a second of that part of an hour that lies within the span. */
    private static double rate(final long hourNs, final long records, final Summary summary) {
        final long beginNs = Math.max(hourNs, summary.firstNs());
        final long endNs = Math.min(hourNs + NANOS_AN_HOUR, summary.lastNs());
        return endNs > beginNs ? records * NANOS / (endNs - beginNs) : 0;
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
        clocks(devices, lines);
        if (!each) {
            return;
        }
        lines.add(String.format(
                "%-22s %12s %10s %10s %10s %8s %10s",
                "device", "messages", "a second", "numbers", "counts", "late", "clock ms"));
        for (final DeviceSummary device : devices) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-22s %,12d %10s %,10d %,10d %,8d %10s",
                    device.id(),
                    device.messages(),
                    SummaryChart.rate(rate(device)),
                    device.missing(),
                    device.missingCounts(),
                    device.late(),
                    clock(device)));
        }
    }

    private static void clocks(final List<DeviceSummary> devices, final List<String> lines) {
        final int[] ahead = devices.stream()
                .mapToInt(DeviceSummary::leastOffsetMillis)
                .filter(offset -> offset != DeviceSummary.UNKNOWN)
                .map(offset -> -offset)
                .sorted()
                .toArray();
        if (ahead.length > 0) {
            lines.add(String.format(
                    Locale.ROOT,
                    "clocks    %+d to %+d ms ahead of the server (devices: %d), half of them at most %+d",
                    ahead[0],
                    ahead[ahead.length - 1],
                    ahead.length,
                    ahead[(ahead.length - 1) / 2]));
        }
    }

    private static String clock(final DeviceSummary device) {
        return device.leastOffsetMillis() == DeviceSummary.UNKNOWN
                ? "-"
                : String.format(Locale.ROOT, "%+d", -device.leastOffsetMillis());
    }
}
