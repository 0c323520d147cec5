package io.luyun.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

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
        assertThat(Guard.table(verdicts, figures))
                .hasSize(3)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("A.subject")
                        .contains("1.51")
                        .endsWith("BROKEN"))
                .anySatisfy(line ->
                        assertThat(line).startsWith("B.alone").contains("10.50").endsWith("BROKEN"));
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
    void everyBenchmarkStandsInTheCommittedLimits() throws IOException {
        final Set<String> known = new TreeSet<>();
        for (final BenchmarkListEntry entry : BenchmarkList.defaultList()
                .getAll(OutputFormatFactory.createFormatInstance(System.out, VerboseMode.SILENT), List.of())) {
            known.add(entry.getUsername().substring(Guard.class.getPackageName().length() + 1));
        }
        assertThat(new Guard(Limits.load()).benchmarks()).isEqualTo(known);
    }

    private static Limits read(final String yaml) {
        try {
            return Limits.read(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        } catch (final IOException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }
}
