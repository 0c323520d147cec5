package io.luyun.server.exchange.intake;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.zip.CRC32;

/** Names of other tools as ids of devices. */
public final class DeviceIds {
    /** Octets of the longest one. */
    private static final int LONGEST = 64;

    /** Octets of the mark behind a name that is cut. */
    private static final int MARK = 9;

    private DeviceIds() {}

    /**
     * The name itself where it is of at most 64 octets of UTF-8. A longer one is cut between characters, and a checksum of all of it
     * is put behind, so that two that begin alike stay two.
     */
    public static String of(final String name) {
        final byte[] octets = name.getBytes(StandardCharsets.UTF_8);
        if (octets.length <= LONGEST) {
            return name;
        }
        int end = LONGEST - MARK;
        // octets within a character have 10 as their first bits
        while ((octets[end] & 0xC0) == 0x80) {
            end--;
        }
        final CRC32 sum = new CRC32();
        sum.update(octets);
        return String.format(
                Locale.ROOT, "%s~%08x", new String(octets, 0, end, StandardCharsets.UTF_8), sum.getValue());
    }
}
