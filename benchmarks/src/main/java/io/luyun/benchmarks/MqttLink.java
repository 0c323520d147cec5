package io.luyun.benchmarks;

import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import org.HdrHistogram.Histogram;

/**
 * One MQTT 5 connection of the generator, hand-written: PUBLISH of quality 1 within the server's receive maximum, what is
 * beyond it waits here, and the time from when it should have been sent to its PUBACK. Owned by the generator's thread.
 */
final class MqttLink {
    private static final int PACKET_IDS = 65_535;
    private static final int BUFFER_BYTES = 65_536;
    private static final int CONNACK = 0x20;
    private static final int PUBACK = 0x40;
    private static final int FIRST_ERROR = 0x80;
    private static final int RECEIVE_MAXIMUM = 0x21;

    private final SocketChannel channel;
    private final int window;
    private final long[] intendedNs = new long[PACKET_IDS + 1];
    private final ArrayDeque<Long> owed = new ArrayDeque<>();
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private int lastId;
    private long sent;
    private long acked;
    private long refused;

    private MqttLink(final SocketChannel channel, final int window) {
        this.channel = channel;
        this.window = window;
    }

    /** Connects on a channel that still blocks. */
    static MqttLink connect(final SocketChannel channel, final String clientId) throws IOException {
        final byte[] id = clientId.getBytes(StandardCharsets.UTF_8);
        final ByteBuffer connect = ByteBuffer.allocate(64 + id.length)
                .put((byte) 0x10)
                .put((byte) (13 + id.length))
                .putShort((short) 4)
                .put("MQTT".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 5)
                .put((byte) 2)
                .putShort((short) 60)
                .put((byte) 0)
                .putShort((short) id.length)
                .put(id);
        channel.write(connect.flip());
        final DataInputStream answer = new DataInputStream(channel.socket().getInputStream());
        final int type = answer.readUnsignedByte();
        final byte[] rest = new byte[answer.readUnsignedByte()];
        answer.readFully(rest);
        if (type != CONNACK || rest[1] != 0) {
            throw new IOException("not welcome: reason " + (rest.length > 1 ? rest[1] & 0xFF : -1));
        }
        channel.configureBlocking(false);
        return new MqttLink(channel, receiveMaximum(ByteBuffer.wrap(rest, 3, rest.length - 3)));
    }

    /** Whether it may send now. */
    boolean open() {
        return sent - acked < window;
    }

    /** It should send now and may not; it is to make up for it. */
    void owe(final long atNs) {
        owed.add(atNs);
    }

    /** When the oldest message it owes should have been sent; below 0 when there is none or it may not send. */
    long due() {
        return owed.isEmpty() || !open() ? -1 : owed.poll();
    }

    /** The packet id of the next message. */
    int nextId() {
        lastId = lastId == PACKET_IDS ? 1 : lastId + 1;
        return lastId;
    }

    /** Writes the whole packet, waiting for room where there is none. */
    void send(final ByteBuffer packet, final int packetId, final long atNs, final Histogram latency)
            throws IOException {
        intendedNs[packetId] = atNs;
        sent++;
        channel.write(packet);
        while (packet.hasRemaining()) {
            receive(latency);
            Thread.onSpinWait();
            channel.write(packet);
        }
    }

    /** Reads what is there. */
    void receive(final Histogram latency) throws IOException {
        final int read = channel.read(in);
        if (read < 0) {
            throw new IOException("the server has closed the connection");
        }
        if (read == 0) {
            return;
        }
        final long nowNs = System.nanoTime();
        in.flip();
        while (in.remaining() >= 2 && in.remaining() >= 2 + in.get(in.position() + 1)) {
            take(nowNs, latency);
        }
        in.compact();
    }

    long sent() {
        return sent;
    }

    long acked() {
        return acked;
    }

    /** Messages acknowledged with a reason that is an error. */
    long refused() {
        return refused;
    }

    /** What the server sends has a length of one byte: acknowledgements, and a disconnect with its reason. */
    private void take(final long nowNs, final Histogram latency) throws IOException {
        final int type = in.get() & 0xF0;
        final int length = in.get();
        final int end = in.position() + length;
        if (type != PUBACK) {
            throw new IOException("packet " + Integer.toHexString(type) + " with "
                    + (length == 0 ? "nothing" : "reason " + (in.get() & 0xFF)));
        }
        final int packetId = in.getShort() & 0xFFFF;
        acked++;
        if (length > 2 && (in.get() & 0xFF) >= FIRST_ERROR) {
            refused++;
        }
        latency.recordValue(Math.max(0, nowNs - intendedNs[packetId]) / 1_000);
        in.position(end);
    }

    private static int receiveMaximum(final ByteBuffer properties) {
        while (properties.hasRemaining()) {
            final int id = properties.get();
            if (id == RECEIVE_MAXIMUM) {
                return properties.getShort() & 0xFFFF;
            }
            properties.position(properties.position()
                    + switch (id) {
                        case 0x11, 0x27 -> Integer.BYTES;
                        case 0x13, 0x22 -> Short.BYTES;
                        default -> 1;
                    });
        }
        return PACKET_IDS;
    }
}
