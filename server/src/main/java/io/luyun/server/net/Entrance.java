package io.luyun.server.net;

import io.netty.channel.Channel;
import io.netty.util.concurrent.Promise;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Lets so many connections of an event loop shake hands at once. When all devices come at the same time the loop would otherwise
 * begin with each and end with none before they give up, and messages of the others would wait behind all of them. The newest is
 * let in first: the older ones are the next to give up. Owned by its event loop.
 *
 * <pre>
 *   come: a whole hello of TLS ──▶ inside: handshake, hello ──▶ done: a session, or gone
 *             │                       ▲    └── after a second it does not count any more: who only sits there keeps nobody out
 *             └──────▶ waiting ───────┘
 * </pre>
 *
 * @param <T> what is needed to begin
 */
final class Entrance<T> {
    /** Some 100 ms of work, and 500 a second of devices that are a quarter of a second away; chosen here. */
    static final int MOST = 128;

    private static final long COUNTS_NS = TimeUnit.SECONDS.toNanos(1);

    private final EpochNanoClock clock;
    private final LinkedHashMap<Channel, Long> inside = new LinkedHashMap<>();
    private final LinkedHashMap<Channel, Waiting<T>> waiting = new LinkedHashMap<>();

    /** Who waits, and for what. */
    private record Waiting<T>(T needed, Promise<T> promise) {}

    Entrance(final EpochNanoClock clock) {
        this.clock = clock;
    }

    /** A connection wants to begin; the promise is kept when it may. */
    Promise<T> come(final Channel channel, final T needed, final Promise<T> promise) {
        if (inside.size() < MOST) {
            letIn(channel, new Waiting<>(needed, promise));
        } else {
            waiting.put(channel, new Waiting<>(needed, promise));
        }
        return promise;
    }

    /** Whether it has to wait, and does not because of its peer. */
    boolean waits(final Channel channel) {
        return waiting.containsKey(channel);
    }

    /** A connection has a session, or has gone. */
    void done(final Channel channel) {
        waiting.remove(channel);
        if (inside.remove(channel) != null) {
            admit();
        }
    }

    /** Time has passed. */
    void onTime() {
        final long nowNs = clock.nanoTime();
        while (!inside.isEmpty() && nowNs - inside.firstEntry().getValue() > COUNTS_NS) {
            inside.pollFirstEntry();
        }
        admit();
    }

    private void admit() {
        while (inside.size() < MOST && !waiting.isEmpty()) {
            final Map.Entry<Channel, Waiting<T>> newest = waiting.pollLastEntry();
            letIn(newest.getKey(), newest.getValue());
        }
    }

    private void letIn(final Channel channel, final Waiting<T> who) {
        inside.put(channel, clock.nanoTime());
        who.promise().trySuccess(who.needed());
    }
}
