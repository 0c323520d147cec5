package io.luyun.simulator.stage;

import java.util.List;

/**
 * One who moves in a scenario.
 *
 * @param name unique in the scenario
 * @param kind what it is
 * @param route route of the layout, or empty for {@code points}
 * @param against whether it drives the route the wrong way
 * @param lane lane of the route at its beginning
 * @param points its way without a route, pairs east and north
 * @param start place on its way when the scene begins: metres from the route's mark, or from the first point
 * @param right metres right of the middle of its way
 * @param speed at the beginning, m/s
 * @param pace what becomes of the speed
 * @param sidesteps moves to the side
 * @param elevation metres above the ground of the stage
 * @param report what it tells itself
 * @param seenBy names of the roadside units that see it
 * @param sayings lights and events that go with its BSM
 */
record ActorPlan(
        String name,
        ActorKind kind,
        String route,
        boolean against,
        int lane,
        List<List<Formula>> points,
        Formula start,
        Formula right,
        Formula speed,
        List<PacePlan> pace,
        List<SidestepPlan> sidesteps,
        Formula elevation,
        Actor.Report report,
        List<String> seenBy,
        List<SayingPlan> sayings) {
    /** The same a number of times so far behind, by another name; the first is the one itself. */
    ActorPlan behind(final int times, final Formula metres) {
        return times == 0
                ? this
                : new ActorPlan(
                        name + "-" + (times + 1),
                        kind,
                        route,
                        against,
                        lane,
                        points,
                        new Formula("(" + start + ") - " + times + " * (" + metres + ")"),
                        right,
                        speed,
                        pace,
                        sidesteps,
                        elevation,
                        report,
                        seenBy,
                        sayings);
    }

    /** So long that acceleration. */
    record PacePlan(Formula seconds, Formula accel) {}

    /** Lanes are 3.5 m; metres to the right. */
    record SidestepPlan(Formula at, Formula seconds, Formula right) {}

    /** From a time to a time a light or an event, by their names. */
    record SayingPlan(Formula from, Formula to, Saying what) {}
}
