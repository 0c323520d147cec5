package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.management.OperatingSystemMXBean;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Stage;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * A sample a second of the last quarter of an hour: rates, latencies of that second by stage, what was dropped and why, disk and
 * processor. Owned by the face's thread.
 */
final class Figures {
    private static final int SAMPLES = 900;
    private static final double NANOS = 1e9;
    private static final List<Counter> DROPS = List.of(
            Counter.ALERTS_DROPPED,
            Counter.UPDATES_SKIPPED,
            Counter.SHARES_SKIPPED,
            Counter.MQTT_DROPPED,
            Counter.JOURNAL_INTAKE_FULL,
            Counter.JOURNAL_STALE,
            Counter.WORLD_LATE,
            Counter.WORLD_STALE,
            Counter.UDP_LOST);

    private final OpsEnvironment env;
    private final Path data;
    private final ArrayDeque<Sample> samples = new ArrayDeque<>();
    private final Map<Stage, Histogram> before = new EnumMap<>(Stage.class);
    private final Map<Counter, Long> counted = new EnumMap<>(Counter.class);
    private long beforeNs;

    private record Sample(Instant at, ObjectNode json) {}

    Figures(final OpsEnvironment env, final Path data) {
        this.env = env;
        this.data = data;
    }

    List<Route> routes() {
        return List.of(Route.quick("/api/v1/figures", Scope.READ, this::figures));
    }

    /** Takes a sample of the time since the last one. */
    void sample(final long nowNs) {
        final boolean first = beforeNs == 0;
        final double seconds = (nowNs - beforeNs) / NANOS;
        beforeNs = nowNs;
        final ObjectNode json = JsonNodeFactory.instance.objectNode();
        final Instant at = env.clock().instant();
        json.put("at", at.toString());
        json.put("messagesPerSecond", rate(Counter.JOURNAL_APPENDED, seconds));
        json.put("framesPerSecond", rate(Counter.FRAMES_RECEIVED, seconds));
        json.put("alertsPerSecond", rate(Counter.ALERTS_RAISED, seconds));
        json.put("journalBytesPerSecond", rate(Counter.JOURNAL_BYTES, seconds));
        json.put("journalBytes", env.counters().get(Counter.JOURNAL_BYTES));
        latencies(json.putObject("latencyMicros"));
        final ObjectNode drops = json.putObject("droppedPerSecond");
        DROPS.forEach(counter -> drops.put(counter.label(), rate(counter, seconds)));
        double refused = 0;
        for (final Counter counter : Counter.values()) {
            if (counter.label().startsWith("refused_")) {
                refused += rate(counter, seconds);
            }
        }
        json.put("refusedPerSecond", refused);
        machine(json);
        if (!first) {
            samples.addLast(new Sample(at, json));
            if (samples.size() > SAMPLES) {
                samples.removeFirst();
            }
        }
    }

    private Answer figures(final Request request) {
        final long from = request.timeNs("from", Long.MIN_VALUE);
        final long to = request.timeNs("to", Long.MAX_VALUE);
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode list = page.putArray("samples");
        for (final Sample sample : samples) {
            final long atNs = TimeUnit.SECONDS.toNanos(sample.at.getEpochSecond()) + sample.at.getNano();
            if (atNs >= from && atNs <= to) {
                list.add(sample.json);
            }
        }
        return Answer.json(page);
    }

    private double rate(final Counter counter, final double seconds) {
        final long now = env.counters().get(counter);
        final Long last = counted.put(counter, now);
        return last == null ? 0 : Math.rint((now - last) / seconds * 100) / 100;
    }

    private void latencies(final ObjectNode json) {
        for (final Stage stage : Stage.values()) {
            final Histogram now = env.latencies().snapshot(stage);
            final Histogram since = now.copy();
            final Histogram last = before.put(stage, now);
            if (last != null) {
                since.subtract(last);
            }
            final ObjectNode values = json.putObject(stage.label());
            values.put("count", since.getTotalCount());
            if (since.getTotalCount() > 0) {
                values.put("p50", since.getValueAtPercentile(50));
                values.put("p99", since.getValueAtPercentile(99));
                values.put("max", since.getValueAtPercentile(100));
            }
        }
    }

    private void machine(final ObjectNode json) {
        if (ManagementFactory.getOperatingSystemMXBean() instanceof final OperatingSystemMXBean system) {
            json.put("cpu", Math.max(0, system.getProcessCpuLoad()));
            json.put("systemCpu", Math.max(0, system.getCpuLoad()));
        }
        final Runtime runtime = Runtime.getRuntime();
        json.put("heapBytes", runtime.totalMemory() - runtime.freeMemory());
        try {
            json.put("diskFreeBytes", Files.getFileStore(data).getUsableSpace());
        } catch (final IOException e) {
            // not there yet, or not to be asked: readyz tells when that keeps the server from its work
            json.putNull("diskFreeBytes");
        }
    }
}
