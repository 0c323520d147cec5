package io.luyun.benchmarks.torture.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBufAllocator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every decoder for a moment, and the harness against decoders that are broken on purpose. */
final class FuzzRunTest {
    private static final long SEED = 20_261_130;
    private static final long INPUTS = 200;

    @TempDir
    private Path directory;

    /** Cold code is slow, so that the limit of time is for the long run. */
    @Test
    void nothingIsThrownAndNothingIsLost() throws Exception {
        try (Targets targets = Targets.in(directory)) {
            final List<FuzzResult> results = FuzzRun.run(
                    targets.all(), FuzzPlan.inputs(SEED, INPUTS), result -> System.out.println(result.line()));
            assertThat(results).hasSizeGreaterThan(25).allSatisfy(result -> {
                assertThat(result.uncaught()).as(result.line()).isZero();
                assertThat(result.leaks()).as(result.line()).isLessThanOrEqualTo(0);
                assertThat(result.inputs()).isEqualTo(INPUTS);
            });
        }
    }

    @Test
    void aDecoderThatThrowsIsFoundWithItsInput() {
        final FuzzResult result = run(input -> {
            if (input.length > 0 && input[0] == 'B') {
                throw new ArrayIndexOutOfBoundsException("broken");
            }
        });
        assertThat(result.uncaught()).isPositive();
        assertThat(result.holds()).isFalse();
        assertThat(result.firstBroken()).contains("ArrayIndexOutOfBounds", "seed " + SEED, "octets 42");
    }

    @Test
    void aDecoderThatIsSlowOrGreedyIsFound() {
        final AtomicReference<byte[]> kept = new AtomicReference<>();
        final FuzzResult greedy = run(input -> {
            kept.set(new byte[100_000 + input.length]);
        });
        assertThat(greedy.largestOctets()).isGreaterThan(100_000);
        assertThat(greedy.firstBroken()).contains("allocates");
        final FuzzResult slow = run(input -> {
            final long untilNs = System.nanoTime() + 2_000_000;
            while (System.nanoTime() < untilNs) {
                Thread.onSpinWait();
            }
        });
        assertThat(slow.slowestNanos()).isGreaterThan(1_000_000);
        assertThat(slow.holds()).isFalse();
    }

    /** Where Netty was there before, it would tell its log: nothing is lost then. */
    @Test
    void aLostBufferIsFound() {
        if (run(input -> {}).leaks() < 0) {
            System.out.println("FuzzRunTest: Netty has made buffers in this process before: lost ones are not counted");
            return;
        }
        final int lost = run(input -> ByteBufAllocator.DEFAULT.directBuffer(16).writeByte(input.length))
                .leaks();
        assertThat(lost).isPositive();
    }

    @Test
    void theSameSeedMakesTheSameInputs() {
        assertThat(inputs(1)).isEqualTo(inputs(1)).isNotEqualTo(inputs(2));
    }

    @Test
    void aTargetThatIsNoneIsNamedWithThoseThereAre() throws Exception {
        try (Targets targets = Targets.in(directory)) {
            assertThat(targets.named(List.of("uper", "MQTT-5")))
                    .extracting(Target::name)
                    .contains("mqtt-5", "uper-2019");
            assertThatThrownBy(() -> targets.named(List.of("gopher")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("target = gopher: must be the beginning of one of uper-2019, ");
        }
    }

    private static List<String> inputs(final long seed) {
        final Mutator mutator = new Mutator(List.of(new byte[] {1, 2, 3}, new byte[40]), List.of(), 64, seed);
        final List<String> inputs = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            inputs.add(HexFormat.of().formatHex(mutator.next()));
        }
        return inputs;
    }

    private static FuzzResult run(final Consumer<byte[]> decoder) {
        return FuzzRun.run(List.of(new Decoder(decoder)), FuzzPlan.inputs(SEED, INPUTS), result -> {})
                .getFirst();
    }

    /** A decoder as the test wants it. */
    private record Decoder(Consumer<byte[]> decoder) implements Target {
        @Override
        public String name() {
            return "broken";
        }

        @Override
        public List<byte[]> seeds() {
            return List.of(new byte[] {'A', 1, 2, 3}, new byte[] {'B', 4, 5, 6});
        }

        @Override
        public boolean buffers() {
            return true;
        }

        @Override
        public void accept(final byte[] input) {
            decoder.accept(input);
        }
    }
}
