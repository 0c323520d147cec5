package io.luyun.simulator.recording;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Writes captures as capture programs do. */
final class Packets {
    static final int ETHERNET = 1;
    static final int RAW = 101;
    static final int SLL = 113;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteOrder order;
    private final boolean nanos;

    private Packets(final ByteOrder order, final boolean nanos) {
        this.order = order;
        this.nanos = nanos;
    }

    static Packets pcap(final int linkType, final ByteOrder order, final boolean nanos) {
        final Packets packets = new Packets(order, nanos);
        packets.out.writeBytes(ByteBuffer.allocate(24)
                .order(order)
                .putInt(nanos ? 0xA1B23C4D : 0xA1B2C3D4)
                .putShort((short) 2)
                .putShort((short) 4)
                .putInt(16, 262_144)
                .putInt(20, linkType)
                .array());
        return packets;
    }

    Packets add(final long timeNs, final byte[] packet) {
        out.writeBytes(ByteBuffer.allocate(16)
                .order(order)
                .putInt((int) (timeNs / 1_000_000_000L))
                .putInt((int) (timeNs % 1_000_000_000L) / (nanos ? 1 : 1_000))
                .putInt(packet.length)
                .putInt(packet.length)
                .array());
        out.writeBytes(packet);
        return this;
    }

    byte[] bytes() {
        return out.toByteArray();
    }

    /** Section, one interface with nanoseconds, and the packets. */
    static byte[] pcapng(final int linkType, final ByteOrder order, final long[] timesNs, final byte[]... packets) {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        block(
                out,
                order,
                0x0A0D0D0A,
                ByteBuffer.allocate(16)
                        .order(order)
                        .putInt(0x1A2B3C4D)
                        .putShort((short) 1)
                        .putLong(8, -1));
        final ByteBuffer device = ByteBuffer.allocate(8 + 8 + 4).order(order);
        device.putShort((short) linkType).putShort((short) 0).putInt(0);
        device.putShort((short) 9).putShort((short) 1).put((byte) 9).put(new byte[3]);
        block(out, order, 1, device);
        block(out, order, 5, ByteBuffer.allocate(12));
        for (int i = 0; i < packets.length; i++) {
            final ByteBuffer body =
                    ByteBuffer.allocate(20 + ((packets[i].length + 3) & ~3)).order(order);
            body.putInt(0).putInt((int) (timesNs[i] >>> 32)).putInt((int) timesNs[i]);
            body.putInt(packets[i].length).putInt(packets[i].length).put(packets[i]);
            block(out, order, 6, body);
        }
        return out.toByteArray();
    }

    private static void block(
            final ByteArrayOutputStream out, final ByteOrder order, final int type, final ByteBuffer body) {
        final int length = 12 + body.capacity();
        out.writeBytes(
                ByteBuffer.allocate(8).order(order).putInt(type).putInt(length).array());
        final byte[] content = new byte[body.capacity()];
        body.get(0, content);
        out.writeBytes(content);
        out.writeBytes(ByteBuffer.allocate(4).order(order).putInt(length).array());
    }

    static byte[] ethernet(final int type, final byte[] payload) {
        // short frames are filled up
        return ByteBuffer.allocate(Math.max(60, 14 + payload.length))
                .put(new byte[12])
                .putShort((short) type)
                .put(payload)
                .array();
    }

    static byte[] vlan(final byte[] payload) {
        return ByteBuffer.allocate(18 + payload.length)
                .put(new byte[12])
                .putShort((short) 0x8100)
                .putShort((short) 7)
                .putShort((short) 0x0800)
                .put(payload)
                .array();
    }

    static byte[] sll(final byte[] payload) {
        return ByteBuffer.allocate(16 + payload.length)
                .put(new byte[14])
                .putShort((short) 0x86DD)
                .put(payload)
                .array();
    }

    static byte[] ipv4(final int protocol, final int fragment, final byte[] payload) {
        return ByteBuffer.allocate(24 + payload.length)
                .put((byte) 0x46) // with an option
                .put((byte) 0)
                .putShort((short) (24 + payload.length))
                .putShort((short) 1)
                .putShort((short) fragment)
                .put((byte) 64)
                .put((byte) protocol)
                .putShort((short) 0)
                .put(new byte[12])
                .put(payload)
                .array();
    }

    static byte[] ipv6(final byte[] payload) {
        return ByteBuffer.allocate(40 + 8 + payload.length)
                .put((byte) 0x60)
                .put(new byte[3])
                .putShort((short) (8 + payload.length))
                .put((byte) 0) // hop-by-hop options first
                .put((byte) 64)
                .put(new byte[32])
                .put((byte) 17)
                .put((byte) 0)
                .put(new byte[6])
                .put(payload)
                .array();
    }

    static byte[] udp(final int port, final byte[] payload) {
        return ByteBuffer.allocate(8 + payload.length)
                .putShort((short) 40_000)
                .putShort((short) port)
                .putShort((short) (8 + payload.length))
                .putShort((short) 0)
                .put(payload)
                .array();
    }

    static byte[] text(final String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static byte[] cut(final byte[] bytes, final int length) {
        return Arrays.copyOf(bytes, length);
    }
}
