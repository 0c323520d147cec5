package io.luyun.simulator.replay;

import io.luyun.proto.v1.AckLevel;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.MqttPublisher;
import org.jspecify.annotations.Nullable;

/**
 * The MQTT port of a server: each device publishes its messages on its canonical topic, {@code luyun/v1/ID/up}, with quality 1. A
 * connection that breaks stays broken.
 */
final class MqttTarget extends SessionTarget<MqttTarget.Link> {
    private final Tokens tokens;

    /**
     * A server not connected to yet.
     *
     * @param loops one loop, closed with this
     */
    MqttTarget(final ClientLoops loops, final Tokens tokens, final Account account) {
        super(loops, account);
        this.tokens = tokens;
    }

    @Override
    Link connect(final ReplayDevice device) {
        final Link link = new Link(device);
        link.publisher.connect();
        return link;
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
        if (!link.publisher.publish(kind, link.topic, Frames.message(++link.number, kind, message))) {
            account.waits();
        }
        return true;
    }

    @Override
    public void flush() {
        // a publisher flushes what it has published
    }

    @Override
    public void close() {
        loop.submit(() -> links.values().forEach(link -> link.publisher.close()))
                .syncUninterruptibly();
        loops.close();
    }

    /** The connection of a device. */
    final class Link implements MqttPublisher.Listener {
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
