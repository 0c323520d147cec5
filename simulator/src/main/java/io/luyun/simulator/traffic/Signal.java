package io.luyun.simulator.traffic;

import io.luyun.simulator.traffic.Program.Light;
import io.luyun.simulator.traffic.Program.PhaseTimes;

/** One phase of one node as it is now. Owned by its traffic. */
final class Signal {
    final int node;
    final int phaseId;
    Light light = Light.RED;

    private final Program program;
    private final PhaseTimes phase;

    Signal(final int node, final Program program, final PhaseTimes phase) {
        this.node = node;
        this.phaseId = phase.phaseId();
        this.program = program;
        this.phase = phase;
    }

    void at(final double timeS) {
        light = phase.at(program.inCycle(timeS));
    }
}
