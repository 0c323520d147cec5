package io.luyun.server.exchange.pcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Blocks of other programs than ours, by hand. */
final class BlocksTest {
    private static final int ETHERNET = 1;

    private final Blocks blocks = new Blocks();

    private static ByteBuffer body(final int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void readsPacketsOfOldPrograms() {
        blocks.take(Blocks.INTERFACE, body(8).putShort(0, (short) ETHERNET));
        // interface 0, 7 dropped; 5 s; 4 of 60 octets
        final ByteBuffer packet = body(24).putShort(2, (short) 7)
                .putInt(8, 5_000_000)
                .putInt(12, 4)
                .putInt(16, 60);
        assertThat(blocks.take(2, packet)).isTrue();
        assertThat(blocks.linkType()).isEqualTo(ETHERNET);
        assertThat(blocks.timeNs()).isEqualTo(5_000_000_000L);
        assertThat(blocks.packetAt()).isEqualTo(20);
        assertThat(blocks.packetLength()).isEqualTo(4);
    }

    @Test
    void anOptionLongerThanItsBlockEndsTheOptionsAlone() {
        final ByteBuffer face = body(20).putShort(0, (short) ETHERNET);
        face.putShort(8, (short) Blocks.OPTION_RESOLUTION)
                .putShort(10, (short) 1)
                .put(12, (byte) 3);
        face.putShort(16, (short) Blocks.OPTION_OFFSET).putShort(18, (short) 8);
        blocks.take(Blocks.INTERFACE, face);
        assertThat(blocks.take(Blocks.ENHANCED_PACKET, body(24).putInt(8, 5_000).putInt(12, 4)))
                .isTrue();
        assertThat(blocks.timeNs()).as("the option before holds: ms").isEqualTo(5_000_000_000L);
    }

    @Test
    void longNamesThatBeginAlikeStayTwo() {
        final String alike = "路".repeat(40);
        for (int i = 0; i < 2; i++) {
            final byte[] name = (alike + i + '\0').getBytes(StandardCharsets.UTF_8);
            final ByteBuffer names = body(8 + (name.length + 3) / 4 * 4);
            names.putShort((short) Blocks.RECORD_IPV4).putShort((short) (4 + name.length));
            names.put(new byte[] {10, 0, 0, (byte) i}).put(name);
            blocks.take(Blocks.NAMES, names.rewind());
        }
        assertThat(blocks.nameOf(0x0A00_0000)).isNotEqualTo(blocks.nameOf(0x0A00_0001));
        assertThat(blocks.nameOf(0x0A00_0000).getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(64);
    }
}
