package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of the matches, as a table in words and as values for JSON. */
public final class Report {
    private static final double MILLI = 1e-3;
    private static final String ROW = "%-22s %22s %13s %22s %13s %20s %9s %7s %8s%n";

    private final Plan plan;
    private final List<MatchResult> results;

    /** Of these matches. */
    public Report(final Plan plan, final List<MatchResult> results) {
        this.plan = plan;
        this.results = List.copyOf(results);
    }

    /** One round as a line; times in ms, CPU in µs. */
    public static String round(final int number, final Contender peer, final TurnResult ours, final TurnResult theirs) {
        return String.format(Locale.ROOT, "%2d  %s%n    %s", number, turn(Contender.LUYUN, ours), turn(peer, theirs));
    }

    private static String turn(final Contender of, final TurnResult turn) {
        return String.format(
                Locale.ROOT,
                "%-22s alert p50 %6.2f p99 %7.2f ms  ack p50 %6.2f p99 %7.2f ms  cpu %6.2f us  lag p99 %5.2f ms  "
                        + "lost %d  quiet %d/%d",
                of.label(),
                turn.alert().p50Micros() * MILLI,
                turn.alert().p99Micros() * MILLI,
                turn.ack().p50Micros() * MILLI,
                turn.ack().p99Micros() * MILLI,
                turn.cpuMicros(),
                turn.lag().p99Micros() * MILLI,
                turn.counts().lost(),
                turn.quietSeconds(),
                turn.seconds());
    }

    /** The table: for each match Luyun's line and the peer's, and how they compare; then what each promises. */
    public String table() {
        final StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                ROW,
                "",
                "alert p99 ms",
                "alert p50 ms",
                "ack p99 ms",
                "ack p50 ms",
                "cpu us/message",
                "rss MB",
                "lost",
                "quiet s"));
        for (final MatchResult result : results) {
            row(text, Contender.LUYUN.label(), result.luyunSide(plan));
            row(text, result.peer().label(), result.otherSide(plan));
            final Spread alert = result.alertRatio(plan);
            final Spread cpu = result.cpuRatio(plan);
            text.append(
                    alert == null || cpu == null
                            ? "  no round in which both were valid\n"
                            : String.format(
                                    Locale.ROOT,
                                    "  alert p99 of %s is %s times Luyun's; Luyun's CPU is %s of its%n",
                                    result.peer().label(),
                                    alert,
                                    cpu));
        }
        text.append('\n');
        promise(text, Contender.LUYUN, "");
        results.forEach(result -> promise(text, result.peer(), result.version()));
        return text.toString();
    }

    private void row(final StringBuilder text, final String label, final MatchResult.Side side) {
        text.append(String.format(
                Locale.ROOT,
                ROW,
                label,
                millis(side.alertP99Micros(), true),
                millis(side.alertP50Micros(), false),
                millis(side.ackP99Micros(), true),
                millis(side.ackP50Micros(), false),
                range(side.cpuMicros(), 1, true),
                range(side.residentMegabytes(), 1, false),
                side.lost(),
                side.quietSeconds() + "/" + side.seconds()));
        if (side.valid() < side.turns()) {
            text.append(String.format(
                    Locale.ROOT,
                    "  %d of %d turns of %s are invalid: no quiet second, or the generator's lag p99 beyond %.1f ms%n",
                    side.turns() - side.valid(),
                    side.turns(),
                    label,
                    plan.lagLimitMicros() * MILLI));
        }
    }

    private static void promise(final StringBuilder text, final Contender of, final String version) {
        text.append(String.format(
                Locale.ROOT,
                "%-22s acknowledged: %s%n%-22s settings: %s%s%n",
                of.label(),
                of.promise(),
                "",
                of.settings(),
                version.isEmpty() ? "" : " (" + version + ")"));
    }

    private static String millis(final @Nullable Spread micros, final boolean ends) {
        return range(micros, MILLI, ends);
    }

    private static String range(final @Nullable Spread spread, final double factor, final boolean ends) {
        if (spread == null) {
            return "-";
        }
        return ends
                ? String.format(
                        Locale.ROOT,
                        "%.2f (%.2f to %.2f)",
                        spread.median() * factor,
                        spread.min() * factor,
                        spread.max() * factor)
                : String.format(Locale.ROOT, "%.2f", spread.median() * factor);
    }

    /** The same for JSON, with every turn. */
    public Map<String, Object> values() {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("plan", plan);
        values.put("cores", Runtime.getRuntime().availableProcessors());
        values.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
        values.put("java", Runtime.version().toString());
        final List<Map<String, Object>> matches = new ArrayList<>();
        for (final MatchResult result : results) {
            final Map<String, Object> match = new LinkedHashMap<>();
            match.put("peer", result.peer().label());
            match.put("version", result.version());
            match.put("promise", result.peer().promise());
            match.put("settings", result.peer().settings());
            match.put("luyun", result.luyunSide(plan));
            match.put("other", result.otherSide(plan));
            match.put("alertP99OfPeerToLuyun", result.alertRatio(plan));
            match.put("cpuOfLuyunToPeer", result.cpuRatio(plan));
            match.put("luyunTurns", result.luyun());
            match.put("otherTurns", result.other());
            matches.add(match);
        }
        values.put("matches", matches);
        return values;
    }

    /** Whether every match has a round that counts, and Luyun answered and delivered everything. */
    public boolean holds() {
        return results.stream().allMatch(result -> {
            final MatchResult.Side ours = result.luyunSide(plan);
            return result.alertRatio(plan) != null && ours.lost() == 0 && ours.unanswered() == 0;
        });
    }
}
