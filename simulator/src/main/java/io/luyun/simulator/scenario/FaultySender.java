package io.luyun.simulator.scenario;

import io.luyun.simulator.link.Uplink;
import io.luyun.simulator.measure.Count;
import io.luyun.simulator.plan.Faults;
import io.luyun.simulator.recording.Restamp;
import java.util.Random;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Sends the messages of one device through what goes wrong. On the device's loop. */
final class FaultySender {
    private static final int BITS = 8;

    private final Fleet fleet;
    private final int device;
    private final Faults faults;
    private final Restamp restamp;
    private final Random random;
    private final long skewMs;
    private final UnsafeBuffer buffer = new UnsafeBuffer();
    private @Nullable Held held;

    /** A message that waits until the next one is gone. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Held(int kind, byte[] body) {}

    /**
     * For a device of a fleet.
     *
     * @param restamp of the device's loop
     */
    FaultySender(final Fleet fleet, final int device, final Faults faults, final Restamp restamp, final long seed) {
        this.fleet = fleet;
        this.device = device;
        this.faults = faults;
        this.restamp = restamp;
        random = new Random(seed);
        skewMs = faults.clockSkewMillis() == 0
                ? 0
                : random.nextLong(-faults.clockSkewMillis(), faults.clockSkewMillis() + 1L);
    }

    void send(
            final int kind,
            final DirectBuffer from,
            final int offset,
            final int length,
            final long intendedNs,
            final long utcMs) {
        if (hit(faults.loss())) {
            fleet.count(device, Count.WITHHELD);
            return;
        }
        int sent = kind;
        byte[] body = new byte[length];
        from.getBytes(offset, body);
        if (skewMs != 0) {
            body = restamp.move(kind, body, utcMs, skewMs);
        }
        if (body.length > 0 && hit(faults.spoiled())) {
            sent |= Uplink.MARK;
            body[random.nextInt(body.length)] ^= (byte) (1 << random.nextInt(BITS));
        }
        if (held == null && hit(faults.swaps())) {
            held = new Held(sent, body);
            return;
        }
        send(sent, body, intendedNs);
        release(intendedNs);
    }

    /** Sends what is still held. */
    void release(final long intendedNs) {
        final Held last = held;
        if (last != null) {
            held = null;
            send(last.kind, last.body, intendedNs);
        }
    }

    private void send(final int kind, final byte[] body, final long intendedNs) {
        buffer.wrap(body);
        final long number = fleet.send(device, kind, buffer, 0, body.length, intendedNs);
        if (number != 0 && hit(faults.duplicates())) {
            fleet.repeat(device, number);
        }
    }

    private boolean hit(final double share) {
        return share > 0 && random.nextDouble() < share;
    }
}
