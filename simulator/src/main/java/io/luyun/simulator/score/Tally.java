package io.luyun.simulator.score;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;

/** What all scenes of an application say together. Confined to one thread. */
public final class Tally {
    private final Application application;
    private final List<Verdict> verdicts = new ArrayList<>();

    Tally(final Application application) {
        this.application = application;
    }

    void add(final Verdict verdict) {
        verdicts.add(verdict);
    }

    /** What it is about. */
    public Application application() {
        return application;
    }

    /** Every scene's verdict. */
    public List<Verdict> verdicts() {
        return List.copyOf(verdicts);
    }

    /** Due warnings. */
    public int due() {
        return hits()
                + verdicts.stream().mapToInt(verdict -> verdict.missed().size()).sum();
    }

    /** Due warnings that came. */
    public int hits() {
        return verdicts.stream().mapToInt(verdict -> verdict.hits().size()).sum();
    }

    /** Warnings that nothing allows. */
    public int wrong() {
        return verdicts.stream().mapToInt(verdict -> verdict.wrong().size()).sum();
    }

    /** Share of the warnings that are right; those that are neither right nor wrong do not count. 1 without any. */
    public double precision() {
        return hits() + wrong() == 0 ? 1 : (double) hits() / (hits() + wrong());
    }

    /** Share of the due warnings that came. 1 without any. */
    public double recall() {
        return due() == 0 ? 1 : (double) hits() / due();
    }

    /** Wrong warnings a vehicle-hour in scenes in which nothing is due or allowed. */
    public double falseAnHour() {
        final double hours = verdicts.stream()
                .filter(Verdict::quiet)
                .mapToDouble(Verdict::vehicleHours)
                .sum();
        final int wrong = verdicts.stream()
                .filter(Verdict::quiet)
                .mapToInt(verdict -> verdict.wrong().size())
                .sum();
        return hours == 0 ? 0 : wrong / hours;
    }

    /** Scenes in which nothing is due or allowed. */
    public long quiet() {
        return verdicts.stream().filter(Verdict::quiet).count();
    }

    /** Time left at the warnings that came, ascending, seconds. */
    public double[] leads() {
        return verdicts.stream()
                .flatMap(verdict -> verdict.hits().stream())
                .mapToDouble(Verdict.Hit::leadS)
                .filter(lead -> !Double.isNaN(lead))
                .sorted()
                .toArray();
    }

    /** From message to client of all warnings, ascending, nanoseconds. */
    public double[] delays() {
        return verdicts.stream()
                .flatMapToDouble(verdict -> DoubleStream.concat(
                        verdict.hits().stream().mapToDouble(hit -> hit.warning().delayNs()),
                        verdict.wrong().stream().mapToDouble(Warning::delayNs)))
                .sorted()
                .toArray();
    }

    /** A value that such a share of the ascending values does not exceed; NaN without any. */
    static double quantile(final double[] ascending, final double share) {
        return ascending.length == 0
                ? Double.NaN
                : ascending[(int) Math.min(ascending.length - 1.0, Math.floor(share * ascending.length))];
    }

    /** The goals that do not hold, a line each; empty when all do. */
    public List<String> failures() {
        final Application.Goals goals = application.goals();
        final List<String> failures = new ArrayList<>();
        check(failures, "precision", precision(), goals.precision(), true);
        check(failures, "recall", recall(), goals.recall(), true);
        check(failures, "wrong warnings a vehicle-hour", falseAnHour(), goals.falseAnHour(), false);
        final double[] leads = leads();
        if (goals.leadSeconds() > 0 && leads.length > 0) {
            check(failures, "median lead, s,", quantile(leads, 0.5), goals.leadSeconds(), true);
        }
        if (due() == 0) {
            failures.add(application.name() + ": no scene in which a warning is due");
        }
        return failures;
    }

    /** The same of traffic in which there is nothing to warn of. */
    List<String> failures(final CleanTraffic.Outcome clean) {
        final List<String> failures = new ArrayList<>();
        check(
                failures,
                "warnings a vehicle-hour of clean traffic",
                clean.anHour(application.name()),
                application.goals().cleanAnHour(),
                false);
        return failures;
    }

    private void check(
            final List<String> failures,
            final String what,
            final double value,
            final double goal,
            final boolean atLeast) {
        if (atLeast ? value < goal : value > goal) {
            failures.add(String.format(
                    Locale.ROOT,
                    "%s: %s %.3f, the goal is %s %.3f",
                    application.name(),
                    what,
                    value,
                    atLeast ? "at least" : "at most",
                    goal));
        }
    }
}
