package io.luyun.server.exchange.mcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a reader says of what it could not read. */
final class McapReaderTest {
    private static final int MESSAGE_LENGTH = 22;

    @TempDir
    private Path directory;

    @Test
    void saysHowManyLossesThereAreBehindTheFirst() throws Exception {
        final ByteBuffer file =
                ByteBuffer.allocate(8 + 25 * (9 + MESSAGE_LENGTH)).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(Opcode.MAGIC);
        for (int i = 0; i < 25; i++) {
            file.put((byte) Opcode.MESSAGE).putLong(MESSAGE_LENGTH).put(new byte[MESSAGE_LENGTH]);
        }
        final Path path = Files.write(directory.resolve("a.mcap"), file.array());
        try (McapReader reader = new McapReader(path)) {
            assertThat(reader.next()).isFalse();
            assertThat(reader.lost()).as("25 of no channel, and no end").isEqualTo(26);
            assertThat(reader.losses()).hasSize(21).last().isEqualTo("and 6 more");
        }
    }
}
