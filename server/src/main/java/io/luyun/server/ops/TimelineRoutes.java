package io.luyun.server.ops;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.Alert;
import io.luyun.server.ops.history.AlertHistory;
import io.luyun.server.ops.history.JournalIndex;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** How much happened when. Any thread. */
public final class TimelineRoutes {
    private static final int MOST = 2_000;
    private static final int USUAL = 300;

    private final AlertHistory history;
    private final JournalIndex index;

    /** Those of a journal and its alerts. */
    public TimelineRoutes(final AlertHistory history, final JournalIndex index) {
        this.history = history;
        this.index = index;
    }

    /** The routes. */
    public List<Route> routes() {
        return List.of(Route.slow("/api/v1/timeline", Scope.READ, this::timeline));
    }

    private Answer timeline(final Request request) {
        final long from = request.timeNs("from", Long.MIN_VALUE);
        final long to = request.timeNs("to", Long.MIN_VALUE);
        final int buckets = (int) request.number("buckets", USUAL, 1, MOST);
        if (from == Long.MIN_VALUE || to - TimeUnit.SECONDS.toNanos(1) < from) {
            throw Problem.badRequest(
                    "from", String.valueOf(request.parameter("from")), "must be given, at least a second before to");
        }
        final long[] raised = new long[buckets];
        final double bucketNs = (to - from) / (double) buckets;
        for (final Alert alert : history.newest(-1L, AlertHistory.KEPT, one -> within(one, from, to))) {
            raised[Math.min(buckets - 1, (int) ((alert.getRaisedAtNs() - from) / bucketNs))]++;
        }
        final JournalIndex.Timeline messages = index.timeline(from, to, buckets);
        final ObjectNode page = JsonNodeFactory.instance.objectNode();
        page.put("from", AlertJson.time(from));
        page.put("to", AlertJson.time(to));
        page.put("bucketSeconds", bucketNs / TimeUnit.SECONDS.toNanos(1));
        final ArrayNode counts = page.putArray("messages");
        messages.counts().forEach(counts::add);
        final ArrayNode alerts = page.putArray("alerts");
        for (final long count : raised) {
            alerts.add(count);
        }
        page.put("indexedUntil", AlertJson.time(messages.indexedUntilNs()));
        page.put("complete", messages.complete());
        return Answer.json(page);
    }

    private static boolean within(final Alert alert, final long from, final long to) {
        return alert.getRaisedAtNs() >= from && alert.getRaisedAtNs() < to;
    }
}
