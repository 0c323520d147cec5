package io.luyun.simulator.replay;

import io.luyun.proto.codec.Violation;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.proto.v1.MessageKind;
import io.luyun.server.exchange.pcap.UnitIds;
import io.luyun.simulator.recording.UperFrames;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * UPER in datagrams, a frame each: bare, or in an envelope whose id is the device's as exports to captures write it. What the dialect cannot
 * say is not sent. The host may tell that nobody listens; then the datagram before counts as refused.
 */
final class UdpTarget extends OneWay {
    private static final int MOST_OCTETS = 65_507;
    private static final int ENVELOPE_OCTETS = 64;
    private static final int SEND_BUFFER = 1 << 20;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String name;
    private final DatagramChannel channel;
    private final Dialect dialect;
    private final boolean enveloped;
    private final UperEncoder encoder = new UperEncoder();
    private final RsuEnvelopeWriter envelope = new RsuEnvelopeWriter();
    private final UnsafeBuffer canonical = new UnsafeBuffer(0, 0);
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[1 << 17]);
    private final ByteBuffer datagram = ByteBuffer.allocateDirect((1 << 17) + ENVELOPE_OCTETS);
    private final UnsafeBuffer out = new UnsafeBuffer(datagram);
    private final Map<ReplayDevice, Long> ids = new HashMap<>();
    private int lastKind;

    /**
     * Datagrams to an address.
     *
     * @param enveloped whether frames are put into envelopes
     * @throws IOException when there is no such address
     */
    UdpTarget(
            final String name,
            final InetSocketAddress address,
            final Dialect dialect,
            final boolean enveloped,
            final Account account)
            throws IOException {
        super(account);
        this.name = name;
        this.dialect = dialect;
        this.enveloped = enveloped;
        channel = DatagramChannel.open();
        channel.setOption(StandardSocketOptions.SO_SNDBUF, SEND_BUFFER);
        channel.connect(address);
    }

    @Override
    boolean write(
            final ReplayDevice device, final int kind, final byte[] message, final long sequence, final long utcNs)
            throws IOException {
        canonical.wrap(message);
        final int length = encoder.encode(dialect, kind, canonical, 0, message.length, frame, 0);
        final Violation violation = encoder.violation();
        if (violation != null) {
            account().notCarried(kind, UperFrames.reason(violation));
            return false;
        }
        final int octets = wrap(device, kind, length, utcNs);
        if (octets > MOST_OCTETS) {
            account().notCarried(kind, "too long for a datagram");
            return false;
        }
        send(octets);
        lastKind = kind;
        return true;
    }

    private int wrap(final ReplayDevice device, final int kind, final int length, final long utcNs) {
        if (!enveloped) {
            out.putBytes(0, frame, 0, length);
            return length;
        }
        final Layout layout = kind == MessageKind.MESSAGE_KIND_BSM_VALUE ? Layout.COUNTED : Layout.ONE_FRAME;
        final long id = ids.computeIfAbsent(device, of -> UnitIds.of(of.id()));
        return envelope.begin(out, 0, layout, 1, id, Math.floorDiv(utcNs, NANOS_PER_MILLI))
                .add(frame, 0, length)
                .length();
    }

    private void send(final int octets) throws IOException {
        for (int failures = 0; ; failures++) {
            datagram.clear().limit(octets);
            try {
                channel.write(datagram);
                return;
            } catch (final PortUnreachableException e) {
                // told of an earlier one; this one has not been sent yet
                account().refused(lastKind, "nobody listens there");
                if (failures == 2) {
                    throw e;
                }
            }
        }
    }

    @Override
    void writeOut() {
        // a datagram is gone when it is written
    }

    @Override
    String why(final IOException problem) {
        return name + " takes no more: " + problem.getMessage();
    }

    @Override
    void closeIt() throws IOException {
        channel.close();
    }
}
