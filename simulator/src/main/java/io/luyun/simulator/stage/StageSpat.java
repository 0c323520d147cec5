package io.luyun.simulator.stage;

import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.simulator.traffic.MapMessages;
import io.luyun.simulator.traffic.Messages;
import io.luyun.simulator.traffic.Plane;
import io.luyun.simulator.traffic.Zone;
import org.jspecify.annotations.Nullable;

/** Puts into SPAT what the lights of a scene show and will show, and into MAP what units tell of its junction. */
final class StageSpat {
    private static final int FIXED_TIME = 1 << 5;
    private static final int FAILING = 1 << 8;
    /** What has no end in the scene is told to last so long. */
    private static final double ENDLESS_S = 90;

    private final Scene scene;
    private final int tile;

    StageSpat(final Scene scene, final int tile) {
        this.scene = scene;
        this.tile = tile;
    }

    /** What a unit tells at a time, or null. */
    @Nullable
    Spat of(final int unit, final double t, final int count, final long utcMs) {
        final Spat.Builder spat = Spat.newBuilder()
                .setMsgCnt(count & 127)
                .setMoy(Messages.minuteOfYear(utcMs))
                .setTimeStamp(Messages.secMark(utcMs));
        for (final Signal.Node node : Signal.Node.values()) {
            final IntersectionState.Builder state = IntersectionState.newBuilder()
                    .setIntersection(NodeReference.newBuilder()
                            .setRegion(StageZone.REGION)
                            .setId(StageZone.nodeId(tile, node)))
                    .setStatus(FIXED_TIME)
                    .setMoy(Messages.minuteOfYear(utcMs))
                    .setTimeStamp(Messages.secMark(utcMs));
            for (final Signal signal : scene.signals()) {
                if (signal.unit() == unit && signal.node() == node) {
                    state.addPhases(phase(signal, t)).setStatus(signal.failing() ? FAILING : FIXED_TIME);
                }
            }
            if (state.getPhasesCount() > 0) {
                spat.addIntersections(state);
            }
        }
        return spat.getIntersectionsCount() == 0 ? null : spat.build();
    }

    /** What a unit tells of the map at a time, or null. */
    @Nullable
    MapData map(final int unit, final double t, final int count, final long utcMs) {
        final MapData.Builder map =
                MapData.newBuilder().setMsgCnt(count & 127).setTimeStamp(Messages.minuteOfYear(utcMs));
        for (final MapTold told : scene.maps()) {
            if (told.unit() == unit && t >= told.fromS()) {
                map.addNodes(node(told));
            }
        }
        return map.getNodesCount() == 0 ? null : map.build();
    }

    private MapNode node(final MapTold told) {
        final int id = StageZone.nodeId(tile, told.node());
        if (told.node() == Signal.Node.ELSEWHERE) {
            final Plane plane = StageZone.plane(tile);
            return MapNode.newBuilder()
                    .setId(NodeReference.newBuilder()
                            .setRegion(StageZone.REGION)
                            .setId(id))
                    .setRefPos(Messages.position(plane.latE7(0), plane.lonE7(0)))
                    .build();
        }
        final Zone whole = StageZone.of(scene, tile);
        final Zone renamed = new Zone(
                whole.name(),
                whole.seed(),
                whole.region(),
                whole.reference(),
                whole.nodes(),
                whole.links(),
                whole.movements().stream()
                        .map(way -> new Zone.Movement(
                                way.node(),
                                way.fromLink(),
                                way.toLink(),
                                way.maneuver(),
                                told.phase(way.phaseId()),
                                way.connections(),
                                way.line()))
                        .toList(),
                whole.crossings(),
                whole.busStops(),
                whole.busLines(),
                whole.rsus());
        return MapMessages.of(renamed, id, 0, 0).getNodes(0);
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
                            case PERMISSIVE_GREEN -> LightState.LIGHT_PERMISSIVE_GREEN;
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
