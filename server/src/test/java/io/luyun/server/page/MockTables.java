package io.luyun.server.page;

import static io.luyun.server.page.MockFacts.time;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Devices, figures, counts over time and test vehicles, made up in the shapes that the real server tells. Without state. */
final class MockTables {
    static ObjectNode devices(final long ms) {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode all = page.putArray("devices");
        for (int i = 0; i < 40; i++) {
            final ObjectNode one =
                    all.addObject().put("id", i == 0 ? MockRoad.HOSTILE : i < 12 ? "rsu-" + i * 2 : "veh-" + i);
            one.put("role", i < 12 && i > 0 ? "RSU" : "OBU")
                    .put("online", i % 6 != 5)
                    .put("since", time(ms - 3_600_000L * (i + 1)));
            one.put("remote", "10.1.0." + i)
                    .put("protocol", i < 12 ? "mqtt" : "luyun")
                    .put("gaps", i % 4)
                    .put("clockOffsetMs", i * 0.7 - 3);
            one.putObject("messagesPerSecond").put("RSM", 10.0).put("SPAT", i < 12 ? 2.0 : 0);
            one.putObject("refused").put("out_of_range", i % 7 == 3 ? 4 : 0);
            if (i % 3 == 0) {
                one.put("certificateDaysLeft", 12 + i * 9);
            }
        }
        return page;
    }

    static ObjectNode figures(final long ms) {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode samples = page.putArray("samples");
        for (int i = 0; i < 300; i++) {
            final double wave = Math.sin(i / 20.0);
            final ObjectNode one = samples.addObject().put("at", time(ms - (300 - i) * 1000L));
            one.put("messagesPerSecond", 10_200 + wave * 900).put("journalBytes", 7_000_000_000L + i * 2_000_000L);
            one.put("diskFreeBytes", 80_000_000_000L)
                    .put("cpu", 0.31 + wave * 0.09)
                    .put("systemCpu", 0.5 + wave * 0.1)
                    .put("refusedPerSecond", 0.0);
            final ObjectNode latency = one.putObject("latencyMicros");
            for (final String stage : List.of("receive_append", "append_sync", "receive_alert", "alert_socket")) {
                latency.putObject(stage)
                        .put("count", 900)
                        .put("p50", 600 + (int) (wave * 100))
                        .put("p99", 4_200 + (int) (wave * 1_000))
                        .put("max", 21_000 + (int) (wave * 12_000));
            }
            one.putObject("droppedPerSecond")
                    .put("alerts_dropped", i % 50 == 0 ? 3 : 0)
                    .put("udp_lost", 0);
        }
        return page;
    }

    static ObjectNode timeline(final long from, final long to, final int buckets) {
        final ObjectNode page =
                JsonNodeFactory.instance.objectNode().put("from", time(from)).put("to", time(to));
        final ArrayNode messages = page.putArray("messages");
        final ArrayNode counts = page.putArray("alerts");
        for (int i = 0; i < buckets; i++) {
            messages.add(20_000 + (int) (8_000 * Math.sin(i / 15.0)));
            counts.add(i % 60 == 30 ? 1 : 0);
        }
        return page;
    }

    static ObjectNode supervision(final long ms) {
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        final ArrayNode all = page.putArray("vehicles");
        for (int i = 1; i < 9; i++) {
            final ObjectNode one =
                    all.addObject().put("device", String.format("veh-%04d", i)).put("plate", "渝A" + 10_000 * i);
            one.put("enterprise", "Example").put("operator", i % 2 == 0 ? "重庆智行" : "Example Motors");
            one.putObject("permit")
                    .put("number", "T-" + i)
                    .put("from", "2026-01-01")
                    .put("to", "2026-12-31")
                    .put("fromHour", 7)
                    .put("toHour", 20);
            one.putArray("roads").add("科技路");
            one.put("online", i != 5)
                    .put("mode", i % 3 == 0 ? "MANUAL" : "AUTOMATED")
                    .put("permitted", i != 1);
            final ArrayNode moments = one.putArray("moments");
            if (i % 2 == 0) {
                moments.addObject()
                        .put("what", "takeovers")
                        .put("at", time(ms / 60_000 * 60_000 - 240_000))
                        .put("lat", MockZone.LAT)
                        .put("lon", MockZone.LON);
                moments.addObject().put("what", "offRoad").put("at", time(ms / 60_000 * 60_000 - 300_000));
            }
            for (final String period : List.of("today", "month")) {
                final ObjectNode figures = one.putObject(period)
                        .put("takeovers", i)
                        .put("harshBrakings", 1)
                        .put("failures", 0)
                        .put("offRoad", i == 4 ? 2 : 0);
                figures.putObject("automated").put("metres", i * 12_345.0).put("seconds", i * 1_845.0);
                figures.putObject("manual").put("metres", i * 2_345.0).put("seconds", i * 345.0);
            }
        }
        return page;
    }

    private MockTables() {}
}
