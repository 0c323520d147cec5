package io.luyun.benchmarks.browsers;

import io.luyun.benchmarks.rig.Spread;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleBiFunction;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** What the rounds say, for people and for programs. Browsers are compared with the turn without any of the same round. */
public final class WatchReport {
    private static final double KILO = 1e3;
    private static final String NOTHING = "not measured";

    private final WatchPlan plan;
    private final List<List<WatchTurn>> rounds;

    /** Of rounds, each with a turn of every number of browsers. */
    public WatchReport(final WatchPlan plan, final List<List<WatchTurn>> rounds) {
        this.plan = plan;
        this.rounds = List.copyOf(rounds);
    }

    /** Whether a goal is met. */
    public enum Verdict {
        /** It is. */
        MET("met"),
        /** It is not. */
        MISSED("MISSED"),
        /** No round counts. */
        UNKNOWN("not measured: no round counts");

        private final String words;

        Verdict(final String words) {
            this.words = words;
        }

        static Verdict of(final @Nullable Spread figure, final double most) {
            if (figure == null) {
                return UNKNOWN;
            }
            return figure.median() <= most ? MET : MISSED;
        }
    }

    /** One turn in a line. */
    public static String line(final int round, final WatchTurn turn, final WatchPlan plan) {
        final List<String> flaws = turn.flaws(plan);
        return String.format(
                Locale.ROOT,
                "%d  %4d watch  server %6.2f %% of a core  alerts p50 %.2f ms, p99 %.2f ms of %d  busy %.2f of %d cores%s%s",
                round,
                turn.browsers(),
                turn.serverPercent(),
                turn.alertP50Millis(),
                turn.alertP99Millis(),
                turn.load().alert().count(),
                turn.load().busyCores(),
                turn.cores(),
                turn.browsers() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                "  each %.1f frames, %.1f texts, %.0f kB a second",
                                turn.sight().framesPerSecond(),
                                turn.sight().textsPerSecond(),
                                turn.sight().bytesPerSecond() / KILO),
                flaws.isEmpty() ? "" : "  DOES NOT COUNT: " + String.join("; ", flaws));
    }

    /** What so many browsers cost the server for each of them, percent of a core; null when no round counts. */
    @Nullable
    Spread browserPercent(final int browsers) {
        return compared(browsers, (with, without) -> (with.serverPercent() - without.serverPercent()) / browsers);
    }

    /** Alert p99 with so many browsers over that without; null when no round counts. */
    @Nullable
    Spread alertRatio(final int browsers) {
        return compared(browsers, (with, without) -> with.alertP99Millis() / without.alertP99Millis());
    }

    /** Whether a browser costs what it may: the first one, which brings the picture with it, and each of all. */
    public Verdict cost() {
        final double most = plan.goals().browserPercent();
        final Verdict first = Verdict.of(browserPercent(1), most);
        final Verdict all = Verdict.of(browserPercent(plan.browsers()), most);
        if (first == Verdict.MISSED || all == Verdict.MISSED) {
            return Verdict.MISSED;
        }
        return first == Verdict.UNKNOWN ? first : all;
    }

    /** Whether all browsers together move the alerts no more than they may. */
    public Verdict alerts() {
        return Verdict.of(alertRatio(plan.browsers()), plan.goals().alertRatio());
    }

    /** Whether both goals are met and nothing was lost in any turn. */
    public boolean holds() {
        return cost() == Verdict.MET
                && alerts() == Verdict.MET
                && rounds.stream().flatMap(List::stream).noneMatch(WatchTurn::lossy);
    }

    /** All rounds, for people. */
    public String table() {
        final StringBuilder out = new StringBuilder();
        for (final int browsers : plan.crowds()) {
            final List<WatchTurn> turns = valid(browsers);
            out.append(String.format(
                    Locale.ROOT,
                    "%4d watch, %d of %d turns count: server %s, alerts p50 %s, p99 %s%n",
                    browsers,
                    turns.size(),
                    rounds.size(),
                    words(spread(turns, WatchTurn::serverPercent), " % of a core"),
                    words(spread(turns, WatchTurn::alertP50Millis), " ms"),
                    words(spread(turns, WatchTurn::alertP99Millis), " ms")));
        }
        for (final int browsers : plan.crowds().subList(1, plan.crowds().size())) {
            out.append(String.format(
                    Locale.ROOT,
                    "%4d watch against none: each costs %s, alert p99 %s%n",
                    browsers,
                    words(browserPercent(browsers), " % of a core"),
                    words(alertRatio(browsers), " times")));
        }
        out.append(String.format(
                Locale.ROOT,
                "a browser costs the server at most %s %% of a core at %,d vehicles: %s%n",
                plan.goals().browserPercent(),
                plan.load().vehicles(),
                cost().words));
        out.append(String.format(
                Locale.ROOT,
                "%d browsers leave the alert p99 within %s times: %s%n",
                plan.browsers(),
                plan.goals().alertRatio(),
                alerts().words));
        return out.toString();
    }

    /** The same for programs. */
    public Map<String, Object> values() {
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("plan", plan);
        final Map<String, Object> crowds = new LinkedHashMap<>();
        for (final int browsers : plan.crowds()) {
            crowds.put(Integer.toString(browsers), values(browsers));
        }
        values.put("watching", crowds);
        values.put("cost", cost());
        values.put("alerts", alerts());
        values.put("holds", holds());
        values.put("rounds", rounds);
        return values;
    }

    private Map<String, Object> values(final int browsers) {
        final List<WatchTurn> turns = valid(browsers);
        final Map<String, Object> values = new LinkedHashMap<>();
        values.put("turnsThatCount", turns.size());
        values.put("serverPercent", spread(turns, WatchTurn::serverPercent));
        values.put("alertP50Millis", spread(turns, WatchTurn::alertP50Millis));
        values.put("alertP99Millis", spread(turns, WatchTurn::alertP99Millis));
        if (browsers > 0) {
            values.put("framesPerSecond", spread(turns, turn -> turn.sight().framesPerSecond()));
            values.put("textsPerSecond", spread(turns, turn -> turn.sight().textsPerSecond()));
            values.put("bytesPerSecond", spread(turns, turn -> turn.sight().bytesPerSecond()));
            values.put("browserPercent", browserPercent(browsers));
            values.put("alertRatio", alertRatio(browsers));
        }
        return values;
    }

    private List<WatchTurn> valid(final int browsers) {
        return rounds.stream()
                .flatMap(List::stream)
                .filter(turn -> turn.browsers() == browsers && turn.flaws(plan).isEmpty())
                .toList();
    }

    private @Nullable Spread compared(final int browsers, final ToDoubleBiFunction<WatchTurn, WatchTurn> figure) {
        final List<Double> figures = new ArrayList<>();
        for (final List<WatchTurn> round : rounds) {
            final WatchTurn without = turn(round, 0);
            final WatchTurn with = turn(round, browsers);
            if (without.flaws(plan).isEmpty() && with.flaws(plan).isEmpty()) {
                figures.add(figure.applyAsDouble(with, without));
            }
        }
        return figures.isEmpty() ? null : Spread.of(figures);
    }

    private static WatchTurn turn(final List<WatchTurn> round, final int browsers) {
        return round.stream()
                .filter(turn -> turn.browsers() == browsers)
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Spread spread(final List<WatchTurn> turns, final ToDoubleFunction<WatchTurn> figure) {
        return turns.isEmpty()
                ? null
                : Spread.of(turns.stream().map(figure::applyAsDouble).toList());
    }

    private static String words(final @Nullable Spread spread, final String unit) {
        return spread == null ? NOTHING : spread + unit;
    }
}
