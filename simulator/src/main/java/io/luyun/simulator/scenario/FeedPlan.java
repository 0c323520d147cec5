package io.luyun.simulator.scenario;

import com.google.protobuf.ByteString;
import io.luyun.simulator.link.LinkConfig;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Which recording to send where.
 *
 * @param file the recording
 * @param link the server
 * @param deviceId the roadside unit it is sent as
 * @param token its token, or null
 * @param rate frames a second
 * @param drainMillis how long to wait at the end for what is outstanding
 */
public record FeedPlan(
        Path file,
        LinkConfig link,
        String deviceId,
        @Nullable String token,
        double rate,
        int drainMillis) {
    private static final int ID_OCTETS = 8;

    /** Checks the ranges. */
    public FeedPlan {
        LoadPlan.range("rate", rate, 0.1, 100_000);
    }

    /** The 8 octets of the roadside unit's id: the beginning of the device's id, filled up with zeros. */
    ByteString rsuId() {
        return ByteString.copyFrom(Arrays.copyOf(deviceId.getBytes(StandardCharsets.UTF_8), ID_OCTETS));
    }
}
