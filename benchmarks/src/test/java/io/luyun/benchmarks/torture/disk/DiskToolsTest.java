package io.luyun.benchmarks.torture.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the faults below disks are made of, as far as it needs neither root nor devices. */
final class DiskToolsTest {
    private static final int SECTOR = 512;

    @TempDir
    private Path directory;

    @Test
    void readsWhatADriveWroteDownUpToAnEntryThatIsNotWhole() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final DataOutputStream out = new DataOutputStream(bytes);
        entry(out, 'W', 4_096, new byte[] {1, 2, 3});
        entry(out, 'F', 0, new byte[0]);
        out.writeByte('W');
        out.writeLong(0);
        out.writeInt(10);
        out.write(new byte[9]);
        final Path file = Files.write(directory.resolve("drive.log"), bytes.toByteArray());
        try (DriveLog log = new DriveLog(file)) {
            assertThat(log.entries())
                    .containsExactly(
                            new DriveLog.Entry(false, 13, 4_096, 3), new DriveLog.Entry(true, 13 + 3 + 13, 0, 0));
            assertThat(log.bytes(log.entries().getFirst())).isEqualTo(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        }
    }

    @Test
    void tearsAWriteAtSectorsOnly() throws IOException, InterruptedException {
        final long seed = System.nanoTime();
        System.out.println("DiskToolsTest seed " + seed);
        final byte[] ones = new byte[64 * SECTOR];
        Arrays.fill(ones, (byte) 1);
        final Path file = directory.resolve("disk.img");
        try (DiskImage image = new DiskImage(file, 1)) {
            image.tear(SECTOR, ByteBuffer.wrap(ones), new Random(seed));
        }
        final byte[] torn = Files.readAllBytes(file);
        int written = 0;
        for (int sector = 0; sector < torn.length / SECTOR; sector++) {
            final byte first = torn[sector * SECTOR];
            for (int i = 1; i < SECTOR; i++) {
                assertThat(torn[sector * SECTOR + i]).isEqualTo(first);
            }
            assertThat(first == 0 || (sector >= 1 && sector <= 64)).isTrue();
            written += first;
        }
        assertThat(written).isBetween(8, 56);
    }

    @Test
    void takesBackInTheOppositeOrderAndAllOfItWhenSomeCannotBe() throws IOException {
        final List<String> done = new ArrayList<>();
        final Undo undo = new Undo();
        undo.add(() -> done.add("first"));
        final Undo nested = undo.nested();
        nested.add(() -> done.add("inner"));
        undo.add(() -> {
            throw new IOException("busy");
        });
        undo.add(() -> done.add("last"));
        assertThatThrownBy(undo::close).hasMessage("busy");
        assertThat(done).containsExactly("last", "inner", "first");
        nested.close();
        assertThat(done).hasSize(3);
        assertThatThrownBy(() -> undo.add(() -> {})).hasMessage("the process ends");
    }

    private static void entry(final DataOutputStream out, final char kind, final long offset, final byte[] bytes)
            throws IOException {
        out.writeByte(kind);
        out.writeLong(offset);
        out.writeInt(bytes.length);
        out.write(bytes);
    }
}
