package io.luyun.simulator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What two runs, and several, say together. */
final class ComparisonTest {
    private final RunReport base = SampleReport.of(1, 1, 20);
    private final RunReport slower = SampleReport.of(1, 1.3, 20);

    private static Comparison compare(final RunReport a, final RunReport b) {
        return Comparison.of(new Runs(List.of("A", "B"), List.of(a, b)));
    }

    private static Comparison.Row row(final Comparison comparison, final String name) {
        return comparison.rows().stream()
                .filter(row -> row.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ratiosAreOfTheSecondToTheFirst() {
        final Comparison comparison = compare(base, slower);
        assertThat(row(comparison, "ack.p99").ratio().orElseThrow()).isCloseTo(1.3, offset(0.01));
        assertThat(row(comparison, "cpu.server").ratio().orElseThrow()).isCloseTo(1.3, offset(1e-9));
        assertThat(row(comparison, "lost").ratio()).isEmpty();
        assertThat(comparison.unlike()).isEmpty();
    }

    @Test
    void moreThanAllowedIsWorse() {
        final Comparison comparison = compare(base, slower);
        assertThat(comparison.worse(31)).isEmpty();
        assertThat(comparison.worse(10))
                .anyMatch(line -> line.startsWith("ack.p99: ") && line.endsWith(", allowed are 10.0 %"))
                .anyMatch(line -> line.startsWith("cpu.server: 16.8 µs is 30.0 % more than 12.9 µs"));
        assertThat(compare(slower, base).worse(0)).isEmpty();
        assertThat(compare(base, base).worse(0)).isEmpty();
    }

    @Test
    void percentilesOfTooFewTimesAreNotJudged() {
        final Comparison comparison = compare(base, slower);
        // 160 alerts: 16 are beyond p90, less than 2 beyond p99
        assertThat(row(comparison, "alert.p90").judged()).isTrue();
        assertThat(row(comparison, "alert.p99").judged()).isFalse();
        assertThat(row(comparison, "ack.p99.9").judged()).isTrue();
        assertThat(row(comparison, "ack.p99.99").judged()).isFalse();
        assertThat(row(comparison, "ack.max").judged()).isFalse();
        assertThat(row(comparison, "lag.p50").judged()).isFalse();
    }

    @Test
    void whatTheSecondLacksAndWhatDoesNotCountIsWorse() {
        final Map<String, Latency> without = new TreeMap<>(base.latencyMicros());
        without.remove("alert");
        final RunReport blind = new RunReport(
                base.about(),
                base.machine(),
                RunReport.Validity.of(List.of("generator lag")),
                base.ledger(),
                without,
                base.series(),
                new RunReport.Cpu(null, 3.1, null),
                List.of());
        assertThat(compare(base, blind).worse(50))
                .contains("not valid: B: generator lag", "cpu.server: 12.9 µs in A, not measured in B")
                .anyMatch(line -> line.startsWith("alert.p50: ") && line.endsWith(" in A, not measured in B"));
        assertThat(compare(blind, base).worse(50)).containsExactly("not valid: A: generator lag");
    }

    @Test
    void whatIsNotAlikeIsNamed() {
        final RunReport.About about = base.about();
        final RunReport other = new RunReport(
                new RunReport.About(
                        about.command(),
                        new RunReport.Scenario("rush-hour", "name: rush-hour\nrate: 30000\n", 2),
                        about.started(),
                        10,
                        5,
                        2),
                new RunReport.Machine(
                        new RunReport.Host("Processor Y", 2, 8L << 30, "Linux 6.1", "VM", List.of(), "0.2.0"), null),
                base.validity(),
                base.ledger(),
                base.latencyMicros(),
                base.series(),
                base.cpu(),
                List.of());
        assertThat(compare(base, other).unlike())
                .containsExactly(
                        "text of the scenario: not the same",
                        "seed: 1 in A, 2 in B",
                        "seconds: 20 in A, 10 in B",
                        "workers: 1 in A, 2 in B",
                        "offered a second: 20,002 in A, 40,003 in B",
                        "generator: version of Luyun: 0.1.0 in A, 0.2.0 in B",
                        "generator: processor: Processor X in A, Processor Y in B",
                        "generator: JVM: OpenJDK 64-Bit Server VM 25+36 in A, VM in B",
                        "generator: JVM flags: -Xmx1g in A, none in B",
                        "server: known in A, not known in B");
    }

    @Test
    void severalRunsHaveMediansSpreadAndOneHistogram() {
        final Runs runs = new Runs(List.of("A", "B", "C"), List.of(base, slower, SampleReport.of(1, 1.1, 20)));
        final Map<Figure, Spread> spreads = runs.spreads();
        final Spread server = spreads.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals("cpu.server"))
                .findFirst()
                .orElseThrow()
                .getValue();
        assertThat(server.least()).isEqualTo(12.9);
        assertThat(server.median()).isCloseTo(12.9 * 1.1, offset(1e-9));
        assertThat(server.most()).isCloseTo(12.9 * 1.3, offset(1e-9));
        assertThat(runs.merged().get("ack").count())
                .isEqualTo(3 * base.latencyMicros().get("ack").count());
        assertThat(runs.merged().get("ack").p50())
                .isBetween(
                        base.latencyMicros().get("ack").p50(),
                        slower.latencyMicros().get("ack").p50());
        assertThat(runs.ledger().script().sent())
                .isEqualTo(3 * base.ledger().script().sent());
        assertThat(Spread.of(4, 1, 3, 2).median()).isEqualTo(2.5);
    }
}
