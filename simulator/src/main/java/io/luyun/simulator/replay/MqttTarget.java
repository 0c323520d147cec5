package io.luyun.simulator.replay;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.MessageKind;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.MqttPublisher;
import io.netty.channel.EventLoop;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT port of a server: each device publishes its messages on its canonical topic, {@code luyun/v1/ID/up}, with quality 1. A
 * connection that breaks stays broken.
 */
@SuppressWarnings("FutureReturnValueIgnored") // publishers tell their listener what became of them
final class MqttTarget implements Target {
    private static final int MOST_OUTSTANDING = 16_384;

    private final ClientLoops loops;
    private final EventLoop loop;
    private final Tokens tokens;
    private final Account account;
    private final Sessions sessions = new Sessions();
    private final Map<ReplayDevice, Link> links = new HashMap<>();
    private long outstanding;

    /**
     * A server not connected to yet.
     *
     * @param loops one loop, closed with this
     */
    MqttTarget(final ClientLoops loops, final Tokens tokens, final Account account) {
        this.loops = loops;
        this.tokens = tokens;
        this.account = account;
        loop = loops.loop(0);
    }

    @Override
    public ScheduledExecutorService loop() {
        return loop;
    }

    @Override
    public boolean answers() {
        return true;
    }

    @Override
    public void announce(final ReplayDevice device) {
        sessions.announced();
        loop.execute(() -> link(device));
    }

    private Link link(final ReplayDevice device) {
        final Link known = links.get(device);
        if (known != null) {
            return known;
        }
        final Link link = new Link(device);
        links.put(device, link);
        sessions.asked();
        link.publisher.connect();
        return link;
    }

    @Override
    public boolean settled(final long nowNs) {
        return sessions.settled(nowNs);
    }

    @Override
    public @Nullable String closed() {
        return sessions.closed();
    }

    @Override
    public boolean ready(final ReplayDevice device) {
        return outstanding < MOST_OUTSTANDING;
    }

    @Override
    public @Nullable String lacks(final int kind) {
        return kind == MessageKind.MESSAGE_KIND_VPM_VALUE ? "no server takes payments" : null;
    }

    @Override
    public void rehearse(final ReplayDevice device, final int kind, final byte[] message) {
        Frames.message(1, kind, message);
    }

    @Override
    public boolean send(
            final ReplayDevice device,
            final int kind,
            final byte[] message,
            final long sequence,
            final long utcNs,
            final long dueNs) {
        final Link link = link(device);
        if (link.why != null) {
            account.notSent(kind, link.why);
            return false;
        }
        link.waiting++;
        outstanding++;
        account.sent(kind, message.length);
        link.publisher.publish(kind, link.topic, Frames.message(++link.number, kind, message));
        return true;
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public void flush() {
        // a publisher flushes what it has published
    }

    @Override
    public long outstanding() {
        return outstanding;
    }

    @Override
    public void close() {
        loop.submit(() -> links.values().forEach(link -> link.publisher.close()))
                .syncUninterruptibly();
        loops.close();
    }

    /** The connection of a device. */
    private final class Link implements MqttPublisher.Listener {
        private final MqttPublisher publisher;
        private final String topic;
        private long number;
        private long waiting;
        private boolean opened;
        private @Nullable String why;

        Link(final ReplayDevice device) {
            topic = "luyun/v1/" + device.id() + "/up";
            final Identity identity =
                    new Identity(device.id(), device.role(), tokens.of(device.id()), 0, AckLevel.ACK_LEVEL_SYNCED);
            publisher = new MqttPublisher(loops, loop, identity, this);
        }

        @Override
        public void onOpen() {
            opened = true;
            sessions.opened();
        }

        @Override
        public void onAnswer(final int index, final @Nullable String refusal) {
            waiting--;
            outstanding--;
            if (refusal == null) {
                account.acknowledged(index);
            } else {
                account.refused(index, refusal);
            }
        }

        @Override
        public void onClosed(final String reason) {
            why = reason;
            outstanding -= waiting;
            waiting = 0;
            account.troubled(reason);
            sessions.failed(reason, opened);
        }
    }
}
