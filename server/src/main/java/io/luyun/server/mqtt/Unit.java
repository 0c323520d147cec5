package io.luyun.server.mqtt;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Position;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Whom something goes to.
 *
 * @param deviceId its id in the registry
 * @param dialect of its UPER frames; null where the registry names none
 * @param octets the eight octets that stand for it in messages and envelopes, first octet highest
 * @param place where it is; null where that is not known
 */
record Unit(
        String deviceId,
        @Nullable Dialect dialect,
        long octets,
        @Nullable Position place) {
    /** The octets of a unit that has not told them: the first eight of its id, filled up with zeros. */
    static long octetsOf(final String deviceId) {
        return ByteBuffer.wrap(Arrays.copyOf(deviceId.getBytes(StandardCharsets.UTF_8), Long.BYTES))
                .getLong();
    }
}
