package io.luyun.server.alert.supervision;

import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import java.util.Map;
import java.util.TreeMap;

/** SPAT of one node for tests. */
final class Spats {
    private Spats() {}

    static Spat of(final int region, final int node, final int phase, final LightState light) {
        return of(region, node, Map.of(phase, light), 0);
    }

    /** Lights by phase; a status of 0 is none. */
    static Spat of(final int region, final int node, final Map<Integer, LightState> lights, final int status) {
        final IntersectionState.Builder state = IntersectionState.newBuilder()
                .setIntersection(NodeReference.newBuilder().setRegion(region).setId(node));
        if (status != 0) {
            state.setStatus(status);
        }
        new TreeMap<>(lights)
                .forEach((phase, light) -> state.addPhases(Phase.newBuilder()
                        .setId(phase)
                        .addStates(PhaseState.newBuilder().setLight(light))));
        return Spat.newBuilder().setMsgCnt(0).addIntersections(state).build();
    }
}
