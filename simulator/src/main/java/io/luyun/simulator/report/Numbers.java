package io.luyun.simulator.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** How counts and times are written, for people and for programs. */
final class Numbers {
    private static final double NS_PER_US = 1e3;
    private static final double NS_PER_MS = 1e6;

    private Numbers() {}

    /** Percentiles in whole microseconds, rounded. */
    static ObjectNode micros(final Histogram ns) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("p50", micros(ns.getValueAtPercentile(50)));
        node.put("p99", micros(ns.getValueAtPercentile(99)));
        node.put("p999", micros(ns.getValueAtPercentile(99.9)));
        node.put("max", micros(ns.getTotalCount() == 0 ? 0 : ns.getMaxValue()));
        node.put("count", ns.getTotalCount());
        return node;
    }

    static ObjectNode counts(final Map<String, Long> counts) {
        final ObjectNode node = JsonNodeFactory.instance.objectNode();
        counts.forEach(node::put);
        return node;
    }

    /** For example "p50 1.2  p99 3.9  p99.9 5.0  max 7.1 ms". */
    static String millis(final Histogram ns) {
        if (ns.getTotalCount() == 0) {
            return "none";
        }
        return String.format(
                Locale.ROOT,
                "p50 %.2f  p99 %.2f  p99.9 %.2f  max %.2f ms",
                ns.getValueAtPercentile(50) / NS_PER_MS,
                ns.getValueAtPercentile(99) / NS_PER_MS,
                ns.getValueAtPercentile(99.9) / NS_PER_MS,
                ns.getMaxValue() / NS_PER_MS);
    }

    static String count(final long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** Three digits of seconds. */
    static double seconds(final double value) {
        return Math.round(value * 1e3) / 1e3;
    }

    /** A time with the unit that goes with it, for example "812 µs" or "1.23 ms". */
    static String time(final double micros) {
        if (micros < 10) {
            return String.format(Locale.ROOT, "%.2f µs", micros);
        }
        if (micros < 999.5) {
            return String.format(Locale.ROOT, micros < 100 ? "%.1f µs" : "%.0f µs", micros);
        }
        return micros < 1e6
                ? String.format(Locale.ROOT, micros < 1e5 ? "%.2f ms" : "%.0f ms", micros / 1e3)
                : String.format(Locale.ROOT, "%.2f s", micros / 1e6);
    }

    /** A figure of a report as people read it. */
    static String figure(final Figure.Unit unit, final double value) {
        return switch (unit) {
            case MICROS -> time(value);
            case RATE -> String.format(Locale.ROOT, "%,.0f/s", value);
            case COUNT -> count(Math.round(value));
            case FLAG -> String.valueOf(value != 0);
        };
    }

    private static long micros(final long ns) {
        return Math.round(ns / NS_PER_US);
    }
}
