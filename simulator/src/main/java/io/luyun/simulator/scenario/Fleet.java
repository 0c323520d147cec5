package io.luyun.simulator.scenario;

import io.luyun.proto.v1.Subscribe;
import io.luyun.simulator.link.ClientLoops;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.Identity;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.link.Uplink;
import io.luyun.simulator.measure.AlertBook;
import io.luyun.simulator.measure.Count;
import io.luyun.simulator.measure.Meter;
import io.luyun.simulator.measure.Opening;
import io.luyun.simulator.measure.SendTimes;
import io.luyun.simulator.measure.Totals;
import io.netty.channel.EventLoop;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToLongFunction;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.NanoClock;
import org.jspecify.annotations.Nullable;

/** The clients of a run, spread over the loops, and the meters of these loops. Used by the thread that runs it. */
@SuppressWarnings("FutureReturnValueIgnored") // clients tell their listener what became of them
public final class Fleet implements AutoCloseable {
    private static final long CONNECT_EVERY_NS = 500_000;
    private static final double GOLDEN = 0.6180339887498949;
    private static final long POLL_NS = 5_000_000;
    private static final long GOODBYE_MILLIS = 2_000;

    private final ClientLoops loops;
    private final NanoClock clock;
    private final AlertBook alerts = new AlertBook();
    private final EpochNanoClock epochClock;
    private final Opening opening;
    private final SendTimes sendTimes;
    private final List<Meter> meters = new ArrayList<>();
    private final List<Uplink> clients = new ArrayList<>();
    private final List<DeviceClient> subscribers = new ArrayList<>();
    private boolean closed;

    /** Makes what carries a device's messages. */
    interface Links {
        /** The native protocol for all. */
        Links NATIVE = (loops, loop, identity, meter) -> loops.client(loop, identity, meter);

        Uplink link(ClientLoops loops, int loop, Identity identity, Meter meter) throws IOException;
    }

    /**
     * Clients of the native protocol, not connected yet.
     *
     * @param also hears of answers to messages, too
     */
    public Fleet(
            final LinkConfig config,
            final List<Identity> identities,
            final int loopCount,
            final NanoClock clock,
            final EpochNanoClock epochClock,
            final LinkListener also)
            throws IOException {
        this(config, identities, Links.NATIVE, loopCount, clock, epochClock, also);
    }

    Fleet(
            final LinkConfig config,
            final List<Identity> identities,
            final Links links,
            final int loopCount,
            final NanoClock clock,
            final EpochNanoClock epochClock,
            final LinkListener also)
            throws IOException {
        this.clock = clock;
        loops = new ClientLoops(config, loopCount, clock, epochClock);
        this.epochClock = epochClock;
        opening = new Opening(identities.size());
        sendTimes = new SendTimes(identities.stream().map(Identity::deviceId).toList());
        for (int i = 0; i < loopCount; i++) {
            meters.add(new Meter(alerts, opening, also, sendTimes, clock));
        }
        for (int i = 0; i < identities.size(); i++) {
            clients.add(links.link(loops, loopOf(i), identities.get(i), meters.get(loopOf(i))));
        }
    }

    int loops() {
        return loops.size();
    }

    int loopOf(final int client) {
        return client % loops.size();
    }

    /** One of the loops. */
    public EventLoop loop(final int index) {
        return loops.loop(index);
    }

    /** The client at a place of the identities. */
    public Uplink client(final int index) {
        return clients.get(index);
    }

    /** Sends a message of a client, due at that time, and accounts for it; on the client's loop. Flush afterwards. */
    public long send(
            final int index,
            final int kind,
            final DirectBuffer body,
            final int offset,
            final int length,
            final long intendedNs) {
        final long number = clients.get(index).offer(kind, body, offset, length, intendedNs);
        meters.get(loopOf(index)).offered(kind, number, clock.nanoTime() - intendedNs);
        if (number != 0 && (kind & Uplink.MARK) == 0 && clients.get(index).open()) {
            sendTimes.sent(index, intendedNs, epochClock.nanoTime());
        }
        return number;
    }

    /** Sends a client's message once more that has just been sent; on the client's loop. */
    void repeat(final int index, final long number) {
        if (clients.get(index).repeat(number)) {
            count(index, Count.REPEATED);
        }
    }

    /** Counts what becomes of a client's message before it is sent; on the client's loop. */
    void count(final int index, final Count what) {
        meters.get(loopOf(index)).count(what);
    }

    /** Asks for the server's clock, once on each loop. */
    public void askClock() {
        for (int loop = 0; loop < loops.size(); loop++) {
            for (int i = loop; i < clients.size(); i += loops.size()) {
                if (clients.get(i) instanceof final DeviceClient client) {
                    loops.loop(loop).execute(client::askClock);
                    break;
                }
            }
        }
    }

