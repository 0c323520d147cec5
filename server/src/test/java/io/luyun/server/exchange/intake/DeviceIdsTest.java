package io.luyun.server.exchange.intake;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Names as ids: 64 octets of UTF-8 are room enough. */
final class DeviceIdsTest {
    @Test
    void aShortNameIsTheId() {
        assertThat(DeviceIds.of("rsu-1")).isEqualTo("rsu-1");
        assertThat(DeviceIds.of("x".repeat(64))).isEqualTo("x".repeat(64));
    }

    @Test
    void aLongOneIsCutBetweenCharacters() {
        for (int before = 0; before < 5; before++) {
            final String id = DeviceIds.of("x".repeat(before) + "路🚌".repeat(30));
            assertThat(id.getBytes(StandardCharsets.UTF_8)).hasSizeBetween(61, 64);
            assertThat(id).matches("x*(路🚌)+路?~[0-9a-f]{8}");
        }
    }

    @Test
    void twoThatBeginAlikeStayTwo() {
        final String alike = "camera/front/".repeat(6);
        assertThat(DeviceIds.of(alike + 1))
                .isNotEqualTo(DeviceIds.of(alike + 2))
                .isEqualTo(DeviceIds.of(alike + 1));
    }
}
