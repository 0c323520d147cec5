package io.luyun.server.research;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class TextBytesTest {
    private static final long SEED = Long.getLong("luyun.seed", System.nanoTime());

    private final TextBytes out = new TextBytes();
    private final Random random = new Random(SEED);

    @Test
    void writesEveryNumberAsJavaDoes() throws IOException {
        System.out.println("TextBytesTest: -Dluyun.seed=" + SEED);
        for (long power = 1; power > 0; power *= 2) {
            for (long by = -1; by <= 1; by++) {
                number(power + by);
                number(-power + by);
            }
        }
        for (long power = 1; power < 1_000_000_000_000_000_000L; power *= 10) {
            for (long by = -1; by <= 1; by++) {
                number(power + by);
                number(-power + by);
            }
        }
        for (int i = 0; i < 10_000; i++) {
            number(random.nextLong() >> random.nextInt(64));
        }
        number(Long.MIN_VALUE);
        number(Long.MAX_VALUE);
        number(Integer.MIN_VALUE);
    }

    private void number(final long value) throws IOException {
        out.number(value);
        assertThat(taken()).isEqualTo(Long.toString(value));
    }

    @Test
    void writesTimesAsJavaDoes() throws IOException {
        final TimeText times = new TimeText();
        final long[] steps = {
            1, 1_000, 1_000_000, 500_000_000, 1_000_000_000L, 999, -1, -1_000_000_007L, 86_400_000_000_000L
        };
        long timeNs = 1_767_225_600_000_000_000L;
        for (int i = 0; i < 10_000; i++) {
            timeNs += steps[random.nextInt(steps.length)];
            times.put(out, timeNs);
            assertThat(taken())
                    .isEqualTo(DateTimeFormatter.ISO_INSTANT.format(Instant.ofEpochSecond(
                            Math.floorDiv(timeNs, 1_000_000_000L), Math.floorMod(timeNs, 1_000_000_000L))));
        }
        times.put(out, -1);
        assertThat(taken()).isEqualTo("1969-12-31T23:59:59.999999999Z");
    }

    @Test
    void growsAsItIsFilled() throws IOException {
        final StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 50_000; i++) {
            out.text("路");
            out.put('x');
            out.number(i);
            expected.append("路x").append(i);
        }
        assertThat(taken()).isEqualTo(expected.toString());
        assertThat(out.length()).isZero();
    }

    private String taken() throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        out.moveTo(bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