    /** Breaks the links of a share of the clients, spread over all of them; others each turn. */
    void stayAway(final double share, final int turn, final long millis, final boolean together) {
        final double shift = turn * GOLDEN % 1;
        for (int i = 0; i < clients.size(); i++) {
            if ((long) ((i + 1) * share + shift) > (long) (i * share + shift)) {
                final Uplink client = clients.get(i);
                loops.loop(loopOf(i)).execute(() -> client.stayAway(millis, !together));
            }
        }
    }

    /** Forgets the latencies so far. */
    void forgetLatencies() {
        for (int i = 0; i < meters.size(); i++) {
            loops.loop(i).execute(meters.get(i)::forgetLatencies);
        }
    }

    AlertBook alerts() {
        return alerts;
    }

    /** Adds a client that only subscribes and is not part of the account, on the first loop. */
    public void subscriber(final Identity identity, final LinkListener listener, final Subscribe subscription) {
        subscriber(identity, listener, subscription, 0);
    }

    /** Adds one that reads no more than so many bytes a second; 0 for all there are. */
    void subscriber(
            final Identity identity,
            final LinkListener listener,
            final Subscribe subscription,
            final int readBytesPerSecond) {
        final DeviceClient subscriber = loops.slowClient(0, identity, listener, readBytesPerSecond);
        subscribers.add(subscriber);
        loops.loop(0).execute(() -> {
            subscriber.subscribe(subscription);
            subscriber.connect();
        });
    }

    /** Opens all sessions. */
    public void open(final long timeoutMillis) throws InterruptedException, ResourceException {
        for (int i = 0; i < clients.size(); i++) {
            final Uplink client = clients.get(i);
            loops.loop(loopOf(i)).schedule(client::connect, i * CONNECT_EVERY_NS, TimeUnit.NANOSECONDS);
        }
        final long allowedMillis = timeoutMillis + TimeUnit.NANOSECONDS.toMillis(clients.size() * CONNECT_EVERY_NS);
        final @Nullable String problem = opening.await(allowedMillis);
        if (problem != null) {
            throw new ResourceException(problem);
        }
        askClock();
    }

    /** What was counted so far. */
    public Totals totals() {
        final Totals totals = new Totals();
        for (int i = 0; i < meters.size(); i++) {
            final Meter meter = meters.get(i);
            final int here = i;
            loops.loop(i)
                    .submit(() -> {
                        meter.addTo(totals);
                        totals.addOutstanding(sum(here, Uplink::outstanding));
                    })
                    .syncUninterruptibly();
        }
        return totals;
    }

    /** Clients that only subscribe and have no session now. */
    long subscribersAway() {
        return subscribers.isEmpty()
                ? 0
                : loops.loop(0)
                        .submit(() -> subscribers.stream()
                                .filter(subscriber -> !subscriber.open())
                                .count())
                        .syncUninterruptibly()
                        .getNow();
    }

    /** Links on which messages can be sent now. */
    long open() {
        return count(client -> client.open() ? 1 : 0);
    }

    long nowNs() {
        return clock.nanoTime();
    }

    /** Messages that wait for an answer. */
    long outstanding() {
        return count(Uplink::outstanding);
    }

    ClientLoops clientLoops() {
        return loops;
    }

    /** Waits until the server has answered for everything, or the time is over. */
    public void drain(final long timeoutMillis) {
        final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (outstanding() > 0 && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(POLL_NS);
        }
    }

    /** Says goodbye on every session and ends the loops. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        for (int i = 0; i < clients.size(); i++) {
            loops.loop(loopOf(i)).execute(clients.get(i)::close);
        }
        subscribers.forEach(subscriber -> loops.loop(0).execute(subscriber::close));
        final long endNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(GOODBYE_MILLIS);
        while (count(client -> client.closed() ? 0 : 1) > 0 && clock.nanoTime() < endNs) {
            LockSupport.parkNanos(POLL_NS);
        }
        loops.close();
    }

    private long count(final ToLongFunction<Uplink> value) {
        long sum = 0;
        for (int loop = 0; loop < loops.size(); loop++) {
            final int here = loop;
            sum += loops.loop(loop)
                    .submit(() -> sum(here, value))
                    .syncUninterruptibly()
                    .getNow();
        }
        return sum;
    }

    /** Of the clients of a loop; on the loop. */
    private long sum(final int loop, final ToLongFunction<Uplink> value) {
        long sum = 0;
        for (int i = loop; i < clients.size(); i += loops.size()) {
            sum += value.applyAsLong(clients.get(i));
        }
        return sum;
    }
}
