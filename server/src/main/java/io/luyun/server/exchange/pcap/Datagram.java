package io.luyun.server.exchange.pcap;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a captured packet carries by UDP. Read are Ethernet (with VLAN tags), Linux cooked captures, raw IP and loopback;
 * IPv4 and IPv6. Fragments are not put together.
 *
 * @param source address of the sender, 4 or 16 octets
 * @param port destination port
 * @param payload what the datagram carries
 * @param problem why it is no datagram; null when it is one
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Datagram(
        byte[] source, int port, byte[] payload, @Nullable String problem) {
    private static final int LINK_NULL = 0;
    private static final int LINK_ETHERNET = 1;
    private static final int LINK_RAW = 101;
    private static final int LINK_LINUX_SLL = 113;
    private static final int LINK_IPV4 = 228;
    private static final int LINK_IPV6 = 229;
    private static final int LINK_LINUX_SLL2 = 276;

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int VLAN = 0x8100;
    private static final int SERVICE_VLAN = 0x88A8;

    private static final int UDP = 17;
    private static final int TCP = 6;
    private static final int UDP_HEADER = 8;
    private static final int IPV6_HEADER = 40;
    private static final int FRAGMENT = 44;

    private static Datagram problem(final String why) {
        return new Datagram(new byte[0], 0, new byte[0], why);
    }

    /**
     * Reads a packet.
     *
     * @param linkType as captures number them
     */
    public static Datagram of(final int linkType, final ByteBuffer packet) {
        final ByteBuffer in = packet.slice();
        try {
            return switch (linkType) {
                case LINK_ETHERNET -> ethernet(in.position(12));
                case LINK_LINUX_SLL -> network(Short.toUnsignedInt(in.getShort(14)), in.position(16));
                case LINK_LINUX_SLL2 -> network(Short.toUnsignedInt(in.getShort(0)), in.position(20));
                case LINK_RAW, LINK_IPV4, LINK_IPV6 -> ip(in);
                case LINK_NULL -> ip(in.position(4));
                default -> problem("link type " + linkType + " is not read");
            };
        } catch (final IllegalArgumentException | java.nio.BufferUnderflowException | IndexOutOfBoundsException e) {
            // headers longer than the packet
            return problem("packet cut short");
        }
    }

    private static Datagram ethernet(final ByteBuffer in) {
        int type = Short.toUnsignedInt(in.getShort());
        while (type == VLAN || type == SERVICE_VLAN) {
            in.getShort();
            type = Short.toUnsignedInt(in.getShort());
        }
        return network(type, in);
    }

    private static Datagram network(final int type, final ByteBuffer in) {
        return type == IPV4 || type == IPV6 ? ip(in) : problem("no IP packet");
    }

    private static Datagram ip(final ByteBuffer in) {
        final int version = (in.get(in.position()) & 0xF0) >>> 4;
        return version == 4 ? ipv4(in.slice()) : version == 6 ? ipv6(in.slice()) : problem("no IP packet");
    }

    private static Datagram ipv4(final ByteBuffer in) {
        final int header = (in.get(0) & 0x0F) * Integer.BYTES;
        if ((in.getShort(6) & 0x3FFF) != 0) {
            return problem("fragment of an IP packet");
        }
        return transport(octets(in, 12, 4), in.get(9) & 0xFF, in.position(header));
    }

    private static Datagram ipv6(final ByteBuffer in) {
        int next = in.get(6) & 0xFF;
        final byte[] source = octets(in, 8, 16);
        in.position(IPV6_HEADER);
        // hop-by-hop, routing and destination options stand before what they belong to
        while (next == 0 || next == 43 || next == 60) {
            final int from = in.position();
            next = in.get(from) & 0xFF;
            in.position(from + 8 + 8 * (in.get(from + 1) & 0xFF));
        }
        return next == FRAGMENT ? problem("fragment of an IP packet") : transport(source, next, in);
    }

    private static byte[] octets(final ByteBuffer in, final int at, final int count) {
        final byte[] octets = new byte[count];
        in.get(at, octets);
        return octets;
    }

    private static Datagram transport(final byte[] source, final int protocol, final ByteBuffer in) {
        if (protocol != UDP) {
            return problem(protocol == TCP ? "TCP, not put together" : "neither UDP nor TCP");
        }
        in.getShort();
        final int port = Short.toUnsignedInt(in.getShort());
        final int length = Short.toUnsignedInt(in.getShort()) - UDP_HEADER;
        in.getShort();
        if (length < 0 || length > in.remaining()) {
            return problem("packet cut short");
        }
        final byte[] payload = new byte[length];
        in.get(payload);
        return new Datagram(source, port, payload, null);
    }
}
