package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Ledger;
import io.luyun.benchmarks.torture.crowd.Place;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle of which nothing but its pace and the socket holds back what it sends: what the server does not read waits in the kernel,
 * then here. One connection; owned by the thread of its {@link Column}.
 */
final class Sender implements AutoCloseable {
    /** Little at a time: while one heavy sender is served, the light ones of the column wait. */
    private static final int OUT_BYTES = 8 << 10;

    private static final int KERNEL_BYTES = 128 << 10;
    private static final int IN_BYTES = 64 << 10;
    private static final int VARINT_MOST = 5;
    private static final int FRAME_MOST = 256;
    private static final int MESSAGE_TAG = DeviceFrame.MESSAGE_FIELD_NUMBER << 3 | 2;
    private static final int NUMBER_TAG = Message.NUMBER_FIELD_NUMBER << 3;
    private static final int BSM_TAG = Message.BSM_FIELD_NUMBER << 3 | 2;
    private static final long HIGHEST_NS = 60_000_000_000L;

    private final int vehicle;
    private final Ledger ledger;
    private final Histogram waits;
    private final SocketChannel channel;
    private final ByteBuffer out = ByteBuffer.allocateDirect(OUT_BYTES);
    private final ByteBuffer in = ByteBuffer.allocateDirect(IN_BYTES);
    private Pace pace = Pace.rest(0);

    /**
     * Opens its session.
     *
     * @param waits takes how long after their time messages were acknowledged, ns
     */
    Sender(final InetSocketAddress server, final int vehicle, final Histogram waits) throws IOException {
        this.vehicle = vehicle;
        this.waits = waits;
        ledger = new Ledger("load-" + vehicle);
        channel = SocketChannel.open();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, KERNEL_BYTES);
        channel.connect(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(ledger.device())
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(1)
                        .setAckLevel(AckLevel.ACK_LEVEL_SYNCED))
                .build()
                .writeDelimitedTo(channel.socket().getOutputStream());
        final @Nullable ServerFrame welcome =
                ServerFrame.parseDelimitedFrom(channel.socket().getInputStream());
        if (welcome == null || !welcome.hasWelcome()) {
            throw new IOException(ledger.device() + " is not welcome: " + welcome);
        }
        channel.configureBlocking(false);
    }

    SocketChannel channel() {
        return channel;
    }

    Ledger ledger() {
        return ledger;
    }

    Pace pace() {
        return pace;
    }

    void pace(final Pace next) {
        pace = next;
    }

    boolean settled() {
        return ledger.acknowledged() == ledger.sent() && out.position() == 0;
    }

    /** Sends what is due, as far as the socket takes it; whether it took anything. */
    boolean send(final long nowNs) throws IOException {
        final long upTo = pace.upTo(nowNs, ledger.acknowledged());
        while (ledger.sent() < upTo && out.remaining() >= FRAME_MOST) {
            put(ledger.sent() + 1);
        }
        if (out.position() == 0) {
            return false;
        }
        out.flip();
        final int written = channel.write(out);
        out.compact();
        return written > 0;
    }

    private void put(final int number) {
        final byte[] payload = Place.apart(vehicle, number).toByteArray();
        final int messageLength = 1 + varintLength(number) + 1 + varintLength(payload.length) + payload.length;
        varint(1 + varintLength(messageLength) + messageLength);
        out.put((byte) MESSAGE_TAG);
        varint(messageLength);
        out.put((byte) NUMBER_TAG);
        varint(number);
        out.put((byte) BSM_TAG);
        varint(payload.length);
        out.put(payload);
        ledger.onSending(number, payload);
    }

    private void varint(final int value) {
        int rest = value;
        while (rest > 0x7f) {
            out.put((byte) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.put((byte) rest);
    }

    private static int varintLength(final int value) {
        return (Integer.SIZE - Integer.numberOfLeadingZeros(value | 1) + 6) / 7;
    }

    /** Takes the answers that are there; returns how many messages they were for. */
    int receive(final long nowNs) throws IOException {
        if (channel.read(in) < 0) {
            throw new EOFException(ledger.device() + ": the server has closed the connection");
        }
        in.flip();
        final int before = ledger.acknowledged();
        while (takeFrame(nowNs)) {
            // until the rest is no whole frame
        }
        in.compact();
        return ledger.acknowledged() - before;
    }

    private boolean takeFrame(final long nowNs) throws IOException {
        final int start = in.position();
        int length = 0;
        for (int i = 0; i < VARINT_MOST && in.hasRemaining(); i++) {
            final byte next = in.get();
            length |= (next & 0x7f) << (7 * i);
            if (next >= 0) {
                if (length > in.remaining()) {
                    break;
                }
                final ServerFrame frame = ServerFrame.parseFrom(in.slice(in.position(), length));
                in.position(in.position() + length);
                onFrame(frame, nowNs);
                return true;
            }
        }
        in.position(start);
        return false;
    }

    private void onFrame(final ServerFrame frame, final long nowNs) throws IOException {
        if (frame.hasError()) {
            throw new IOException(ledger.device() + " is refused: " + frame.getError());
        }
        if (!frame.hasAck()) {
            return;
        }
        final int before = ledger.acknowledged();
        ledger.onAcknowledged(frame.getAck().getUpTo());
        if (pace.timed()) {
            for (int number = before + 1; number <= ledger.acknowledged(); number++) {
                waits.recordValue(Math.clamp(nowNs - pace.intendedNs(number), 0, HIGHEST_NS));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
