package io.luyun.simulator.stage;

import java.util.List;
import java.util.Map;

/**
 * What the roadside units of a scenario tell of their junction, and fail to tell.
 *
 * @param signals lights
 * @param maps maps
 * @param outages times in which messages are left out
 */
record UnitPlans(List<SignalPlan> signals, List<MapPlan> maps, List<OutagePlan> outages) {
    /** A map: phases in place of others. */
    record MapPlan(String unit, Signal.Node node, Map<Integer, Integer> phases, Formula from) {}

    /** A time in which a share of the messages of a kind is left out. */
    record OutagePlan(String unit, Outage.Kind kind, Formula from, Formula to, Formula share) {}
}
