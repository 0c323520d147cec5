package io.luyun.server.net;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.agrona.concurrent.EpochNanoClock;

/**
 * Lets so many connections of an event loop begin at once; the others wait, unread. When all devices come at the same time the loop
 * would otherwise begin with each and end with none before they give up. The newest is let in first: the older ones are about to
 * give up, and come again. Owned by its event loop.
 *
 * <pre>
 *   come ──▶ inside (handshake, hello) ──▶ done: a session, or gone
 *     │         ▲     └── after a second it does not count any more: whoever only sits there keeps nobody out
 *     └──▶ waiting ──▶ closed when the time for a hello has passed
 * </pre>
 */
@SuppressWarnings("FutureReturnValueIgnored") // nothing is left to do when a close fails
final class Entrance {
    /** Enough for a thousand a second of devices that are a quarter of a second away; chosen here. */
    static final int MOST = 256;

    private static final long COUNTS_NS = TimeUnit.SECONDS.toNanos(1);

    private final EpochNanoClock clock;
    private final Counters counters;
    private final long helloNs;
    private final LinkedHashMap<Channel, Long> inside = new LinkedHashMap<>();
    private final LinkedHashMap<Channel, Waiting> waiting = new LinkedHashMap<>();

    Entrance(final EpochNanoClock clock, final Counters counters, final long helloNs) {
        this.clock = clock;
        this.counters = counters;
        this.helloNs = helloNs;
    }

    /** A connection that waits; what it has sent before it was let in was sent by somebody who has gone since. */
    private final class Waiting extends ChannelInboundHandlerAdapter {
        private final long cameNs;
        private final LongConsumer begin;

        Waiting(final long cameNs, final LongConsumer begin) {
            this.cameNs = cameNs;
            this.begin = begin;
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            ReferenceCountUtil.release(message);
            context.close();
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            waiting.remove(context.channel());
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            context.close();
        }
    }

    /**
     * A connection has come.
     *
     * @param begin speaks with it, now or later; hears when it has come
     */
    void come(final Channel channel, final LongConsumer begin) {
        final long nowNs = clock.nanoTime();
        if (inside.size() < MOST) {
            letIn(channel, begin, nowNs, nowNs);
            return;
        }
        final Waiting waits = new Waiting(nowNs, begin);
        channel.config().setAutoRead(false);
        channel.pipeline().addLast(waits);
        waiting.put(channel, waits);
    }

    /** A connection has a session, or has gone. */
    void done(final Channel channel) {
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
        while (!waiting.isEmpty() && nowNs - waiting.firstEntry().getValue().cameNs > helloNs) {
            counters.increment(Counter.CONNECTIONS_REFUSED);
            waiting.pollFirstEntry().getKey().close();
        }
        admit();
    }

    /** Nobody is let in any more. */
    void close() {
        while (!waiting.isEmpty()) {
            waiting.pollLastEntry().getKey().close();
        }
    }

    private void admit() {
        while (inside.size() < MOST && !waiting.isEmpty()) {
            final Map.Entry<Channel, Waiting> newest = waiting.pollLastEntry();
            final Channel channel = newest.getKey();
            if (channel.isActive()) {
                channel.pipeline().remove(newest.getValue());
                letIn(channel, newest.getValue().begin, newest.getValue().cameNs, clock.nanoTime());
                channel.config().setAutoRead(true);
            }
        }
    }

    private void letIn(final Channel channel, final LongConsumer begin, final long cameNs, final long nowNs) {
        inside.put(channel, nowNs);
        begin.accept(cameNs);
    }
}
