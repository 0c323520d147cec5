package io.luyun.simulator.link;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.MessageKind;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One roadside unit that sends UPER in datagrams, each frame in an envelope with the unit's id. Nothing is ever answered. What the dialect cannot
 * say is refused here. All methods are called on its event loop.
 */
public final class DatagramUplink implements Uplink {
    private static final int MOST_OCTETS = 65_507;
    private static final int BUFFER = 1 << 17;
    private static final int SEND_BUFFER = 1 << 20;

    private final DatagramChannel channel;
    private final Dialect dialect;
    private final long envelopeId;
    private final EpochNanoClock clock;
    private final UplinkListener listener;
    private final UperEncoder encoder = new UperEncoder();
    private final RsuEnvelopeWriter envelope = new RsuEnvelopeWriter();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[BUFFER]);
    private final ByteBuffer datagram = ByteBuffer.allocateDirect(BUFFER);
    private final UnsafeBuffer out = new UnsafeBuffer(datagram);
    private long awayUntilNs = Long.MIN_VALUE;
    private long number;
    private int lastKind;

    /**
     * Datagrams to an address.
     *
     * @param envelopeId the eight octets the registry knows the unit by, first octet highest
     * @throws IOException when there is no such address
     */
    public DatagramUplink(
            final InetSocketAddress server,
            final Dialect dialect,
            final long envelopeId,
            final EpochNanoClock clock,
            final UplinkListener listener)
            throws IOException {
        this.dialect = dialect;
        this.envelopeId = envelopeId;
        this.clock = clock;
        this.listener = listener;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        channel.connect(server);
    }

    @Override
    public void connect() {
        listener.onOpen(false);
    }

    @Override
    public long offer(
            final int kind, final DirectBuffer body, final int offset, final int length, final long intendedNs) {
        if (clock.nanoTime() < awayUntilNs) {
            return 0;
        }
        number++;
        lastKind = kind;
        final int octets = encode(kind, body, offset, length);
        if (octets > 0 && write(kind, octets)) {
            listener.onUnanswerable();
        }
        return number;
    }

    @Override
    public boolean repeat(final long again) {
        return again == number && datagram.limit() > 0 && write(lastKind, datagram.limit());
    }

    @Override
    public void flush() {
        // a datagram is gone when it is written
    }

    @Override
    public int outstanding() {
        return 0;
    }

    @Override
    public void stayAway(final long millis, final boolean spread) {
        awayUntilNs = clock.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (final IOException e) {
            listener.onClosed(String.valueOf(e.getMessage()), true);
        }
    }

    @Override
    public boolean open() {
        return channel.isOpen() && clock.nanoTime() >= awayUntilNs;
    }

    @Override
    public boolean closed() {
        return !channel.isOpen();
    }

    /** Octets of the datagram, 0 when it cannot be said. */
    private int encode(final int kind, final DirectBuffer body, final int offset, final int length) {
        final int octets = encoder.encode(dialect, kind & ~MARK, body, offset, length, frame, 0);
        final Violation violation = encoder.violation();
        if (violation != null) {
            datagram.limit(0);
            listener.onRefused(
                    kind,
                    "not to be said in UPER: "
                            + violation.code().name().replace("ERROR_CODE_", "") + " "
                            + violation.field().replaceAll("\\[\\d+]", "[]"));
            return 0;
        }
        final Layout layout = (kind & ~MARK) == MessageKind.MESSAGE_KIND_BSM_VALUE ? Layout.COUNTED : Layout.ONE_FRAME;
        final int size = envelope.begin(out, 0, layout, 1, envelopeId, TimeUnit.NANOSECONDS.toMillis(clock.nanoTime()))
                .add(frame, 0, octets)
                .length();
        if (size > MOST_OCTETS) {
            datagram.limit(0);
            listener.onRefused(kind, "not to be said in UPER: too long for a datagram");
            return 0;
        }
        return size;
    }

    private boolean write(final int kind, final int octets) {
        datagram.clear().limit(octets);
        try {
            channel.write(datagram);
            return true;
        } catch (final PortUnreachableException _) {
            listener.onRefused(kind, "nobody listens there"); // told of an earlier one; this one was not sent
        } catch (final IOException e) {
            listener.onRefused(kind, String.valueOf(e.getMessage()));
        }
        return false;
    }
}
