package io.luyun.server.exchange.pcap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Ids of devices as the eight octets of an envelope, and back. Stateless. */
public final class UnitIds {
    private static final long FNV_BASIS = 0xCBF2_9CE4_8422_2325L;
    private static final long FNV_PRIME = 0x100_0000_01B3L;

    private UnitIds() {}

    /** The id itself, with zeros behind it, where it is ASCII and short enough; else its FNV-1a hash, first octet highest. */
    public static long of(final String id) {
        final byte[] octets = id.getBytes(StandardCharsets.UTF_8);
        if (octets.length <= Long.BYTES && id.chars().allMatch(UnitIds::printable)) {
            return ByteBuffer.allocate(Long.BYTES).put(octets).getLong(0);
        }
        long hash = FNV_BASIS;
        for (final byte octet : octets) {
            hash = (hash ^ (octet & 0xFF)) * FNV_PRIME;
        }
        return hash;
    }

    /** The text it is, without zeros behind; 16 hexadecimal digits where it is none. */
    public static String text(final long id) {
        final byte[] octets = ByteBuffer.allocate(Long.BYTES).putLong(0, id).array();
        int length = octets.length;
        while (length > 0 && octets[length - 1] == 0) {
            length--;
        }
        final String text = new String(octets, 0, length, StandardCharsets.ISO_8859_1);
        return length > 0 && text.chars().allMatch(UnitIds::printable) ? text : String.format("%016x", id);
    }

    private static boolean printable(final int letter) {
        return letter > ' ' && letter < 0x7F;
    }
}
