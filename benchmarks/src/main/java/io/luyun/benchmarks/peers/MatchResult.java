package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Luyun and a peer in turn, round by round.
 *
 * @param peer against what
 * @param version what the peer says its version is, empty for what comes with Luyun
 * @param luyun turns of Luyun
 * @param other turns of the peer, as many
 */
public record MatchResult(Contender peer, String version, List<TurnResult> luyun, List<TurnResult> other) {
    /** Copies. */
    public MatchResult {
        luyun = List.copyOf(luyun);
        other = List.copyOf(other);
    }

    /**
     * The turns of one side in a line. Spreads are over the valid turns, null when there is none.
     *
     * @param turns turns
     * @param valid of them, those that count
     * @param seconds seconds measured
     * @param quietSeconds of them, those that count
     * @param sent messages sent in all turns
     * @param unanswered of them neither acknowledged nor refused
     * @param lost messages that concerned somebody and did not come
     * @param unexpected what came and was not waited for
     */
    public record Side(
            int turns,
            int valid,
            int seconds,
            int quietSeconds,
            long sent,
            long unanswered,
            long lost,
            long unexpected,
            @Nullable Spread alertP50Micros,
            @Nullable Spread alertP99Micros,
            @Nullable Spread ackP50Micros,
            @Nullable Spread ackP99Micros,
            @Nullable Spread lagP99Micros,
            @Nullable Spread cpuMicros,
            @Nullable Spread ownMegabytes,
            @Nullable Spread residentMegabytes) {}

    /** Luyun's side. */
    public Side luyunSide(final Plan plan) {
        return side(luyun, plan, true);
    }

    /** The peer's side. */
    public Side otherSide(final Plan plan) {
        return side(other, plan, peer != Contender.MOSQUITTO_QOS0);
    }

    /** The peer's alert p99 over Luyun's, over the rounds in which both are valid; null when there is none. */
    public @Nullable Spread alertRatio(final Plan plan) {
        return ratio(plan, other, luyun, turn -> turn.alert().p99Micros());
    }

    /** Luyun's CPU time of a message over the peer's, likewise. */
    public @Nullable Spread cpuRatio(final Plan plan) {
        return ratio(plan, luyun, other, TurnResult::cpuMicros);
    }

    private @Nullable Spread ratio(
            final Plan plan,
            final List<TurnResult> above,
            final List<TurnResult> below,
            final ToDoubleFunction<TurnResult> figure) {
        final List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < above.size(); i++) {
            final double divisor = figure.applyAsDouble(below.get(i));
            if (above.get(i).valid(plan.lagLimitMicros()) && below.get(i).valid(plan.lagLimitMicros()) && divisor > 0) {
                ratios.add(figure.applyAsDouble(above.get(i)) / divisor);
            }
        }
        return ratios.isEmpty() ? null : Spread.of(ratios);
    }

    private static Side side(final List<TurnResult> turns, final Plan plan, final boolean acknowledges) {
        final List<TurnResult> valid =
                turns.stream().filter(turn -> turn.valid(plan.lagLimitMicros())).toList();
        return new Side(
                turns.size(),
                valid.size(),
                turns.stream().mapToInt(TurnResult::seconds).sum(),
                turns.stream().mapToInt(TurnResult::quietSeconds).sum(),
                turns.stream().mapToLong(turn -> turn.counts().sent()).sum(),
                acknowledges
                        ? turns.stream()
                                .mapToLong(turn -> turn.counts().sent()
                                        - turn.counts().acked()
                                        - turn.counts().refused())
                                .sum()
                        : 0,
                turns.stream().mapToLong(turn -> turn.counts().lost()).sum(),
                turns.stream().mapToLong(turn -> turn.counts().unexpected()).sum(),
                spread(valid, turn -> turn.alert().p50Micros()),
                spread(valid, turn -> turn.alert().p99Micros()),
                acknowledges ? spread(valid, turn -> turn.ack().p50Micros()) : null,
                acknowledges ? spread(valid, turn -> turn.ack().p99Micros()) : null,
                spread(valid, turn -> turn.lag().p99Micros()),
                spread(valid, TurnResult::cpuMicros),
                spread(valid, turn -> turn.ownBytes() * 1e-6),
                spread(valid, turn -> turn.residentBytes() * 1e-6));
    }

    private static @Nullable Spread spread(final List<TurnResult> turns, final ToDoubleFunction<TurnResult> figure) {
        return turns.isEmpty()
                ? null
                : Spread.of(turns.stream().map(figure::applyAsDouble).toList());
    }
}
