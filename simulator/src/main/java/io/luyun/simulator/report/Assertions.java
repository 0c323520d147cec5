package io.luyun.simulator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What somebody demands of a run, for example {@code alert.p99<20ms,lost=0,rate>=20000,valid=true}; judged from a report alone.
 *
 * <pre>
 *   assertions = assertion { "," assertion }
 *   assertion  = figure ( "<" | "<=" | ">" | ">=" | "=" ) value [ unit ]
 *   unit       = "ns" | "us" | "ms" | "s"     for times, which need one
 *              | "%"                          for counts: of what was offered
 * </pre>
 *
 * Of several runs the median of times and rates counts, the sum of counts, and {@code valid} only when all are. Immutable.
 */
public final class Assertions {
    private static final Pattern PART =
            Pattern.compile("\\s*([A-Za-z][A-Za-z0-9_.-]*)\\s*(<=|>=|<|>|=)\\s*([^\\s<>=]+)\\s*");
    private static final Pattern VALUE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|%)?");
    private static final double PERCENT = 100;

    /**
     * What became of one assertion.
     *
     * @param holds whether it holds
     * @param text the assertion and the value found, for people
     */
    public record Verdict(boolean holds, String text) {}

    private record Demand(Figure figure, String operator, double value, String unit) {
        /** The limit, in microseconds or as it is. */
        double limit(final double offered) {
            return switch (unit) {
                case "ns" -> value / 1e3;
                case "ms" -> value * 1e3;
                case "s" -> value * 1e6;
                case "%" -> value / PERCENT * offered;
                default -> value;
            };
        }

        boolean holds(final double found, final double limit) {
            return switch (operator) {
                case "<" -> found < limit;
                case "<=" -> found <= limit;
                case ">" -> found > limit;
                case ">=" -> found >= limit;
                default -> Double.compare(found, limit) == 0;
            };
        }

        String asked() {
            final String right = figure.unit() == Figure.Unit.FLAG
                    ? String.valueOf(value != 0)
                    : (value == Math.rint(value) ? String.format(Locale.ROOT, "%,.0f", value) : String.valueOf(value))
                            + ("us".equals(unit) ? "µs" : unit);
            return figure.name() + " " + operator + " " + right;
        }
    }

    private final List<Demand> demands;

    private Assertions(final List<Demand> demands) {
        this.demands = demands;
    }

    /**
     * Reads assertions.
     *
     * @throws IllegalArgumentException in one line that names the part and what is allowed
     */
    public static Assertions parse(final String text) {
        final List<Demand> demands = new ArrayList<>();
        for (final String part : text.split(",", -1)) {
            demands.add(demand(part));
        }
        return new Assertions(demands);
    }

    /** Judges one run, or several of the same thing; a verdict for each assertion in their order. */
    public List<Verdict> judge(final List<RunReport> reports) {
        final List<Verdict> verdicts = new ArrayList<>();
        final double offered = reports.stream()
                .mapToLong(report -> report.ledger().script().offered())
                .sum();
        for (final Demand demand : demands) {
            final OptionalDouble found = demand.figure().of(reports);
            final boolean holds = found.isPresent() && demand.holds(found.getAsDouble(), demand.limit(offered));
            verdicts.add(new Verdict(
                    holds,
                    demand.asked() + ": "
                            + (found.isPresent()
                                    ? value(demand, found.getAsDouble(), offered)
                                    : "not known, " + demand.figure().missing())));
        }
        return verdicts;
    }

    private static String value(final Demand demand, final double found, final double offered) {
        final String share = "%".equals(demand.unit()) && offered > 0
                ? String.format(Locale.ROOT, " (%.4f %%)", found / offered * PERCENT)
                : "";
        return Numbers.figure(demand.figure().unit(), found) + share;
    }

    private static Demand demand(final String part) {
        final Matcher matcher = PART.matcher(part);
        if (!matcher.matches()) {
            throw bad(part, "must be a figure, one of < <= > >= =, and a value, as in alert.p99<20ms");
        }
        final Figure figure;
        try {
            figure = Figure.named(matcher.group(1));
        } catch (final IllegalArgumentException e) {
            throw bad(part, String.valueOf(e.getMessage()));
        }
        final String operator = matcher.group(2);
        final String right = matcher.group(3);
        if (figure.unit() == Figure.Unit.FLAG) {
            if (!"=".equals(operator) || !List.of("true", "false").contains(right)) {
                throw bad(part, figure.name() + " can be =true or =false alone");
            }
            return new Demand(figure, operator, "true".equals(right) ? 1 : 0, "");
        }
        return number(part, figure, operator, right);
    }

    private static Demand number(final String part, final Figure figure, final String operator, final String right) {
        final Matcher value = VALUE.matcher(right);
        if (!value.matches()) {
            throw bad(part, "\"" + right + "\" must be a number, with one of ns, us, ms, s or % behind it at most");
        }
        final String unit = value.group(2) == null ? "" : value.group(2).replace('µ', 'u');
        final boolean time = !unit.isEmpty() && !"%".equals(unit);
        switch (figure.unit()) {
            case MICROS -> {
                if (!time) {
                    throw bad(part, figure.name() + " is a time, so \"" + right + "\" needs one of ns, us, ms, s");
                }
            }
            case COUNT -> {
                if (time) {
                    throw bad(part, figure.name() + " is a count, so \"" + right + "\" can have no unit but %");
                }
            }
            default -> {
                if (!unit.isEmpty()) {
                    throw bad(part, figure.name() + " is messages a second, so \"" + right + "\" can have no unit");
                }
            }
        }
        if ("=".equals(operator) && figure.unit() != Figure.Unit.COUNT) {
            throw bad(part, figure.name() + " is measured, so it is compared by < <= > >= and not by =");
        }
        return new Demand(figure, operator, Double.parseDouble(value.group(1)), unit);
    }

    private static IllegalArgumentException bad(final String part, final String rule) {
        return new IllegalArgumentException("assert \"" + part.strip() + "\": " + rule);
    }
}
