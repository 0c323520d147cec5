package io.luyun.simulator.stage;

import java.util.List;
import java.util.Map;

/**
 * A staged situation with numbers that may be drawn.
 *
 * @param app application it is about, for example FCW
 * @param name unique in its file
 * @param what a sentence on it
 * @param layout its roads
 * @param seconds how long it is played
 * @param vary its parameters
 * @param actors who moves
 * @param units roadside units
 * @param notices events and signs
 * @param tells what units tell of the layout's junction, and fail to tell
 * @param talk what vehicles and units agree on
 * @param expect what the one who wrote it means it to be
 */
public record Scenario(
        String app,
        String name,
        String what,
        Layout layout,
        double seconds,
        Map<String, Span> vary,
        List<ActorPlan> actors,
        List<Unit> units,
        List<NoticePlan> notices,
        UnitPlans tells,
        TalkPlans talk,
        Expect expect) {
    /** What its author means it to be; the truth is worked out and has to agree. */
    public enum Expect {
        /** Someone has to be warned. */
        WARNED,
        /** Nobody may be warned. */
        QUIET,
        /** Close to the border: depends on the draw. */
        NEAR
    }
}
