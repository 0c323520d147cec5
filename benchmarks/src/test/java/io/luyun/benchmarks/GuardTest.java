package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class GuardTest {
    private static final String YAML = """
            limits:
              - benchmark: A.subject
                reference: A.bare
                maxRatio: 1.5
                maxBytes: 1
              - benchmark: B.alone
                maxBytes: 10
            """;

    private final Guard guard = new Guard(read(YAML));

    @Test
    void keepsWhatIsWithinTheLimits() {
        final List<Guard.Verdict> verdicts = guard.judge(Map.of(
                "A.subject", new Guard.Figure(150, 1, 0.9),
                "A.bare", new Guard.Figure(100, 1, 500),
                "B.alone", new Guard.Figure(1, Double.NaN, 10)));
        assertThat(verdicts).extracting(Guard.Verdict::kept).containsExactly(true, true);
        assertThat(verdicts.getFirst().ratio()).isEqualTo(1.5);
    }

    @Test
    void tellsBrokenRatiosAndBytes() {
        final Map<String, Guard.Figure> figures = Map.of(
                "A.subject", new Guard.Figure(151, 1, 0.9),
                "A.bare", new Guard.Figure(100, 1, 500),
                "B.alone", new Guard.Figure(1, 1, 10.5));
        final List<Guard.Verdict> verdicts = guard.judge(figures);
        assertThat(verdicts).extracting(Guard.Verdict::kept).containsExactly(false, false);
        assertThat(Guard.table(verdicts))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("A.subject")
                        .contains("1.51")
                        .endsWith("BROKEN"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("B.alone").contains("10.50").endsWith("BROKEN"));
    }

    @Test
    void onlyWhatBreaksEveryTimeIsBroken() {
        final List<Guard.Verdict> first = guard.judge(Map.of(
                "A.subject", new Guard.Figure(151, 1, 0.9),
                "A.bare", new Guard.Figure(100, 1, 500),
                "B.alone", new Guard.Figure(1, 1, 9)));
        assertThat(Guard.again(first)).containsExactly("A.bare", "A.subject");

        final List<Guard.Verdict> second = Guard.judgeAgain(
                first, Map.of("A.subject", new Guard.Figure(310, 1, 0.9), "A.bare", new Guard.Figure(200, 1, 500)));
        assertThat(second).extracting(Guard.Verdict::kept).containsExactly(false, true);
        assertThat(second.getFirst().ratio()).isEqualTo(1.55);

        final List<Guard.Verdict> third = Guard.judgeAgain(
                second, Map.of("A.subject", new Guard.Figure(280, 1, 0.9), "A.bare", new Guard.Figure(200, 1, 500)));
        assertThat(third).extracting(Guard.Verdict::kept).containsExactly(true, true);
        assertThat(Guard.again(third)).isEmpty();
        assertThat(Guard.table(third))
                .anySatisfy(line -> assertThat(line)
                        .startsWith("A.subject")
                        .containsPattern("280\\.0 .* 200\\.0 .* 1\\.40 ")
                        .endsWith("kept"));

        // a reference that is slower by then makes nothing broken that was kept
        assertThat(Guard.judgeAgain(third, Map.of("A.bare", new Guard.Figure(1, 1, 500))))
                .isEqualTo(third);
    }

    @Test
    void whatWasNotMeasuredCountsAsBroken() {
        assertThat(guard.judge(Map.of("A.subject", new Guard.Figure(1, 1, 0))))
                .extracting(Guard.Verdict::kept)
                .containsExactly(false, false);
    }

    @Test
    void wrongLimitsAreRefused() {
        assertThatThrownBy(() -> read("limits: [{benchmark: A, maxRatio: 2}]"))
                .hasMessageContaining("A: reference and maxRatio belong together");
        assertThatThrownBy(() -> read("limits: [{benchmark: A, maxRation: 2}]")).hasMessageContaining("maxRation");
    }

    @Test
    void aBenchmarkIsQuickOnlyWhereEveryLimitThatNamesItSaysSo() {
        final Guard mixed = new Guard(read("""
                limits:
                  - {benchmark: A.subject, reference: A.bare, maxRatio: 2, quick: true}
                  - {benchmark: B.slow, reference: A.bare, maxRatio: 2}
                """));
        assertThat(mixed.quick()).containsExactly("A.subject");
    }

    @Test
    void aNameThatIsNoBenchmarkIsToldWithWhereItStands() {
        final Limits limits = read(YAML);
        final Set<String> known = new TreeSet<>(Set.of("A.subject", "A.bare"));
        assertThatThrownBy(() -> limits.expectIn(known))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("guard-limits.yaml: B.alone.benchmark = B.alone: must be a benchmark of this jar");
        known.remove("A.bare");
        assertThatThrownBy(() -> limits.expectIn(known))
                .hasMessage("guard-limits.yaml: A.subject.reference = A.bare: must be a benchmark of this jar");
        known.addAll(Set.of("A.bare", "B.alone"));
        limits.expectIn(known);
    }

    @Test
    void everyBenchmarkStandsInTheCommittedLimits() throws IOException {
        assertThat(new Guard(Limits.load()).benchmarks()).isEqualTo(GuardRunner.known());
    }

    @Test
    void thePageTellsOfEveryStageWithItsReferenceAndLimits() throws IOException {
        final List<String> page = Files.readAllLines(Path.of("../docs/guard.md"));
        for (final Limits.Limit limit : Limits.load().limits()) {
            final String row = "`" + limit.benchmark() + "`";
            assertThat(page).anySatisfy(line -> assertThat(line).startsWith("| " + row + " |"));
            final String allowed =
                    String.format(Locale.ROOT, "%s×, %s B |", plain(limit.maxRatio()), plain(limit.maxBytes()));
            assertThat(page)
                    .as(limit.benchmark() + " against " + limit.reference() + ": " + allowed)
                    .anySatisfy(line -> assertThat(line)
                            .containsAnyOf(row, "| | |")
                            .contains("`" + limit.reference() + "`")
                            .endsWith(allowed));
        }
    }

    private static String plain(final @Nullable Double value) {
        return value == null
                ? "-"
                : new DecimalFormat("#,##0.##", DecimalFormatSymbols.getInstance(Locale.ROOT)).format(value);
    }

    private static Limits read(final String yaml) {
        try {
            return Limits.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (final IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
