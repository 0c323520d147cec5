package io.luyun.simulator.scenario;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Role;
import io.luyun.simulator.link.LinkConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * As whom to send a recording where.
 *
 * @param link the server
 * @param deviceId the device it is sent as
 * @param role its role
 * @param token its token, or null
 * @param drainMillis how long to wait at the end for what is outstanding
 */
public record FeedPlan(
        LinkConfig link,
        String deviceId,
        Role role,
        @Nullable String token,
        int drainMillis) {
    private static final int ID_OCTETS = 8;

    /** The 8 octets of the roadside unit's id: the beginning of the device's id, filled up with zeros. */
    ByteString rsuId() {
        return ByteString.copyFrom(Arrays.copyOf(deviceId.getBytes(StandardCharsets.UTF_8), ID_OCTETS));
    }
}
