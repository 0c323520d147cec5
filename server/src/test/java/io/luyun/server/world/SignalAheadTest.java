package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Connection;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLane;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.UtcTiming;
import org.junit.jupiter.api.Test;

/** The join of map and SPAT, and what time makes of it. */
final class SignalAheadTest {
    private static final int CAR = 1;
    private static final int UNIT = 100;
    private static final int STRAIGHT = 0;
    private static final int LEFT = 1;
    private static final long S = 1_000_000_000L;

    private final SignalAhead ahead = new SignalAhead();

    /** Links 5 and 1 end to end; lane 1 of link 1 turns left under phase 6, lanes 2 and 3 go on under phase 5. */
    private static Scene zone() {
        return scene(new ZoneDraft()
                .link("5", 9, 10, 3, 60, -300, 0, 0, 0)
                .link("1", 10, 20, 3, 60, "\"stopLineM\":990", 0, 0, 1000, 0)
                .link("3", 20, 30, 2, 40, 1020, 30, 1020, 530)
                .link("4", 20, 40, 3, 60, 1040, 0, 2000, 0)
                .movement(10, "5", "1", "\"lanes\":[[1,1],[2,2],[3,3]]", 0, 0, 0.5, 0)
                .movement(
                        20,
                        "1",
                        "4",
                        "\"maneuver\":\"straight\",\"phaseId\":5,\"lanes\":[[2,2],[3,3]]",
                        1000,
                        0,
                        1040,
                        0)
                .movement(
                        20,
                        "1",
                        "3",
                        "\"maneuver\":\"left\",\"phaseId\":6,\"lanes\":[[1,1]]",
                        1000,
                        0,
                        1015,
                        10,
                        1020,
                        30)
                .load());
    }

    private static Scene scene(final ZoneMap zone) {
        return new Scene(zone, WorldConfig.DEFAULT, s -> new Scene.Deaf());
    }

    private static Participant car(final Scene scene, final double x, final double y) {
        scene.bsm(CAR, scene.car(CAR, x, y, 90, 10));
        return scene.only();
    }

    @Test
    void findsThePhaseOfTheLane() {
        final Scene scene = zone();
        scene.spat(UNIT, spat(scene, 1, phase(5, green(120, 150, 130), red(150)), phase(6, red(0))));
        assertThat(ahead.find(scene.world, car(scene, 900, 0), scene.nowNs)).isTrue();
        assertThat(ahead.phases()).isEqualTo(1);
        assertThat(ahead.phaseId(0)).isEqualTo(5);
        assertThat(ahead.maneuvers(0)).isEqualTo(1 << STRAIGHT);
        assertThat(ahead.light(0)).isEqualTo(LightState.LIGHT_PROTECTED_GREEN_VALUE);
        assertThat(ahead.minEndNs(0) - scene.nowNs).isEqualTo(12 * S);
        assertThat(ahead.maxEndNs(0) - scene.nowNs).isEqualTo(15 * S);
        assertThat(ahead.likelyEndNs(0) - scene.nowNs).isEqualTo(13 * S);
        assertThat(ahead.stopLineMetres()).isEqualTo(90, within(0.1));
        assertThat(ahead.lane()).isEqualTo(2);
        assertThat(ahead.phaseOf(STRAIGHT)).isZero();
        assertThat(ahead.phaseOf(LEFT)).isEqualTo(-1);
    }

