package io.luyun.simulator.link;

import io.netty.channel.EventLoop;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One device over MQTT 5: canonical messages with quality 1 on its own topic, a connection after the other. What has no answer when a connection
 * breaks is not sent again: at quality 1 the server could not tell that it has it. All methods are called on its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a connection comes back through its listener
public final class MqttUplink implements Uplink {
    private static final long FIRST_BACKOFF_MILLIS = 100;
    private static final long MAX_BACKOFF_MILLIS = 5_000;

    private final ClientLoops loops;
    private final EventLoop loop;
    private final ClientLoops.Address to;
    private final Identity identity;
    private final UplinkListener listener;
    private final String topic;
    private final IntObjectMap<Sent> sent = new IntObjectHashMap<>();
    private @Nullable MqttPublisher publisher;
    private boolean open;
    private boolean opened;
    private boolean closed;
    private int number;
    private long backoffMillis = FIRST_BACKOFF_MILLIS;

    /** A message on its way. */
    private record Sent(int kind, long intendedNs) {}

    MqttUplink(
            final ClientLoops loops,
            final EventLoop loop,
            final ClientLoops.Address to,
            final Identity identity,
            final UplinkListener listener) {
        this.loops = loops;
        this.loop = loop;
        this.to = to;
        this.identity = identity;
        this.listener = listener;
        topic = "luyun/v1/" + identity.deviceId() + "/up";
    }

    @Override
    public void connect() {
        if (closed || publisher != null) {
            return;
        }
        publisher = new MqttPublisher(loops, loop, to, identity, new Connection());
        publisher.connect();
    }

    @Override
    public long offer(
            final int kind, final DirectBuffer body, final int offset, final int length, final long intendedNs) {
        if (publisher == null || !open || sent.size() >= loops.config().maxOutstanding()) {
            return 0;
        }
        final int here = ++number;
        final byte[] bytes = Frames.bare(here, kind & ~MARK, body, offset, length);
        sent.put(here, new Sent(kind, intendedNs));
        publisher.publish(here, topic, bytes);
        return here;
    }

    @Override
    public boolean repeat(final long again) {
        return false; // at quality 1 it would be another message
    }

    @Override
    public void flush() {
        // a publisher flushes itself
    }

    @Override
    public int outstanding() {
        return sent.size();
    }

    @Override
    public void stayAway(final long millis, final boolean spread) {
        final MqttPublisher gone = publisher;
        if (closed || gone == null) {
            return;
        }
        backoffMillis = Math.max(1, millis + (spread ? spreadMillis() : 0));
        gone.abort();
    }

    @Override
    public void close() {
        closed = true;
        if (publisher != null) {
            publisher.close();
            publisher = null;
        }
    }

    @Override
    public boolean open() {
        return open;
    }

    @Override
    public boolean closed() {
        return closed;
    }

    private long spreadMillis() {
        return Math.floorMod(identity.deviceId().hashCode(), FIRST_BACKOFF_MILLIS);
    }

    /** Hears one connection. */
    private final class Connection implements MqttPublisher.Listener {
        @Override
        public void onOpen() {
            backoffMillis = FIRST_BACKOFF_MILLIS;
            open = true;
            listener.onOpen(opened);
            opened = true;
        }

        @Override
        public void onAnswer(final int index, final @Nullable String refusal) {
            final Sent message = sent.remove(index);
            if (message == null) {
                return; // of one that was sent twice
            }
            if (refusal == null) {
                listener.onAcked(
                        message.kind(), message.intendedNs(), loops.nanoClock().nanoTime());
            } else {
                listener.onRefused(message.kind(), refusal);
            }
        }

        @Override
        public void onClosed(final String why) {
            if (closed) {
                return;
            }
            publisher = null;
            open = false;
            sent.values().forEach(message -> listener.onCutOff(message.kind()));
            sent.clear();
            final boolean refused = !opened && why.startsWith("the server refuses");
            closed = refused;
            listener.onClosed(why, refused);
            if (!refused) {
                loop.schedule(MqttUplink.this::connect, backoffMillis, TimeUnit.MILLISECONDS);
                backoffMillis = Math.min(2 * backoffMillis, MAX_BACKOFF_MILLIS);
            }
        }
    }
}
