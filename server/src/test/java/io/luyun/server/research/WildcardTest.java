package io.luyun.server.research;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class WildcardTest {
    private static final long SEED = Long.getLong("luyun.seed", System.nanoTime());

    /** Two letters, so that much matches in several ways. */
    private static final String LETTERS = "ab*?";

    @Test
    void matchesAsTheRegularExpressionDoes() {
        System.out.println("WildcardTest: -Dluyun.seed=" + SEED);
        final Random random = new Random(SEED);
        int matched = 0;
        for (int i = 0; i < 20_000; i++) {
            final String pattern = text(random, 8, LETTERS.length());
            final String name = text(random, 10, 2);
            final boolean expected = Pattern.matches(pattern.replace("*", ".*").replace('?', '.'), name);
            assertThat(new Wildcard(pattern).matches(name))
                    .as("%s of %s", pattern, name)
                    .isEqualTo(expected);
            matched += expected ? 1 : 0;
        }
        assertThat(matched).isBetween(500, 19_500);
    }

    @Test
    void isQuickWhereNothingFits() {
        assertThat(new Wildcard("*a".repeat(30) + "b").matches("a".repeat(60))).isFalse();
    }

    private static String text(final Random random, final int most, final int letters) {
        final StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(most + 1); i > 0; i--) {
            text.append(LETTERS.charAt(random.nextInt(letters)));
        }
        return text.toString();
    }
}
