package io.luyun.benchmarks.peers;

import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * Sends at a fixed rate, each message when its time has come, whatever comes back (open loop), then waits for what has not been
 * answered. Everything but {@link #run} happens on the client's event loop.
 */
final class LoadRun {
    /** Shortest sleep: waking up for each message alone would cost more than sending it. */
    private static final long PAUSE_NS = 100_000;

    /** So many messages at most before it is looked at what has come in. */
    private static final int BURST = 64;

    private static final long SETTLE_NS = 10_000_000_000L;
    private static final long LOOK_NS = 10_000_000;

    private final Client client;
    private final Reports reports;
    private final Account account;
    private final Load load;
    private final long startNs;
    private final boolean[] tooFast;
    private final Promise<Boolean> done;
    private long next;
    private long deadlineNs;

    /**
     * A run that has not begun.
     *
     * @param startNs when the first message is to be sent
     */
    LoadRun(final Client client, final Reports reports, final Account account, final Load load, final long startNs) {
        this.client = client;
        this.reports = reports;
        this.account = account;
        this.load = load;
        this.startNs = startNs;
        tooFast = new boolean[load.vehicles()];
        done = client.loop().newPromise();
    }

    /**
     * Sends everything and waits for its answers; tells whether they all came.
     *
     * @throws IOException when the connections do not hold
     */
    boolean run() throws IOException, InterruptedException {
        client.loop().execute(this::send);
        final boolean settled = done.sync().getNow();
        if (!client.failure().isEmpty()) {
            throw new IOException(client.failure());
        }
        return settled;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with what it schedules next
    private void send() {
        final long nowNs = System.nanoTime();
        final long epochNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        final long all = load.messages();
        for (int i = 0; i < BURST && next < all && startNs + load.afterNs(next) <= nowNs; i++) {
            sendNext(epochNs);
        }
        if (next < all && client.failure().isEmpty()) {
            final long waitNs = startNs + load.afterNs(next) - System.nanoTime();
            if (waitNs <= 0) {
                client.loop().execute(this::send);
            } else {
                client.loop().schedule(this::send, Math.max(PAUSE_NS, waitNs), TimeUnit.NANOSECONDS);
            }
        } else {
            deadlineNs = System.nanoTime() + SETTLE_NS;
            settle();
        }
    }

    private void sendNext(final long epochNs) {
        final int vehicle = load.vehicle(next);
        final boolean concerns = load.concerns(next);
        final long intendedNs = startNs + load.afterNs(next);
        tooFast[vehicle] ^= concerns;
        reports.next(vehicle, epochNs, tooFast[vehicle]);
        client.publish(vehicle, concerns, intendedNs);
        account.sent(intendedNs, System.nanoTime());
        next++;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // it ends with what it schedules next
    private void settle() {
        final boolean settled = account.settled(client.acknowledges());
        if (settled || !client.failure().isEmpty() || System.nanoTime() > deadlineNs) {
            done.trySuccess(settled);
        } else {
            client.loop().schedule(this::settle, LOOK_NS, TimeUnit.NANOSECONDS);
        }
    }
}
