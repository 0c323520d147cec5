package io.luyun.benchmarks.torture.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PowerLossTest {
    private static final int LENGTH = 10_000;
    private static final int DATA = 9_000;

    @TempDir
    Path directory;

    /** What was forced is there, to its last octet, be that zero or not. */
    @ParameterizedTest
    @ValueSource(longs = {5_000, DATA, DATA + 8, LENGTH, Long.MAX_VALUE})
    void whatWasForcedStays(final long safe) throws Exception {
        final byte[] content = new byte[LENGTH];
        Arrays.fill(content, 0, DATA, (byte) 1);
        final Path from = Files.write(directory.resolve("from"), content);
        final int least = (int) Math.min(LENGTH, safe);
        final SplittableRandom random = new SplittableRandom(safe);
        for (int i = 0; i < 200; i++) {
            final Path to = directory.resolve("to-" + i);
            assertThat(new PowerLoss(random).leave("name", from, to, safe)).isTrue();
            final byte[] left = Files.readAllBytes(to);
            assertThat(left).as("round %d", i).hasSizeBetween(least, LENGTH);
            assertThat(Arrays.copyOf(left, least)).as("round %d", i).isEqualTo(Arrays.copyOf(content, least));
        }
    }

    @Test
    void aFileThatWasNeverForcedMayBeGone() throws Exception {
        final Path from = Files.write(directory.resolve("from"), new byte[] {1});
        final SplittableRandom random = new SplittableRandom(1);
        int gone = 0;
        for (int i = 0; i < 200; i++) {
            gone += new PowerLoss(random).leave("name", from, directory.resolve("to-" + i), PowerLoss.NEVER) ? 0 : 1;
        }
        assertThat(gone).isBetween(1, 199);
    }
}
