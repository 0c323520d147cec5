package io.luyun.simulator.replay;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.Welcome;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.measure.Meter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A server, to which each device has a session of its own in the native protocol. A connection that breaks is opened again, and what
 * has no answer is sent again under the same numbers. A device that has had no session for 30 s of playing is given up, so that the
 * others go on; when none has one, so is the server.
 */
@SuppressWarnings("FutureReturnValueIgnored") // clients tell their listener what became of them
final class ServerTarget extends SessionTarget<ServerTarget.Link> {
    private static final long CONNECT_EVERY_NS = 500_000;
    private static final long GIVE_UP_NS = TimeUnit.SECONDS.toNanos(30);
    private static final long LOOK_EVERY_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long GOODBYE_NS = TimeUnit.SECONDS.toNanos(2);
    private static final long POLL_NS = 5_000_000;
    private static final long NO_KIND = -1;
    private static final DeviceFrame BEAT = DeviceFrame.newBuilder()
            .setHeartbeat(Heartbeat.newBuilder().setDeviceTimeNs(0))
            .build();

    private final int clientBound;
    private final Tokens tokens;
    private final long bootEpoch;
    private final NanoClock clock;
    private final List<Link> touched = new ArrayList<>();
    private final UnsafeBuffer body = new UnsafeBuffer(0, 0);
    private long nextConnectNs;
    private long lookedNs;

    /**
     * A server not connected to yet.
     *
     * @param loops one loop, closed with this
     * @param clientBound most messages without an answer of one device
     * @param bootEpoch that of all devices
     */
    ServerTarget(
            final ClientLoops loops,
            final int clientBound,
            final Tokens tokens,
            final long bootEpoch,
            final NanoClock clock,
            final Account account) {
        super(loops, account);
        this.clientBound = clientBound;
        this.tokens = tokens;
        this.bootEpoch = bootEpoch;
        this.clock = clock;
        lookedNs = clock.nanoTime();
    }

    @Override
    Link connect(final ReplayDevice device) {
        final long nowNs = clock.nanoTime();
        nextConnectNs = Math.max(nowNs, nextConnectNs + CONNECT_EVERY_NS);
        final Link link = new Link(device, nextConnectNs);
        loop.schedule(link.client::connect, nextConnectNs - nowNs, TimeUnit.NANOSECONDS);
        return link;
    }

    @Override
    public boolean ready(final ReplayDevice device) {
        final long nowNs = clock.nanoTime();
        if (nowNs - lookedNs >= LOOK_EVERY_NS) {
            lookedNs = nowNs;
            giveUp(nowNs);
        }
        return super.ready(device) && link(device).client.outstanding() < clientBound;
    }

    /** Lets go of devices that have had no session for long: what is played to them would hold up the others for ever. */
    private void giveUp(final long nowNs) {
        boolean any = false;
        final List<Link> lost = new ArrayList<>();
        for (final Link link : links.values()) {
            final DeviceClient.State state = link.client.state();
            any |= state == DeviceClient.State.OPEN;
            if (state != DeviceClient.State.OPEN
                    && state != DeviceClient.State.CLOSED
                    && nowNs - link.downNs >= GIVE_UP_NS) {
                lost.add(link);
            }
        }
        for (final Link link : lost) {
            link.giveUp(any);
        }
    }

    @Override
    public void rehearse(final ReplayDevice device, final int kind, final byte[] message) {
        body.wrap(message);
        link(device).client.rehearse(kind, body, 0, message.length);
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
        body.wrap(message);
        final long number = link.client.offer(kind, body, 0, message.length, dueNs);
        if (number == 0) {
            account.notSent(kind, link.why);
            return false;
        }
        if (link.written < number) {
            account.waits();
        }
        link.kinds.put(number, kind);
        outstanding++;
        account.sent(kind, message.length);
        if (!link.touched) {
            link.touched = true;
            touched.add(link);
        }
        return true;
    }

    @Override
    public void flush() {
        for (int i = 0; i < touched.size(); i++) {
            touched.get(i).client.flush();
            touched.get(i).touched = false;
        }
        touched.clear();
    }

    @Override
    public void close() {
        loop.execute(() -> links.values().forEach(link -> link.client.close()));
        final long endNs = clock.nanoTime() + GOODBYE_NS;
        while (loop.submit(this::open).syncUninterruptibly().getNow() && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(POLL_NS);
        }
        loops.close();
    }

    private boolean open() {
        return links.values().stream().anyMatch(link -> link.client.state() != DeviceClient.State.CLOSED);
    }

    /** The session of a device, and which of its messages wait for an answer. */
    final class Link implements LinkListener {
        private final DeviceClient client;
        private final Long2LongHashMap kinds = new Long2LongHashMap(NO_KIND);
        private boolean opened;
        private boolean touched;
        /** Since when it has had no session, where it has none. */
        private long downNs;

        private boolean up;
        /** The last message that was written, once or more often. */
        private long written;

        private String trouble = "no answer";
        private @Nullable String givenUp;
        private String why = "too many messages without an answer";

        Link(final ReplayDevice device, final long connectNs) {
            downNs = connectNs;
            final Identity identity = new Identity(
                    device.id(), device.role(), tokens.of(device.id()), bootEpoch, AckLevel.ACK_LEVEL_SYNCED);
            client = loops.client(0, identity, this);
        }

        void giveUp(final boolean others) {
            final String whose = others ? client.identity().deviceId() + ": " : "";
            givenUp = whose + "no session for " + TimeUnit.NANOSECONDS.toSeconds(GIVE_UP_NS) + " s: " + trouble;
            client.close();
        }

        @Override
        public void onOpen(final DeviceClient of, final Welcome welcome, final boolean again) {
            up = true;
            if (again) {
                account.reconnected();
            } else {
                opened = true;
                sessions.opened();
                // two frames at once: what writes several has been loaded before it matters
                of.write(BEAT);
                of.askClock();
            }
        }

        @Override
        public void onWritten(final DeviceClient of, final long number, final boolean again) {
            written = Math.max(written, number);
        }

        @Override
        public void onAcked(
                final DeviceClient of, final long number, final int kind, final long intendedNs, final long nowNs) {
            if (kinds.remove(number) != NO_KIND) {
                outstanding--;
                account.acknowledged(kind);
            }
        }

        @Override
        public void onRefused(final DeviceClient of, final long number, final Error error) {
            final long kind = kinds.remove(number);
            if (kind != NO_KIND) {
                outstanding--;
                account.refused((int) kind, Meter.reason(error));
            }
        }

        @Override
        public void onClosed(final DeviceClient of, final String reason, final boolean forGood) {
            if (forGood) {
                why = givenUp == null ? reason : givenUp;
                outstanding -= kinds.size();
                sessions.failed(why, opened);
            } else {
                // an attempt that failed ends no session
                downNs = up ? clock.nanoTime() : downNs;
                up = false;
                trouble = reason;
                account.troubled(reason);
                sessions.troubled(reason);
            }
        }
    }
}
