package io.luyun.server;

import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.ErrorLog;
import io.luyun.server.monitor.Latencies;

/** What everything reports to. */
public record Monitors(Counters counters, Latencies latencies, ErrorLog errors) {
    /** Nothing reported yet. */
    public static Monitors create() {
        final Counters counters = new Counters();
        return new Monitors(counters, new Latencies(), new ErrorLog(counters));
    }
}
