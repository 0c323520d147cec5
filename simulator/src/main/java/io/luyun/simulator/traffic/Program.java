package io.luyun.simulator.traffic;

import java.util.List;

/**
 * The fixed-time program of a signalised node. A phase is green for its green time from its start in the cycle, then
 * yellow, then red until its next start; what lies between the yellow of one stage and the green of the next is the
 * clearance time in which all is red.
 *
 * @param cycleS length of the cycle in seconds
 * @param offsetS time at which a cycle begins, in seconds
 * @param phases the phases, each once
 */
public record Program(double cycleS, double offsetS, List<PhaseTimes> phases) {
    /** What a phase shows. */
    public enum Light {
        GREEN,
        YELLOW,
        RED
    }

    /**
     * Times of one phase within the cycle, in seconds.
     *
     * @param phaseId 1..255
     * @param pedestrian whether it serves the crossings of the node rather than vehicles
     */
    public record PhaseTimes(int phaseId, double startS, double greenS, double yellowS, boolean pedestrian) {
        /** What the phase shows at a place in the cycle. */
        public Light at(final double inCycleS) {
            if (inCycleS >= startS && inCycleS < startS + greenS) {
                return Light.GREEN;
            }
            return inCycleS >= startS + greenS && inCycleS < startS + greenS + yellowS ? Light.YELLOW : Light.RED;
        }
    }

    public Program {
        phases = List.copyOf(phases);
        for (final PhaseTimes phase : phases) {
            if (phase.startS() < 0 || phase.startS() + phase.greenS() + phase.yellowS() > cycleS) {
                throw new IllegalArgumentException("phase " + phase.phaseId() + " does not fit into " + cycleS + " s");
            }
        }
    }

    /** Place in the cycle at a time, 0 up to but without the cycle's length. */
    public double inCycle(final double timeS) {
        final double rest = (timeS - offsetS) % cycleS;
        return rest < 0 ? rest + cycleS : rest;
    }

    /** What a phase shows; an unknown phase shows red. */
    public Light light(final int phaseId, final double timeS) {
        for (int i = 0; i < phases.size(); i++) {
            final PhaseTimes phase = phases.get(i);
            if (phase.phaseId() == phaseId) {
                return phase.at(inCycle(timeS));
            }
        }
        return Light.RED;
    }
}
