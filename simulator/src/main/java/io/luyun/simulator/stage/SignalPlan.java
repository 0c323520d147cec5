package io.luyun.simulator.stage;

import java.util.List;

/** Phases that show the same as a scenario has it. */
record SignalPlan(List<Integer> phases, String unit, Signal.Node node, boolean failing, List<ShowPlan> shows) {
    /** A light up to a time. */
    record ShowPlan(Formula to, Signal.Light light) {}
}
