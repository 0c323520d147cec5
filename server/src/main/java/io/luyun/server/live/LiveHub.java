package io.luyun.server.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.luyun.proto.v1.Alert;
import io.luyun.server.journal.JournalException;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.agrona.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * The browsers that watch, and what they look at: the road as it is, or a time of the journal each. One thread: that of the face,
 * which polls it while {@link #watched}.
 */
public final class LiveHub implements AutoCloseable {
    private final LiveConfig config;
    private final String version;
    private final LivePipe pipe;
    private final LiveRoads roads;
    private final Function<Alert, JsonNode> alertForm;
    private final Counters counters;
    private final ErrorHandler errors;
    private final Picture live;
    private final FrameBytes bytes = new FrameBytes();
    private final List<Viewer> viewers = new ArrayList<>();
    private int replays;
    private long replaysEver;
    private boolean closed;

    /**
     * Nobody watches.
     *
     * @param version that of the server
     * @param pipe where the road as it is comes from
     * @param roads where roads of the past come from
     * @param alertForm an alert as the pages show it
     */
    public LiveHub(
            final LiveConfig config,
            final String version,
            final LivePipe pipe,
            final LiveRoads roads,
            final Function<Alert, JsonNode> alertForm,
            final Counters counters,
            final ErrorHandler errors) {
        this.config = config;
        this.version = version;
        this.pipe = pipe;
        this.roads = roads;
        this.alertForm = alertForm;
        this.counters = counters;
        this.errors = errors;
        live = new Picture(roads.plane(), alertForm);
    }

    /** Settings. */
    public LiveConfig config() {
        return config;
    }

    /** Whether anybody watches. */
    public boolean watched() {
        return !viewers.isEmpty();
    }

    /**
     * A browser has come.
     *
     * @param scopes what it may do
     * @param nowNs the server's time, since 1970
     * @return null when there are too many or the server ends; it has been closed then
     */
    public @Nullable LiveClient connect(final Outbox out, final List<String> scopes, final long nowNs) {
        if (closed || viewers.size() >= config.maxBrowsers()) {
            counters.increment(Counter.LIVE_CLOSED);
            out.close(
                    closed ? Outbox.GOING_AWAY : Outbox.TRY_AGAIN_LATER,
                    closed ? "the server ends" : "more than " + config.maxBrowsers() + " browsers watch already");
            return null;
        }
        if (viewers.isEmpty()) {
            live.expectAll();
            pipe.begin();
        }
        final Viewer viewer = new Viewer(this, new Browser(out, live, config, bytes, counters), nowNs);
        viewers.add(viewer);
        viewer.browser().tell(hello(scopes, nowNs));
        return viewer;
    }

    private byte[] hello(final List<String> scopes, final long nowNs) {
        final ObjectNode json = LiveText.message("hello")
                .put("version", version)
                .put("zone", roads.road().zone().name())
                .put("mode", "live")
                .put("at", LiveText.time(nowNs));
        final var all = json.putArray("scopes");
        scopes.forEach(all::add);
        final long fromNs = firstTimeNs();
        json.putObject("journal")
                .put("from", LiveText.time(fromNs == 0 ? nowNs : fromNs))
                .put("to", LiveText.time(nowNs));
        return LiveText.bytes(json);
    }

    /** Where the journal begins; 0 as long as there is none. */
    private long firstTimeNs() {
        try {
            return roads.journal().get().firstTimeNs();
        } catch (final JournalException e) {
            errors.onError(e);
            return 0;
        }
    }

    /**
     * Takes what the roads have handed over and sends what is due.
     *
     * @param machineNs time of the machine, for the paces of browsers
     */
    public void poll(final long machineNs) {
        drain(pipe, live);
        for (int i = viewers.size() - 1; i >= 0; i--) {
            final Viewer viewer = viewers.get(i);
            viewer.poll(machineNs);
            if (viewer.browser().closed()) {
                leave(viewer);
            }
        }
        live.toldAll();
    }

    static void drain(final LivePipe from, final Picture into) {
        Batch batch = from.take();
        while (batch != null) {
            into.take(batch);
            from.giveBack(batch);
            batch = from.take();
        }
    }

    void leave(final Viewer viewer) {
        if (viewers.remove(viewer)) {
            viewer.browser().end();
            viewer.endReplay();
            if (viewers.isEmpty()) {
                pipe.end();
            }
        }
    }

    Picture live() {
        return live;
    }

    LiveRoads roads() {
        return roads;
    }

    Counters counters() {
        return counters;
    }

    /** A picture of a time of the journal, of which nothing is there yet. */
    Picture blank() {
        return new Picture(roads.plane(), alertForm);
    }

    /** A replay that waits to be told where; null when there are too many. */
    @Nullable
    Replay replay(final double speed) {
        if (replays >= config.maxReplays()) {
            return null;
        }
        replays++;
        replaysEver++;
        counters.increment(Counter.LIVE_REPLAYS);
        final Replay replay = new Replay(
                roads, TimeUnit.SECONDS.toNanos(config.warmUpSeconds()), speed, "luyun-replay-" + replaysEver, errors);
        replay.start();
        return replay;
    }

    void replayEnded() {
        replays--;
    }

    /** Tells all browsers to go, and ends the replays. */
    @Override
    public void close() {
        closed = true;
        for (final Viewer viewer : List.copyOf(viewers)) {
            viewer.browser().close(Outbox.GOING_AWAY, "the server ends");
            viewer.closeReplay();
            leave(viewer);
        }
    }
}
