package io.luyun.server.exchange.pcap;

import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;

/**
 * Puts datagrams into packets: Ethernet, IPv4, UDP, checksums and all. One thread.
 *
 * <pre>
 *   0        14      34      42
 *   +--------+-------+-------+---------//---------+
 *   | to,    | IPv4  | UDP   | payload            |
 *   | from,  |       |       |                    |
 *   | 0x0800 |       |       |                    |
 *   +--------+-------+-------+---------//---------+
 * </pre>
 */
final class PacketWriter {
    /** Longest payload of a datagram, octets. */
    static final int LONGEST = 65_507;

    private static final int IP_AT = 14;
    private static final int UDP_AT = IP_AT + 20;
    private static final int PAYLOAD_AT = UDP_AT + 8;
    private static final int IPV4 = 0x0800;
    private static final int UDP = 17;
    private static final int HOPS = 64;
    private static final int DO_NOT_FRAGMENT = 0x4000;

    private final ByteBuffer packet = ByteBuffer.allocate(PAYLOAD_AT + LONGEST + 1);

    /** Makes a packet; valid until the next one. */
    ByteBuffer packet(final int from, final int to, final int port, final DirectBuffer payload, final int length) {
        packet.clear();
        hardware(to);
        hardware(from);
        packet.putShort((short) IPV4);
        final int ipLength = PAYLOAD_AT - IP_AT + length;
        packet.put((byte) 0x45).put((byte) 0).putShort((short) ipLength);
        packet.putShort((short) 0).putShort((short) DO_NOT_FRAGMENT);
        packet.put((byte) HOPS).put((byte) UDP).putShort((short) 0).putInt(from).putInt(to);
        packet.putShort(IP_AT + 10, (short) folded(sum(0, IP_AT, UDP_AT)));
        final int udpLength = PAYLOAD_AT - UDP_AT + length;
        packet.putShort((short) port)
                .putShort((short) port)
                .putShort((short) udpLength)
                .putShort((short) 0);
        payload.getBytes(0, packet, PAYLOAD_AT, length);
        packet.put(PAYLOAD_AT + length, (byte) 0);
        final long pseudo = UDP + udpLength + sum(0, IP_AT + 12, UDP_AT);
        final int checksum = folded(sum(pseudo, UDP_AT, PAYLOAD_AT + length));
        // 0 says that there is none
        packet.putShort(UDP_AT + 6, (short) (checksum == 0 ? 0xFFFF : checksum));
        return packet.position(0).limit(PAYLOAD_AT + length);
    }

    /** Locally administered, and the address. */
    private void hardware(final int address) {
        packet.putShort((short) 0x0200).putInt(address);
    }

    /** Of words of 16 bits; an odd octet at the end has a 0 behind it. */
    private long sum(final long before, final int from, final int to) {
        long sum = before;
        for (int at = from; at < to; at += Short.BYTES) {
            sum += Short.toUnsignedInt(packet.getShort(at));
        }
        return sum;
    }

    private static int folded(final long sum) {
        long rest = sum;
        while (rest > 0xFFFF) {
            rest = (rest & 0xFFFF) + (rest >>> 16);
        }
        return (int) ~rest & 0xFFFF;
    }
}