    @Test
    void findsAllPhasesOfALaneNotKnown() {
        final Scene scene = zone();
        scene.spat(UNIT, spat(scene, 1, phase(5, green(10, 10, 10)), phase(6, red(0))));
        final Participant car = car(scene, 900, 0);
        car.lane = 0;
        assertThat(ahead.find(scene.world, car, scene.nowNs)).isTrue();
        assertThat(ahead.phases()).isEqualTo(2);
        assertThat(ahead.light(ahead.phaseOf(STRAIGHT))).isEqualTo(LightState.LIGHT_PROTECTED_GREEN_VALUE);
        assertThat(ahead.light(ahead.phaseOf(LEFT))).isEqualTo(LightState.LIGHT_RED_VALUE);
        assertThat(ahead.likelyEndNs(ahead.phaseOf(LEFT))).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void looksThroughJointsWithoutSignals() {
        final Scene scene = zone();
        scene.spat(UNIT, spat(scene, 1, phase(5, green(10, 10, 10)), phase(6, red(0))));
        assertThat(ahead.find(scene.world, car(scene, -100, 3.5), scene.nowNs)).isTrue();
        assertThat(ahead.lane()).isEqualTo(1);
        assertThat(ahead.phases()).isEqualTo(1);
        assertThat(ahead.phaseId(0)).isEqualTo(6);
        assertThat(ahead.stopLineMetres()).isEqualTo(100 + 0.5 + 990, within(0.1));
    }

    @Test
    void findsNothingBeyondTheJunctionNorOfStaleOrFailingSignals() {
        final Scene scene = zone();
        assertThat(ahead.find(scene.world, car(scene, 900, 0), scene.nowNs))
                .as("no SPAT")
                .isFalse();
        scene.spat(UNIT, spat(scene, 1, phase(5, red(0))));
        assertThat(ahead.find(scene.world, scene.only(), scene.nowNs)).isTrue();
        assertThat(ahead.find(scene.world, scene.only(), scene.nowNs + 6 * S))
                .as("stale")
                .isFalse();
        scene.pass(100);
        scene.spat(
                UNIT,
                spat(scene, 1, phase(5, red(0))).toBuilder()
                        .setIntersections(
                                0,
                                spat(scene, 1, phase(5, red(0))).getIntersections(0).toBuilder()
                                        .setStatus(1 << 8))
                        .build());
        assertThat(ahead.find(scene.world, scene.only(), scene.nowNs))
                .as("failure")
                .isFalse();
        scene.pass(100);
        scene.spat(UNIT, spat(scene, 1, phase(5, red(0))));
        scene.bsm(2, scene.car(2, 1_500, 0, 90, 10));
        assertThat(ahead.find(scene.world, scene.participants().get(1), scene.nowNs))
                .as("behind it")
                .isFalse();
    }

    @Test
    void joinsRegionZeroWithTheZonesOwn() {
        final Scene scene = zone();
        scene.spat(UNIT, spat(scene, 0, phase(5, red(0))));
        assertThat(ahead.find(scene.world, car(scene, 900, 0), scene.nowNs)).isTrue();
        final Scene other = zone();
        other.spat(UNIT, spat(other, 2, phase(5, red(0))));
        assertThat(ahead.find(other.world, car(other, 900, 0), other.nowNs)).isFalse();
    }

    @Test
    void stepsToTheNextStateWhenTheLatestEndIsOver() {
        final Scene scene = zone();
        scene.spat(UNIT, spat(scene, 1, phase(5, green(5, 20, 10), state(LightState.LIGHT_YELLOW, 20, 50, 50, 50))));
        final SignalState signal = scene.world.signal(1, 20);
        assertThat(signal).isNotNull();
        final long now = scene.nowNs;
        assertThat(signal.light(5, now + S)).as("likely over, not certainly").isEqualTo(6);
        assertThat(signal.light(5, now + 2 * S)).isEqualTo(LightState.LIGHT_YELLOW_VALUE);
        assertThat(signal.light(5, now + 5 * S)).as("all said is over").isEqualTo(Participant.ABSENT);
        assertThat(signal.light(5)).as("as last said").isEqualTo(6);
        assertThat(signal.startNs(signal.next(signal.shown(5, now)))).isEqualTo(now + 2 * S);
        assertThat(signal.light(77, now)).isEqualTo(Participant.ABSENT);
    }

    @Test
    void readsMarksOfTheHourAroundItsTurn() {
        final Scene scene = zone();
        final long hour = 3_600 * S;
        scene.nowNs = (scene.nowNs / hour + 1) * hour - 2 * S;
        scene.spat(
                UNIT,
                spat(
                        scene,
                        1,
                        Phase.newBuilder()
                                .setId(5)
                                .addStates(PhaseState.newBuilder()
                                        .setLight(LightState.LIGHT_RED)
                                        .setUtc(UtcTiming.newBuilder()
                                                .setStartTime(35_900)
                                                .setMinEndTime(0)
                                                .setMaxEndTime(36_000)
                                                .setLikelyEndTime(30)))
                                .build()));
        final SignalState signal = scene.world.signal(1, 20);
        assertThat(signal).isNotNull();
        final int red = signal.shown(5, scene.nowNs);
        assertThat(signal.startNs(red) - scene.nowNs).isEqualTo(-8 * S);
        assertThat(signal.minEndNs(red) - scene.nowNs).isEqualTo(2 * S);
        assertThat(signal.likelyEndNs(red) - scene.nowNs).isEqualTo(5 * S);
        assertThat(signal.maxEndNs(red)).as("an hour or more").isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void joinsWhatOnlyAMapTells() {
        final Scene scene = scene(Scene.field());
        scene.map(UNIT, map(scene, 6));
        scene.spat(UNIT, spat(scene, 1, phase(5, green(100, 100, 100)), phase(6, red(0)), phase(8, red(0))));
        final Participant left = car(scene, 300, 1.75);
        final Link link = left.link();
        assertThat(link).isNotNull();
        assertThat(link.movements()).hasSize(3);
        assertThat(ahead.find(scene.world, left, scene.nowNs)).isTrue();
        assertThat(ahead.stopLineMetres()).isEqualTo(100, within(0.1));
        assertThat(ahead.phaseOf(LEFT)).isNotNegative();
        assertThat(ahead.phaseId(ahead.phaseOf(LEFT))).isEqualTo(6);
        assertThat(ahead.phases()).as("and the movement without lanes").isEqualTo(2);
        assertThat(ahead.phaseId(1)).isEqualTo(8);
        scene.map(UNIT, map(scene, 7));
        assertThat(ahead.find(scene.world, left, scene.nowNs)).isTrue();
        assertThat(ahead.phaseId(ahead.phaseOf(LEFT))).as("the MAP has changed").isEqualTo(7);
        assertThat(link.movements()).hasSize(3);
    }

    @Test
    void letsAMapCorrectThePhasesOfTheZoneFile() {
        final Scene scene = zone();
        scene.map(
                UNIT,
                MapData.newBuilder()
                        .setMsgCnt(0)
                        .addNodes(MapNode.newBuilder()
                                .setId(node(20))
                                .setRefPos(scene.position(1_010, 0))
                                .addInLinks(MapLink.newBuilder()
                                        .setUpstreamNode(node(10))
                                        .addMovements(io.luyun.proto.v1.Movement.newBuilder()
                                                .setRemoteIntersection(node(40))
                                                .setPhaseId(15))
                                        .addLanes(MapLane.newBuilder().setLaneId(1))))
                        .build());
        final Link link = car(scene, 900, 0).link();
        assertThat(link).isNotNull();
        assertThat(link.movements()).hasSize(2);
        assertThat(link.movements()[0].phaseId()).isEqualTo(15);
        assertThat(link.movements()[0].connector()).isNotNull();
        assertThat(link.movements()[0].serves(1))
                .as("lanes of the zone file stay")
                .isFalse();
        assertThat(link.movements()[1].phaseId()).as("not named").isEqualTo(6);
    }

    /** Node 20 with a link from 10: lane 1 left to 30, lane 2 straight to 40 under 5, some way to 50 under 8. */
    private static MapData map(final Scene scene, final int leftPhase) {
        return MapData.newBuilder()
                .setMsgCnt(0)
                .addNodes(MapNode.newBuilder()
                        .setId(node(20))
                        .setRefPos(scene.position(410, 0))
                        .addInLinks(MapLink.newBuilder()
                                .setUpstreamNode(node(10))
                                .setLinkWidth(700)
                                .addPoints(scene.position(0, 0))
                                .addPoints(scene.position(400, 0))
                                .addMovements(io.luyun.proto.v1.Movement.newBuilder()
                                        .setRemoteIntersection(node(30))
                                        .setPhaseId(leftPhase))
                                .addMovements(io.luyun.proto.v1.Movement.newBuilder()
                                        .setRemoteIntersection(node(50))
                                        .setPhaseId(8))
                                .addLanes(MapLane.newBuilder()
                                        .setLaneId(1)
                                        .addConnectsTo(Connection.newBuilder()
                                                .setRemoteIntersection(node(30))
                                                .setLane(1)
                                                .setManeuver(1 << LEFT)))
                                .addLanes(MapLane.newBuilder()
                                        .setLaneId(2)
                                        .addConnectsTo(Connection.newBuilder()
                                                .setRemoteIntersection(node(40))
                                                .setLane(2)
                                                .setManeuver(1 << STRAIGHT)
                                                .setPhaseId(5)))))
                .build();
    }

    private static NodeReference node(final int id) {
        return NodeReference.newBuilder().setRegion(1).setId(id).build();
    }

    private static Spat spat(final Scene scene, final int region, final Phase... phases) {
        final IntersectionState.Builder state = IntersectionState.newBuilder()
                .setIntersection(NodeReference.newBuilder().setRegion(region).setId(20))
                .setStatus(32);
        for (final Phase phase : phases) {
            state.addPhases(phase);
        }
        return Spat.newBuilder()
                .setMsgCnt(0)
                .setTimeStamp(scene.secMark())
                .addIntersections(state)
                .build();
    }

    private static Phase phase(final int id, final PhaseState... states) {
        final Phase.Builder phase = Phase.newBuilder().setId(id);
        for (final PhaseState state : states) {
            phase.addStates(state);
        }
        return phase.build();
    }

    private static PhaseState green(final int min, final int max, final int likely) {
        return state(LightState.LIGHT_PROTECTED_GREEN, 0, min, max, likely);
    }

    private static PhaseState state(
            final LightState light, final int start, final int min, final int max, final int likely) {
        return PhaseState.newBuilder()
                .setLight(light)
                .setCounting(CountdownTiming.newBuilder()
                        .setStartTime(start)
                        .setMinEndTime(min)
                        .setMaxEndTime(max)
                        .setLikelyEndTime(likely))
                .build();
    }

    private static PhaseState red(final int start) {
        return PhaseState.newBuilder()
                .setLight(LightState.LIGHT_RED)
                .setCounting(CountdownTiming.newBuilder().setStartTime(start))
                .build();
    }
}
