package io.luyun.server.session;

import io.luyun.server.monitor.Settings;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * From where a device's datagrams come and what stands before their frames. Immutable.
 *
 * @param network whose addresses
 * @param port of the sender; {@link #ANY_PORT} for any
 * @param envelopeId id of the envelope around the frames, first octet highest; null: frames come bare
 */
record UdpSource(Network network, int port, @Nullable Long envelopeId) {
    /** Of a device that may send from every port. */
    static final int ANY_PORT = 0;

    private static final int ADDRESS_BITS = 128;
    private static final int PORT_MAX = 65_535;
    private static final int IPV4_OFFSET_BITS = 96;
    private static final long IPV4_MAPPED = 0xFFFF_0000_0000L;
    private static final int ID_OCTETS = 8;

    /**
     * A range of addresses.
     *
     * @param high upper half of the address as IPv6, bits behind the prefix 0; an IPv4 address is mapped
     * @param low lower half
     * @param prefixBits length of the prefix within these 128 bits
     */
    record Network(long high, long low, int prefixBits) {
        /** The network of this prefix that the address lies in. */
        static Network of(final InetAddress address, final int prefixBits) {
            return new Network(
                    UdpSource.high(address) & highMask(prefixBits),
                    UdpSource.low(address) & lowMask(prefixBits),
                    prefixBits);
        }
    }

    /** Reads an address or network, a port and an id; fails with one line. */
    static UdpSource parse(
            final String at,
            final @Nullable String source,
            final @Nullable Integer port,
            final @Nullable String envelopeId) {
        final Network network = network(at, source);
        if (port != null) {
            Settings.inRange(at + "port", port, 1, PORT_MAX);
            Settings.require(
                    envelopeId == null,
                    at + "port",
                    port,
                    "is for bare frames: an envelope is known by its envelopeId");
        }
        return new UdpSource(network, port == null ? ANY_PORT : port, id(at, envelopeId));
    }

    private static Network network(final String at, final @Nullable String source) {
        final String rule = "must be an IP address or a network such as 10.1.0.0/16";
        final String text = String.valueOf(source);
        final int slash = text.indexOf('/');
        final InetAddress address;
        final int bits;
        try {
            address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
            bits = slash < 0 ? ADDRESS_BITS : Integer.parseInt(text.substring(slash + 1));
        } catch (final IllegalArgumentException e) {
            throw new IllegalArgumentException(at + "source = " + text + ": " + rule, e);
        }
        final int offset = address instanceof Inet4Address && slash >= 0 ? IPV4_OFFSET_BITS : 0;
        Settings.require(bits >= 0 && bits + offset <= ADDRESS_BITS, at + "source", text, rule);
        final Network network = Network.of(address, bits + offset);
        Settings.require(
                slash < 0 || (network.high() == high(address) && network.low() == low(address)),
                at + "source",
                text,
                "must have no bits set behind its prefix");
        return network;
    }

    private static long high(final InetAddress address) {
        return address instanceof Inet4Address
                ? 0
                : ByteBuffer.wrap(address.getAddress()).getLong();
    }

    private static long low(final InetAddress address) {
        final ByteBuffer octets = ByteBuffer.wrap(address.getAddress());
        return address instanceof Inet4Address
                ? IPV4_MAPPED | Integer.toUnsignedLong(octets.getInt())
                : octets.getLong(Long.BYTES);
    }

    private static long highMask(final int prefixBits) {
        return prefixBits >= Long.SIZE ? -1L : prefixBits == 0 ? 0 : -1L << (Long.SIZE - prefixBits);
    }

    private static long lowMask(final int prefixBits) {
        return prefixBits <= Long.SIZE ? 0 : -1L << (ADDRESS_BITS - prefixBits);
    }

    private static @Nullable Long id(final String at, final @Nullable String text) {
        if (text == null) {
            return null;
        }
        final byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        if (octets.length == ID_OCTETS) {
            return ByteBuffer.wrap(octets).getLong();
        }
        try {
            Settings.require(
                    octets.length == 2 * ID_OCTETS,
                    at + "envelopeId",
                    text,
                    "must be 8 characters or 16 hexadecimal digits");
            return ByteBuffer.wrap(HexFormat.of().parseHex(text)).getLong();
        } catch (final NumberFormatException e) {
            throw new IllegalArgumentException(at + "envelopeId = " + text + ": must be hexadecimal digits", e);
        }
    }
}
