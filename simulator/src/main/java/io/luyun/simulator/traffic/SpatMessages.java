package io.luyun.simulator.traffic;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.simulator.traffic.Program.PhaseTimes;

/** SPAT messages of a program: what each phase shows and the two states that follow, all counted down. */
final class SpatMessages {
    private static final int FIXED_TIME = 1 << 5;
    private static final int CERTAIN = 200;
    private static final LightState[] ORDER = {
        LightState.LIGHT_PROTECTED_GREEN, LightState.LIGHT_YELLOW, LightState.LIGHT_RED
    };

    private SpatMessages() {}

    static Spat of(
            final Zone zone,
            final Zone.Node node,
            final Program program,
            final double timeS,
            final int msgCnt,
            final long utcMs) {
        final IntersectionState.Builder state = IntersectionState.newBuilder()
                .setIntersection(Messages.node(zone, node.nodeId()))
                .setStatus(FIXED_TIME)
                .setMoy(Messages.minuteOfYear(utcMs))
                .setTimeStamp(Messages.secMark(utcMs));
        final double inCycle = program.inCycle(timeS);
        for (final PhaseTimes phase : program.phases()) {
            state.addPhases(phase(phase, inCycle, program.cycleS()));
        }
        return Spat.newBuilder()
                .setMsgCnt(msgCnt)
                .setMoy(Messages.minuteOfYear(utcMs))
                .setTimeStamp(Messages.secMark(utcMs))
                .setName(node.name())
                .addIntersections(state)
                .build();
    }

    private static Phase phase(final PhaseTimes phase, final double inCycle, final double cycleS) {
        final double[] lasts = {phase.greenS(), phase.yellowS(), cycleS - phase.greenS() - phase.yellowS()};
        final double since = (inCycle - phase.startS() + cycleS) % cycleS;
        int light = 0;
        double ends = lasts[0];
        while (light < 2 && since >= ends) {
            light++;
            ends += lasts[light];
        }
        final Phase.Builder states = Phase.newBuilder().setId(phase.phaseId());
        double begins = 0;
        double remaining = ends - since;
        for (int i = 0; i < 3; i++) {
            final double end = begins + remaining;
            if (remaining > 0) {
                states.addStates(state(ORDER[light], begins, end));
            }
            begins = end;
            light = (light + 1) % 3;
            remaining = lasts[light];
        }
        return states.build();
    }

    private static PhaseState state(final LightState light, final double begins, final double ends) {
        // An end of 0 would mean that it is not known.
        final int end = Math.max(1, tenths(ends));
        return PhaseState.newBuilder()
                .setLight(light)
                .setCounting(CountdownTiming.newBuilder()
                        .setStartTime(tenths(begins))
                        .setMinEndTime(end)
                        .setMaxEndTime(end)
                        .setLikelyEndTime(end)
                        .setTimeConfidence(CERTAIN))
                .build();
    }

    private static int tenths(final double seconds) {
        return Messages.clamp(seconds * 10, 0, 36_000);
    }
}
