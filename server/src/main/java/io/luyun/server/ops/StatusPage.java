package io.luyun.server.ops;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** The state as one JSON object, for programs. Owned by the face's thread. */
final class StatusPage {
    private static final String REFUSED = "refused_";

    private final ObjectMapper mapper = new ObjectMapper();
    private final OpsSource source;
    private final Counters counters;
    private final Latencies latencies;

    StatusPage(final OpsSource source, final Counters counters, final Latencies latencies) {
        this.source = source;
        this.counters = counters;
        this.latencies = latencies;
    }

    byte[] json() throws JsonProcessingException {
        final OpsStatus status = source.status();
        final NotReady notReady = source.notReady();
        final Map<String, Object> page = new LinkedHashMap<>();
        page.put("version", status.version());
        page.put("uptimeSeconds", status.uptimeSeconds());
        page.put("ready", notReady == null);
        if (notReady != null) {
            page.put("cause", notReady.label());
            page.put("reason", notReady.reason());
        }
        page.put("mode", status.mode());
        page.put("zone", status.zone());
        page.put("sessions", status.sessions());
        page.put("journal", journal(status));
        if (!status.mqtt().isEmpty()) {
            page.put("mqtt", status.mqtt());
        }
        page.put("traffic", traffic(status.traffic()));
        page.put("messages", messages());
        page.put("counters", counters());
        page.put("refused", refused());
        page.put("alerts", alerts());
        page.put("latencyMicros", latency());
        return mapper.writeValueAsBytes(page);
    }

    private static Map<String, Object> journal(final OpsStatus status) {
        final Map<String, Object> journal = new LinkedHashMap<>();
        journal.put("appended", status.appendedSequence());
        journal.put("synced", status.syncedSequence());
        journal.put("scan", status.scan());
        return journal;
    }

    private static Map<String, Object> traffic(final OpsTraffic of) {
        final Map<String, Object> traffic = new LinkedHashMap<>();
        traffic.put("links", of.links());
        traffic.put("vehicles", of.vehicles());
        if (!Double.isNaN(of.speedMps())) {
            traffic.put("speedMps", of.speedMps());
        }
        traffic.put("jams", of.jams());
        traffic.put("queueMetres", of.queueMetres());
        return traffic;
    }

    private Map<String, Object> messages() {
        final Map<String, Object> byRole = new LinkedHashMap<>();
        for (final Role role : Names.ROLES) {
            final Map<String, Long> byKind = new LinkedHashMap<>();
            for (final MessageKind kind : Names.MESSAGES) {
                byKind.put(Names.of(kind), counters.messages(role.getNumber(), kind.getNumber()));
            }
            byRole.put(Names.of(role), byKind);
        }
        return byRole;
    }

    private Map<String, Long> counters() {
        final Map<String, Long> values = new LinkedHashMap<>();
        for (final Counter counter : Counter.values()) {
            values.put(counter.label(), counters.get(counter));
        }
        return values;
    }

    private Map<String, Long> refused() {
        final Map<String, Long> values = new LinkedHashMap<>();
        for (final Counter counter : Counter.values()) {
            if (counter.label().startsWith(REFUSED)) {
                values.put(counter.label().substring(REFUSED.length()), counters.get(counter));
            }
        }
        return values;
    }

    private Map<String, Long> alerts() {
        final Map<String, Long> values = new LinkedHashMap<>();
        for (final AlertKind kind : Names.ALERTS) {
            values.put(Names.of(kind), counters.alerts(kind.getNumber()));
        }
        return values;
    }

    private Map<String, Object> latency() {
        final Map<String, Object> stages = new LinkedHashMap<>();
        for (final Stage stage : Stage.values()) {
            final Histogram histogram = latencies.snapshot(stage);
            final Map<String, Long> values = new LinkedHashMap<>();
            values.put("p50", histogram.getValueAtPercentile(50));
            values.put("p99", histogram.getValueAtPercentile(99));
            values.put("p999", histogram.getValueAtPercentile(99.9));
            values.put("max", histogram.getMaxValue());
            values.put("count", histogram.getTotalCount());
            stages.put(stage.label(), values);
        }
        return stages;
    }
}
