package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Actor;
import io.luyun.simulator.stage.Notice;
import org.jspecify.annotations.Nullable;

/** Finds the stretches of time of a case. */
final class Windows {
    static final double STEP_S = 0.1;

    /** What is right at a time; asked for one after the other. */
    interface LevelAt {
        Level at(double t);
    }

    private Windows() {}

    /**
     * The case of a pair, or null when a warning is wrong all the time.
     *
     * @param endS when the scene is over
     * @param holdS how long it has to be due without a break
     */
    static @Nullable Case of(
            final double endS,
            final Actor subject,
            final @Nullable Actor target,
            final @Nullable Notice notice,
            final double holdS,
            final LevelAt levels) {
        return of(endS, subject, target, notice, "", holdS, levels);
    }

    /** The same where there are several things to look for. */
    static @Nullable Case of(
            final double endS,
            final Actor subject,
            final @Nullable Actor target,
            final @Nullable Notice notice,
            final String reason,
            final double holdS,
            final LevelAt levels) {
        double allowedFrom = Double.NaN;
        double allowedTo = Double.NaN;
        double dueFrom = Double.NaN;
        double dueTo = Double.NaN;
        double run = Double.NaN;
        final int steps = (int) Math.floor(endS / STEP_S);
        for (int i = 0; i <= steps; i++) {
            final double t = i * STEP_S;
            final Level level = levels.at(t);
            if (level != Level.WRONG) {
                allowedFrom = Double.isNaN(allowedFrom) ? t : allowedFrom;
                allowedTo = t;
            }
            if (level != Level.DUE) {
                run = Double.NaN;
                continue;
            }
            run = Double.isNaN(run) ? t : run;
            // the first stretch that is long enough, to its end
            if (t - run >= holdS - 1e-9 && (Double.isNaN(dueFrom) || dueFrom == run)) {
                dueFrom = run;
                dueTo = t;
            }
        }
        return Double.isNaN(allowedFrom)
                ? null
                : new Case(subject, target, notice, reason, allowedFrom, allowedTo, dueFrom, dueTo);
    }
}
