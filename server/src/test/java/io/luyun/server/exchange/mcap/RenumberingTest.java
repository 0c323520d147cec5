package io.luyun.server.exchange.mcap;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RenumberingTest {
    private final Renumbering sequences = new Renumbering();

    @Test
    void nothingMovesWhereNothingIsLeftOut() {
        for (int i = 1; i <= 1_000; i++) {
            sequences.add(i, i);
        }
        assertThat(sequences.changed()).isFalse();
        assertThat(sequences.of(1_000)).isEqualTo(1_000);
        assertThat(sequences.of(1_001)).isEqualTo(Renumbering.UNKNOWN);
    }

    @Test
    void findsWhatIsThereAndNothingElse() {
        final long seed = System.nanoTime();
        System.out.println("RenumberingTest seed " + seed);
        final Random random = new Random(seed);
        final long[] newOf = new long[2_000];
        long next = 10;
        for (int old = 5; old < newOf.length; old++) {
            if (random.nextBoolean()) {
                newOf[old] = next++;
                sequences.add(old, newOf[old]);
            }
        }
        assertThat(sequences.changed()).isTrue();
        for (int old = 0; old < newOf.length; old++) {
            assertThat(sequences.of(old)).as("seed %s, %s", seed, old).isEqualTo(newOf[old]);
        }
    }

    @Test
    void forgetsWhatIsLongAgo() {
        for (int i = 0; i < 200_000; i++) {
            sequences.add(1 + 2L * i, 1 + i);
        }
        assertThat(sequences.of(1)).isEqualTo(Renumbering.UNKNOWN);
        assertThat(sequences.of(1 + 2L * 199_999)).isEqualTo(200_000);
        assertThat(sequences.of(1 + 2L * 150_000)).isEqualTo(150_001);
    }
}
