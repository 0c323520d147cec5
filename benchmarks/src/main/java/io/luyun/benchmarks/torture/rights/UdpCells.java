package io.luyun.benchmarks.torture.rights;

import com.google.protobuf.Message;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;

/** Everything in datagrams: from a right and a wrong address, in a right and a wrong envelope, and bare. */
final class UdpCells {
    /** Those of a dialect of 2019. */
    static final List<String> KINDS = List.of("BSM", "RSM", "RSI", "SPAT", "MAP");

    private static final List<String> ENVELOPES = List.of("RIGHTS-1", "RIGHTS-2", "");
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(5);
    private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(2);

    private final ServerUnderTest under;
    private final List<Entry> entries;
    private final Samples samples;
    private final Taken taken;
    private final Cells cells;
    private final Breadth breadth;
    private final UperEncoder encoder = new UperEncoder();

    UdpCells(
            final ServerUnderTest under,
            final List<Entry> entries,
            final Samples samples,
            final Taken taken,
            final Cells cells,
            final Breadth breadth) {
        this.under = under;
        this.entries = entries;
        this.samples = samples;
        this.taken = taken;
        this.cells = cells;
        this.breadth = breadth;
    }

    void ask() throws IOException, InterruptedException {
        for (final String address : List.of("127.0.0.1", "127.0.0.2", "127.0.0.3")) {
            try (DatagramSocket from = new DatagramSocket(new InetSocketAddress(InetAddress.ofLiteral(address), 0))) {
                for (final String envelope : ENVELOPES) {
                    for (final String kind : breadth.kinds(KINDS)) {
                        for (int i = 0; i < 4; i++) {
                            ask(from, address, envelope, kind, (i & 1) == 0, (i & 2) == 0);
                        }
                    }
                }
            }
        }
    }

    private void ask(
            final DatagramSocket from,
            final String address,
            final String envelope,
            final String kind,
            final boolean inside,
            final boolean ownId)
            throws IOException, InterruptedException {
        final byte[] frame = frame(kind, inside, ownId);
        if (frame == null) {
            return;
        }
        final Entry sender = sender(address, envelope);
        final byte[] datagram = envelope.isEmpty() ? frame : enveloped(kind, envelope, frame);
        final Answer answer = send(from, datagram);
        cells.add(
                "udp from " + address + (envelope.isEmpty() ? " bare " : " in " + envelope + " ") + kind
                        + (inside ? " inside" : " outside") + (ownId ? ", own id" : ", foreign id"),
                sender != null && Oracle.sends(sender, kind, inside, ownId),
                answer);
        if (answer.taken() && sender != null) {
            taken.addOther(sender.device());
        }
    }

    /** The registry: an envelope of this address, or bare frames of that. */
    private @Nullable Entry sender(final String address, final String envelope) {
        final String device = address.equals("127.0.0.1") && envelope.equals("RIGHTS-1")
                ? "rsu-1"
                : address.equals("127.0.0.2") && envelope.isEmpty() ? "rsu-2" : "";
        return entries.stream()
                .filter(entry -> entry.device().equals(device))
                .findFirst()
                .orElse(null);
    }

    /** What is refused is counted as such; what is taken, as a message. */
    private Answer send(final DatagramSocket from, final byte[] datagram) throws IOException, InterruptedException {
        final Map<String, Long> before = under.counts();
        from.send(new DatagramPacket(
                datagram,
                datagram.length,
                InetAddress.getLoopbackAddress(),
                under.server().udpPort()));
        final long startNs = System.nanoTime();
        while (System.nanoTime() - startNs < PATIENCE_NS) {
            final Map<String, Long> now = under.counts();
            if (more("udp_refused", before, now)) {
                return Answer.refused("counted as refused");
            }
            if (more("messages", before, now)) {
                return Answer.good();
            }
            LockSupport.parkNanos(LOOK_NS);
        }
        return Answer.refused("nothing, and it is not counted");
    }

    private static boolean more(final String label, final Map<String, Long> before, final Map<String, Long> now) {
        return now.getOrDefault(label, 0L) > before.getOrDefault(label, 0L);
    }

    private byte @Nullable [] frame(final String kind, final boolean inside, final boolean ownId) {
        final Message body = samples.of(kind, inside, ownId);
        final UnsafeBuffer canonical = new UnsafeBuffer(body.toByteArray());
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final int length =
                encoder.encode(Dialect.PHASE_1_2019, Samples.number(kind), canonical, 0, canonical.capacity(), out, 0);
        cells.check("udp " + kind, length >= 0, "cannot be written in UPER: " + encoder.violation());
        return length < 0 ? null : Arrays.copyOf(out.byteArray(), length);
    }

    private static byte[] enveloped(final String kind, final String envelope, final byte[] frame) {
        final ExpandableArrayBuffer out = new ExpandableArrayBuffer();
        final long id =
                ByteBuffer.wrap(envelope.getBytes(StandardCharsets.US_ASCII)).getLong();
        final RsuEnvelopeWriter writer = new RsuEnvelopeWriter()
                .begin(
                        out,
                        0,
                        kind.equals("BSM") ? Layout.COUNTED : Layout.ONE_FRAME,
                        1,
                        id,
                        System.currentTimeMillis());
        writer.add(new UnsafeBuffer(frame), 0, frame.length);
        return Arrays.copyOf(out.byteArray(), writer.length());
    }
}
