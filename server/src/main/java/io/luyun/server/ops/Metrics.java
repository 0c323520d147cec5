package io.luyun.server.ops;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.evidence.EvidenceCounts;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToLongFunction;

/**
 * The figures in Prometheus text format: every counter as {@code luyun_LABEL_total}, messages by role and kind, alerts by
 * kind, what became of incidents, the latency of the stages as summaries, and the JVM under its usual names. Owned by the face's thread.
 */
final class Metrics implements AutoCloseable {
    static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final String PREFIX = "luyun.";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collectors = new JvmGcMetrics();

    Metrics(final OpsSource source, final Counters counters, final Latencies latencies) {
        for (final Counter counter : Counter.values()) {
            FunctionCounter.builder(PREFIX + counter.label(), counters, all -> all.get(counter))
                    .description(counter.doc())
                    .register(registry);
        }
        bindTables(counters);
        bindState(source);
        bindTraffic(source);
        bindEvidence(source);
        registry.getPrometheusRegistry().register(new LatencyCollector(latencies));
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        collectors.bindTo(registry);
    }

    String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        collectors.close();
        registry.close();
    }

    private void bindTables(final Counters counters) {
        for (final Role role : Names.ROLES) {
            for (final MessageKind kind : Names.MESSAGES) {
                FunctionCounter.builder(
                                PREFIX + "messages", counters, all -> all.messages(role.getNumber(), kind.getNumber()))
                        .description("Messages taken in, by role of the sender and kind")
                        .tag("role", Names.of(role))
                        .tag("kind", Names.of(kind))
                        .register(registry);
            }
        }
        for (final AlertKind kind : Names.ALERTS) {
            FunctionCounter.builder(PREFIX + "alerts", counters, all -> all.alerts(kind.getNumber()))
                    .description("Alerts raised, by kind")
                    .tag("kind", Names.of(kind))
                    .register(registry);
        }
    }

    private void bindState(final OpsSource source) {
        Gauge.builder(PREFIX + "ready", source, state -> state.ready() ? 1 : 0)
                .description("1 when the server takes messages")
                .register(registry);
        Gauge.builder(PREFIX + "sessions", source, state -> state.status().sessions())
                .description("Sessions open now")
                .register(registry);
        Gauge.builder(PREFIX + "uptime", source, state -> state.status().uptimeSeconds())
                .description("Time since the start")
                .baseUnit("seconds")
                .register(registry);
        Gauge.builder(
                        PREFIX + "journal_appended_sequence",
                        source,
                        state -> state.status().appendedSequence())
                .description("Last sequence appended to the journal")
                .register(registry);
        Gauge.builder(
                        PREFIX + "journal_synced_sequence",
                        source,
                        state -> state.status().syncedSequence())
                .description("Last sequence that is safe on the disk")
                .register(registry);
    }

    private void bindTraffic(final OpsSource source) {
        Gauge.builder(
                        PREFIX + "traffic_vehicles",
                        source,
                        state -> state.status().traffic().vehicles())
                .description("Motor vehicles on links")
                .register(registry);
        Gauge.builder(
                        PREFIX + "traffic_speed",
                        source,
                        state -> state.status().traffic().speedMps())
                .description("Mean speed of the links weighed with their vehicles, m/s")
                .register(registry);
        Gauge.builder(
                        PREFIX + "traffic_jams",
                        source,
                        state -> state.status().traffic().jams())
                .description("Lanes with a jam")
                .register(registry);
        Gauge.builder(
                        PREFIX + "traffic_queue",
                        source,
                        state -> state.status().traffic().queueMetres())
                .description("Longest queue before a stop line, m")
                .register(registry);
    }

    private void bindEvidence(final OpsSource source) {
        evidence(source, "begun", "Incidents begun", EvidenceCounts::begunCount);
        evidence(source, "shared", "Triggers added to an incident that was pending", EvidenceCounts::sharedCount);
        evidence(
                source,
                "suppressed",
                "Triggers only counted, since there were too many incidents",
                EvidenceCounts::suppressedCount);
        evidence(source, "sealed", "Packages sealed", EvidenceCounts::sealedCount);
        evidence(source, "failed", "Attempts to seal that failed; they are made again", EvidenceCounts::failedCount);
        Gauge.builder(PREFIX + "evidence_pending", source, state -> evidence(state, EvidenceCounts::pendingCount))
                .description("Incidents not sealed yet")
                .register(registry);
    }

    private void evidence(
            final OpsSource source, final String label, final String doc, final ToLongFunction<EvidenceCounts> count) {
        FunctionCounter.builder(PREFIX + "evidence_" + label, source, state -> evidence(state, count))
                .description(doc)
                .register(registry);
    }

    private static long evidence(final OpsSource source, final ToLongFunction<EvidenceCounts> count) {
        final EvidenceCounts counts = source.evidence();
        return counts == null ? 0 : count.applyAsLong(counts);
    }
}
