package io.luyun.simulator.traffic;

import io.luyun.simulator.traffic.Program.Light;
import io.luyun.simulator.traffic.Program.PhaseTimes;

/** One phase of one node as it is now. Owned by its traffic. */
final class Signal {
    final int node;
    final int phaseId;
    Light light = Light.RED;

    private final Program program;
    private final PhaseTimes times;

    Signal(final int node, final Program program, final PhaseTimes times) {
        this.node = node;
        this.phaseId = times.phaseId();
        this.program = program;
        this.times = times;
    }

    void at(final double timeS) {
        light = times.at(program.inCycle(timeS));
    }
}
