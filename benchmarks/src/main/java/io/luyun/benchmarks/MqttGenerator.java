package io.luyun.benchmarks;

import io.luyun.proto.codec.DeviceFrameReader;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperEncoder;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Publishes at a fixed rate over many MQTT connections with quality 1, each message when its time has come, whatever comes
 * back (open loop): the BSM of one vehicle in UPER in the envelope of a roadside unit, on {@code V2X.RSU.BSM.UP}. One thread
 * owns everything.
 */
final class MqttGenerator implements AutoCloseable {
    /** The dialect of its frames; a BSM is the same in both. */
    static final Dialect DIALECT = Dialect.PHASE_1_2019;

    private static final byte[] TOPIC = "V2X.RSU.BSM.UP".getBytes(StandardCharsets.US_ASCII);
    private static final long UNIT_ID = 0x5231_3030_3331_3031L;
    private static final long PAUSE_NS = 100_000;
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final long HIGHEST_MICROS = TimeUnit.SECONDS.toMicros(60);
    private static final int PACKET_BYTES = 1_024;
    private static final int VARIABLE_LENGTH = 0x80;

    /**
     * What was sent while the CPU time was taken.
     *
     * @param messages sent in that time
     * @param cpuNanos what the process under test used
     * @param seconds how long it was
     * @param lagMicros most that a message was sent after its time because the generator was late
     * @param sent in all, the warm-up included
     * @param acked PUBACKs in all
     * @param refused of them with an error
     * @param held messages that had to wait for the receive maximum
     * @param p50Micros from the time a message should have been sent to its PUBACK, of those that counted
     * @param p99Micros the same
     * @param maxMicros the same
     */
    record Outcome(
            long messages,
            long cpuNanos,
            double seconds,
            long lagMicros,
            long sent,
            long acked,
            long refused,
            long held,
            long p50Micros,
            long p99Micros,
            long maxMicros) {}

    private final Selector selector;
    private final List<MqttLink> links = new ArrayList<>();
    private final Fleet fleet;
    private final double nanosPerMessage;
    private final Histogram latency = new Histogram(HIGHEST_MICROS, 3);
    private final DeviceFrameReader reader = new DeviceFrameReader();
    private final UperEncoder uper = new UperEncoder();
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[PACKET_BYTES]);
    private final RsuEnvelopeWriter envelope = new RsuEnvelopeWriter();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[PACKET_BYTES]);
    private final ByteBuffer packet = ByteBuffer.allocateDirect(PACKET_BYTES);
    private long due;
    private long held;
    private long lagNs;

    MqttGenerator(final InetSocketAddress server, final int connections, final int rate) throws IOException {
        selector = Selector.open();
        fleet = new Fleet(connections);
        nanosPerMessage = 1e9 / rate;
        latency.setAutoResize(true);
        for (int i = 0; i < connections; i++) {
            final SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            final MqttLink link = MqttLink.connect(channel, "bench-" + i);
            channel.register(selector, SelectionKey.OP_READ, link);
            links.add(link);
        }
    }

    /** Sends for the warm-up, then for the time that counts, with the CPU time of the process under test around it. */
    Outcome run(final long warmUpNs, final long measureNs, final LongSupplier cpuNanos) throws IOException {
        final long start = System.nanoTime();
        send(start, warmUpNs);
        final long cpuBefore = cpuNanos.getAsLong();
        final long sentBefore = sent();
        lagNs = 0;
        latency.reset();
        send(start, warmUpNs + measureNs);
        final long cpu = cpuNanos.getAsLong() - cpuBefore;
        final long messages = sent() - sentBefore;
        settle();
        return new Outcome(
                messages,
                cpu,
                measureNs * 1e-9,
                lagNs / 1_000,
                sent(),
                links.stream().mapToLong(MqttLink::acked).sum(),
                links.stream().mapToLong(MqttLink::refused).sum(),
                held,
                latency.getValueAtPercentile(50),
                latency.getValueAtPercentile(99),
                latency.getMaxValue());
    }

    @Override
    public void close() throws IOException {
        for (final SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private long sent() {
        return links.stream().mapToLong(MqttLink::sent).sum();
    }

    private void send(final long start, final long untilNs) throws IOException {
        long elapsed = System.nanoTime() - start;
        while (elapsed < untilNs) {
            final long dueNow = (long) (elapsed / nanosPerMessage);
            if (due < dueNow) {
                lagNs = Math.max(lagNs, elapsed - (long) (due * nanosPerMessage));
                while (due < dueNow) {
                    next(start + (long) (due++ * nanosPerMessage));
                }
            } else {
                LockSupport.parkNanos(PAUSE_NS);
            }
            receive();
            elapsed = System.nanoTime() - start;
        }
    }

    private void next(final long atNs) throws IOException {
        final int index = (int) (due % links.size());
        final MqttLink link = links.get(index);
        if (link.open()) {
            publish(index, link, atNs);
        } else {
            held++;
            link.owe(atNs);
        }
    }

    private void publish(final int index, final MqttLink link, final long atNs) throws IOException {
        final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
        fleet.report(index, nowNs);
        if (!reader.wrap(fleet.buffer(), fleet.frameOffset(), fleet.frameLength())) {
            throw new IllegalStateException("a frame of the fleet");
        }
        final int length =
                uper.encode(DIALECT, Fleet.KIND, fleet.buffer(), reader.bodyOffset(), reader.bodyLength(), frame, 0);
        if (length < 0) {
            throw new IllegalStateException(String.valueOf(uper.violation()));
        }
        envelope.begin(payload, 0, RsuEnvelope.Layout.COUNTED, 1, UNIT_ID, TimeUnit.NANOSECONDS.toMillis(nowNs))
                .add(frame, 0, length);
        final int id = link.nextId();
        link.send(packet(id, envelope.length()), id, atNs, latency);
    }

    /** Fixed header, topic, packet id, no properties, payload. */
    private ByteBuffer packet(final int id, final int payloadLength) {
        final int remaining = Short.BYTES + TOPIC.length + Short.BYTES + 1 + payloadLength;
        packet.clear().put((byte) 0x32);
        int rest = remaining;
        while (rest >= VARIABLE_LENGTH) {
            packet.put((byte) (rest | VARIABLE_LENGTH));
            rest >>>= 7;
        }
        packet.put((byte) rest).putShort((short) TOPIC.length).put(TOPIC).putShort((short) id);
        packet.put((byte) 0).put(payload.byteArray(), 0, payloadLength);
        return packet.flip();
    }

    private void receive() throws IOException {
        if (selector.selectNow() > 0) {
            for (final SelectionKey key : selector.selectedKeys()) {
                ((MqttLink) key.attachment()).receive(latency);
            }
            selector.selectedKeys().clear();
        }
        if (held > 0) {
            for (int i = 0; i < links.size(); i++) {
                for (long atNs = links.get(i).due();
                        atNs >= 0;
                        atNs = links.get(i).due()) {
                    publish(i, links.get(i), atNs);
                }
            }
        }
    }

    private void settle() throws IOException {
        final long deadline = System.nanoTime() + SETTLE_NS;
        while (System.nanoTime() < deadline && links.stream().anyMatch(link -> link.acked() < link.sent())) {
            receive();
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}
