package io.luyun.server.research;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SequenceSetTest {
    private static final long SEED = Long.getLong("luyun.seed", System.nanoTime());

    @Test
    void holdsWhatASetHolds() {
        System.out.println("SequenceSetTest: -Dluyun.seed=" + SEED);
        final Random random = new Random(SEED);
        final SequenceSet sequences = new SequenceSet();
        final Set<Long> expected = new HashSet<>();
        assertThat(sequences.first()).isEqualTo(Long.MAX_VALUE);
        assertThat(sequences.last()).isEqualTo(Long.MIN_VALUE);
        for (int i = 0; i < 5_000; i++) {
            final long sequence = random.nextLong(1L << random.nextInt(1, 40));
            sequences.add(sequence);
            expected.add(sequence);
        }
        for (int i = 0; i < 50_000; i++) {
            final long sequence = random.nextLong(1L << random.nextInt(1, 40));
            assertThat(sequences.contains(sequence)).isEqualTo(expected.contains(sequence));
        }
        assertThat(expected).allMatch(sequences::contains);
        assertThat(sequences.first())
                .isEqualTo(expected.stream().min(Long::compare).orElseThrow());
        assertThat(sequences.last())
                .isEqualTo(expected.stream().max(Long::compare).orElseThrow());
    }
}
