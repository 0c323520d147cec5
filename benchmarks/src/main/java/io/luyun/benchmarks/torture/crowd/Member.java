package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Ledger;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Welcome;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.LinkListener;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** One device of a crowd: the usual client, and a ledger of what it was promised. Owned by its event loop. */
final class Member implements LinkListener {
    /**
     * What all members share.
     *
     * @param open how many have a session now
     * @param breaks how often a session has ended that nobody here has ended
     * @param pulse beats with every acknowledgement
     * @param nanoClock of all times here
     * @param wrong is told what a server must never do
     */
    record Shared(
            AtomicInteger open, AtomicLong breaks, Pulse pulse, LongSupplier nanoClock, Consumer<Throwable> wrong) {}

    /** What it says under a number. */
    interface Report {
        Bsm next(int number);
    }

    private final Shared shared;
    private final Report report;
    private final Ledger ledger;
    private final Pulse signs = new Pulse();
    private @Nullable DeviceClient client;
    private boolean open;

    Member(final String device, final Report report, final Shared shared) {
        ledger = new Ledger(device);
        this.report = report;
        this.shared = shared;
    }

    /** Before it connects. */
    void speaksBy(final DeviceClient by) {
        client = by;
    }

    DeviceClient client() {
        if (client == null) {
            throw new IllegalStateException(ledger.device() + " has no client");
        }
        return client;
    }

    Ledger ledger() {
        return ledger;
    }

    /** The longest time without an answer to a sign of life; s. */
    double longestSilenceSeconds() {
        return open ? signs.longestSeconds(shared.nanoClock().getAsLong()) : 0;
    }

    /** Sends its next message, unless it keeps too many already. */
    void send() {
        final int number = ledger.sent() + 1;
        final byte[] payload = report.next(number).toByteArray();
        final long given = client().offer(
                        MessageKind.MESSAGE_KIND_BSM_VALUE,
                        new UnsafeBuffer(payload),
                        0,
                        payload.length,
                        shared.nanoClock().getAsLong());
        if (given == number) {
            ledger.onSending(number, payload);
            client().flush();
        } else if (given != 0) {
            shared.wrong().accept(new IllegalStateException(ledger.device() + " numbers otherwise than its ledger"));
        }
    }

    @Override
    public void onOpen(final DeviceClient of, final Welcome welcome, final boolean again) {
        if (!open) {
            open = true;
            shared.open().incrementAndGet();
        }
        signs.begin(shared.nanoClock().getAsLong());
    }

    @Override
    public void onClock(final DeviceClient of, final long offsetNs, final long roundTripNs) {
        signs.beat(shared.nanoClock().getAsLong());
    }

    @Override
    public void onAcked(
            final DeviceClient of, final long number, final int kind, final long intendedNs, final long nowNs) {
        try {
            ledger.onAcknowledged(number);
        } catch (final IllegalStateException e) {
            shared.wrong().accept(e);
        }
        shared.pulse().beat(nowNs);
        shared.pulse().waited(nowNs - intendedNs);
    }

    @Override
    public void onRefused(final DeviceClient of, final long number, final Error error) {
        if (number > 0) {
            ledger.onRefused(number);
        }
    }

    @Override
    public void onClosed(final DeviceClient of, final String why, final boolean forGood) {
        if (open) {
            open = false;
            shared.open().decrementAndGet();
            if (!why.equals(DeviceClient.ON_PURPOSE) && !why.equals(DeviceClient.CLOSED)) {
                shared.breaks().incrementAndGet();
            }
        }
        if (forGood && !why.equals(DeviceClient.CLOSED)) {
            shared.wrong().accept(new IllegalStateException(ledger.device() + " is not wanted: " + why));
        }
    }
}
