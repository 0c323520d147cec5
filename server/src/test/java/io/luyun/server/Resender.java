package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Bsm;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * A vehicle that outlives the server: it remembers what it has sent and what of it was acknowledged, and sends the rest
 * again, with the same numbers and bytes, to the server that comes next. One thread at a time.
 */
final class Resender {
    private static final long BOOT_EPOCH = 7;
    private static final int WINDOW = 64;

    private final int vehicle;
    private final AckLevel level;
    private final List<Bsm> sent = new ArrayList<>();
    private final List<Long> journaled = new ArrayList<>();
    private long acknowledged;
    private long resent;

    Resender(final int vehicle, final AckLevel level) {
        this.vehicle = vehicle;
        this.level = level;
    }

    String id() {
        return "car-" + vehicle;
    }

    /** Messages the server has answered for. */
    long acknowledged() {
        return acknowledged;
    }

    long sent() {
        return sent.size();
    }

    /** Messages sent more than once, each time counted. */
    long resent() {
        return resent;
    }

    /**
     * Sends as fast as acknowledgements allow until the connection breaks. The latch is counted down by each message
     * acknowledged, and to nothing when this ends.
     *
     * @param trusting whether it leaves out what the welcome says is there; otherwise it sends all it has no
     *     acknowledgement of
     */
    void run(final int port, final boolean trusting, final CountDownLatch acks) throws IOException {
        try (BlockingDevice device = BlockingDevice.open(port, id(), BOOT_EPOCH, level)) {
            assertThat(device.lastNumber()).as(id()).isBetween(acknowledged, sent());
            if (trusting) {
                acknowledged = device.lastNumber();
            }
            long last = acknowledged;
            while (true) {
                while (last < acknowledged + WINDOW) {
                    last++;
                    device.send(last, message(last));
                }
                device.flush();
                final long upTo = device.awaitAck();
                assertThat(upTo).as(id()).isBetween(acknowledged + 1, last);
                for (; acknowledged < upTo; acknowledged++) {
                    acks.countDown();
                }
            }
        } catch (final EOFException | SocketException e) {
            // the server is no more
        } finally {
            while (acks.getCount() > 0) {
                acks.countDown();
            }
        }
    }

    /** The journal has this message next; it must be what was sent under the number. */
    void onJournaled(final long number, final byte[] payload) {
        assertThat(number).as(id()).isBetween(1L, sent());
        assertThat(payload)
                .as("%s number %s", id(), number)
                .isEqualTo(sent.get((int) number - 1).toByteArray());
        journaled.add(number);
    }

    /** Everything acknowledged is there once and in order; of the rest no message twice and none before another. */
    void checkJournaled() {
        final List<Long> expected = new ArrayList<>();
        for (long number = 1; number <= Math.max(acknowledged, journaled.size()); number++) {
            expected.add(number);
        }
        assertThat(journaled).as(id()).isEqualTo(expected);
    }

    private Bsm message(final long number) {
        if (number <= sent.size()) {
            resent++;
        } else {
            final int secMark = (int) (System.currentTimeMillis() % 60_000);
            // every message has a place of its own, so that none can be taken for another
            sent.add(Messages.bsm(vehicle, secMark, vehicle * 10_000 + number * 0.02, 10));
        }
        return sent.get((int) number - 1);
    }
}
