package io.luyun.simulator.stage;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.simulator.traffic.Messages;
import org.jspecify.annotations.Nullable;

/** Puts into SPAT what the lights of a scene show and will show. */
final class StageSpat {
    private static final int FIXED_TIME = 1 << 5;
    /** What has no end in the scene is told to last so long. */
    private static final double ENDLESS_S = 90;

    private final Scene scene;
    private final int node;

    StageSpat(final Scene scene, final int tile) {
        this.scene = scene;
        node = StageZone.nodeId(tile, 0);
    }

    /** What a unit tells at a time, or null. */
    @Nullable
    Spat of(final int unit, final double t, final int count, final long utcMs) {
        final IntersectionState.Builder state = IntersectionState.newBuilder()
                .setIntersection(
                        NodeReference.newBuilder().setRegion(StageZone.REGION).setId(node))
                .setStatus(FIXED_TIME)
                .setMoy(Messages.minuteOfYear(utcMs))
                .setTimeStamp(Messages.secMark(utcMs));
        for (final Signal signal : scene.signals()) {
            if (signal.unit() == unit) {
                state.addPhases(phase(signal, t));
            }
        }
        if (state.getPhasesCount() == 0) {
            return null;
        }
        return Spat.newBuilder()
                .setMsgCnt(count & 127)
                .setMoy(Messages.minuteOfYear(utcMs))
                .setTimeStamp(Messages.secMark(utcMs))
                .addIntersections(state)
                .build();
    }

    private static Phase phase(final Signal signal, final double t) {
        final Phase.Builder phase = Phase.newBuilder().setId(signal.phase());
        double begins = 0;
        for (final Signal.Stretch stretch : signal.stretches()) {
            final double ends = Math.min(stretch.toS() - t, begins + ENDLESS_S);
            if (ends > begins) {
                phase.addStates(state(stretch.light(), begins, ends));
                begins = ends;
            }
        }
        return phase.build();
    }

    private static PhaseState state(final Signal.Light light, final double begins, final double ends) {
        // an end of 0 would mean that it is not known
        final int end = Math.max(1, tenths(ends));
        return PhaseState.newBuilder()
                .setLight(
                        switch (light) {
                            case RED -> LightState.LIGHT_RED;
                            case YELLOW -> LightState.LIGHT_YELLOW;
                            case GREEN -> LightState.LIGHT_PROTECTED_GREEN;
                        })
                .setCounting(CountdownTiming.newBuilder()
                        .setStartTime(tenths(begins))
                        .setMinEndTime(end)
                        .setMaxEndTime(end)
                        .setLikelyEndTime(end))
                .build();
    }

    private static int tenths(final double seconds) {
        return Messages.clamp(seconds * 10, 0, 36_000);
    }
}
