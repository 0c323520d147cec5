package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import io.luyun.proto.v1.SpeedLimit;
import io.luyun.proto.v1.SpeedLimitType;
import io.luyun.server.monitor.Counter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The road itself: matching, MAP, SPAT, the zone file. */
final class RoadTest {
    private static final int CAR = 1;
    private static final int UNIT = 100;

    private final Scene scene = new Scene();

    @Test
    void matchesByHeadingWhereCarriagewaysLieSideBySide() {
        assertThat(linkAt(500, 6.5, 90)).isEqualTo("1");
        assertThat(linkAt(500, 6.5, 270)).isEqualTo("2");
        assertThat(linkAt(500, 60, 90)).isNull();
        assertThat(linkAt(500, 0, 180)).isNull();
    }

    @Test
    void matchesByHeadingWithinAJunction() {
        assertThat(linkAt(1016, 11, 45)).isEqualTo("1>3");
        assertThat(linkAt(1020, 0, 90)).isEqualTo("1>4");
        assertThat(linkAt(1020, 28, 5)).isIn("1>3", "3");
        assertThat(linkAt(1020, 100, 0)).isEqualTo("3");
        assertThat(linkAt(1045, 0, 90)).isEqualTo("4");
    }

    private @Nullable String linkAt(final double x, final double y, final double heading) {
        final Scene fresh = new Scene();
        fresh.bsm(CAR, fresh.car(CAR, x, y, heading, 10));
        final Link link = fresh.only().link();
        return link == null ? null : link.linkId();
    }

    @Test
    void findsLanesFromTheLeftAndHoldsThem() {
        drive(20, 100, 3.5, 90);
        assertThat(scene.only().lane()).isEqualTo(1);
        drive(200, 120, 1.2, 90);
        assertThat(scene.only().lane()).as("just over the line").isEqualTo(1);
        drive(300, 320, 0.2, 90);
        assertThat(scene.only().lane()).as("well over the line").isEqualTo(2);
    }

    @Test
    void followsAChangeOfLaneAtOnce() {
        drive(100, 0, 3.5, 90);
        double y = 3.5;
        int reports = 0;
        while (scene.only().lane() == 1 && reports < 40) {
            y -= 0.1;
            reports++;
            drive(1, 100 + reports, y, 95.7);
        }
        assertThat(3.5 - y).as("way across at which it is in the other lane").isBetween(1.75, 2.3);
        assertThat(scene.only().lateralMetres()).isEqualTo(-y, within(0.1));
    }

    private void drive(final int reports, final double x, final double y, final double heading) {
        for (int i = 0; i < reports; i++) {
            scene.bsm(CAR, scene.car(CAR, x + i, y, heading, 10));
            scene.pass(100);
        }
    }

    @Test
    void measuresTheWayThroughAJunction() {
        scene.bsm(1, scene.car(1, 950, 0, 90, 10));
        scene.bsm(2, scene.car(2, 1_090, 0, 90, 10));
        scene.bsm(3, scene.car(3, 1_020, 80, 0, 10));
        scene.bsm(4, scene.car(4, 500, 12, 270, 10));
        final Participant from = scene.participants().get(0);
        assertThat(scene.world.wayMetres(from, scene.participants().get(1))).isEqualTo(140, within(0.1));
        assertThat(scene.world.wayMetres(from, scene.participants().get(2)))
                .isEqualTo(50 + Math.hypot(15, 10) + Math.hypot(5, 20) + 50, within(0.1));
        assertThat(scene.world.wayMetres(from, scene.participants().get(3))).isNaN();
    }

    @Test
    void takesLimitsFromAMap() {
        scene.map(
                UNIT,
                map(link(10, 20)
                        .addSpeedLimits(limit(SpeedLimitType.SPEED_LIMIT_VEHICLE_MAX, 50))
                        .addSpeedLimits(limit(SpeedLimitType.SPEED_LIMIT_TRUCK_MAX, 40))
                        .addLanes(MapLane.newBuilder().setLaneId(1))
                        .addLanes(MapLane.newBuilder().setLaneId(2))
                        .addLanes(MapLane.newBuilder()
                                .setLaneId(3)
                                .addSpeedLimits(limit(SpeedLimitType.SPEED_LIMIT_VEHICLE_MAX, 30)))));
        scene.bsm(CAR, scene.car(CAR, 500, 0, 90, 10));
        final Link link = scene.only().link();
        assertThat(link).isNotNull();
        assertThat(link.limits().limit(false, false)).isEqualTo(raw(50));
        assertThat(link.limits().limit(true, false)).isEqualTo(raw(40));
        assertThat(link.laneLimits(3).limit(false, true)).isEqualTo(raw(30));
        assertThat(link.laneLimits(1)).isEqualTo(SpeedLimits.NONE);
        assertThat(link.lengthMetres()).as("the zone file's geometry stays").isEqualTo(1_000, within(0.1));
    }

    @Test
    void addsRoadsTheZoneFileDoesNotHave() {
        final Scene bare = new Scene(Scene.field(), WorldConfig.DEFAULT, s -> new Scene.Deaf());
        bare.bsm(CAR, bare.car(CAR, 100, 0, 90, 10));
        assertThat(bare.only().link()).isNull();
        final MapData map = map(link(10, 20)
                .addPoints(bare.position(0, 0))
                .addPoints(bare.position(400, 0))
                .setLinkWidth(700)
                .addLanes(MapLane.newBuilder().setLaneId(1))
                .addLanes(MapLane.newBuilder().setLaneId(2)));
        bare.map(UNIT, map);
        bare.map(UNIT, map);
        bare.pass(100);
        bare.bsm(CAR, bare.car(CAR, 101, -1.75, 90, 10));
        final Link link = bare.only().link();
        assertThat(link).isNotNull();
        assertThat(link.lanes()).isEqualTo(2);
        assertThat(link.laneWidthMetres()).isEqualTo(3.5);
    }

    @Test
    void refusesAMapThatContradictsItself() {
        assertThatThrownBy(() -> scene.map(
                        UNIT, map(link(20, 20).addLanes(MapLane.newBuilder().setLaneId(1)))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("node 20");
        assertThatThrownBy(() -> scene.map(
                        UNIT,
                        map(link(10, 20)
                                .addLanes(MapLane.newBuilder().setLaneId(1))
                                .addLanes(MapLane.newBuilder().setLaneId(1)))))
                .hasMessageContaining("lane 1 twice");
    }

    @Test
    void keepsWhatSignalsShow() {
        scene.spat(UNIT, spat(LightState.LIGHT_RED, 57));
        final SignalState signal = scene.world.signal(0, 20);
        assertThat(signal).isNotNull();
        assertThat(signal.light(33)).isEqualTo(LightState.LIGHT_RED_VALUE);
        assertThat(signal.light(99)).isEqualTo(Participant.ABSENT);
        assertThat(signal.likelyEndNs(signal.shown(33, scene.nowNs))).isEqualTo(scene.nowNs + 5_700_000_000L);
        assertThat(signal.toMessage())
                .isEqualTo(spat(LightState.LIGHT_RED, 57).getIntersections(0).toBuilder()
                        .setIntersection(NodeReference.newBuilder().setRegion(0).setId(20))
                        .setTimeStamp(scene.secMark())
                        .build());
        scene.pass(100);
        scene.spat(UNIT, spat(LightState.LIGHT_PROTECTED_GREEN, 0));
        assertThat(signal.light(33)).isEqualTo(LightState.LIGHT_PROTECTED_GREEN_VALUE);
        assertThat(signal.likelyEndNs(signal.shown(33, scene.nowNs)))
                .as("0 means not known")
                .isEqualTo(Long.MIN_VALUE);
        assertThat(scene.told).containsExactly("signal 20", "signal 20");
    }

    @Test
    void leavesLateSignals() {
        final Spat late = spat(LightState.LIGHT_RED, 3);
        scene.pass(500);
        scene.spat(UNIT, spat(LightState.LIGHT_YELLOW, 3));
        scene.spat(UNIT, late);
        final SignalState signal = scene.world.signal(0, 20, scene.nowNs);
        assertThat(signal).isNotNull();
        assertThat(signal.light(33)).isEqualTo(LightState.LIGHT_YELLOW_VALUE);
        assertThat(scene.counters.get(Counter.WORLD_LATE)).isEqualTo(1);
        scene.pass(5_001);
        assertThat(scene.world.signal(0, 20, scene.nowNs)).isNull();
    }

    @Test
    void refusesAFileThatIsNotAZone() {
        assertThatThrownBy(() -> ZoneDraft.load("{\"type\":\"FeatureCollection\",\"features\":[]}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a zone file");
        assertThatThrownBy(() -> ZoneDraft.load("{\"luyun\":{\"format\":2,\"ref\":[1,2]},\"features\":[]}"))
                .hasMessageContaining("format 2");
    }

    @Test
    void measuresOnThePlaneAsOnTheEarth() {
        final LocalPlane plane = new LocalPlane(Scene.REF_LAT, Scene.REF_LON);
        // WGS 84 at 29.6 N: 110,850 m and 96,870 m a degree, by the series of the meridian and parallel
        assertThat(plane.y(Scene.REF_LAT + 10_000_000)).isEqualTo(110_850, within(30.0));
        assertThat(plane.x(Scene.REF_LON + 10_000_000)).isEqualTo(96_870, within(30.0));
        assertThat(plane.latE7(plane.y(Scene.REF_LAT + 12_345))).isEqualTo(Scene.REF_LAT + 12_345);
        assertThat(plane.lonE7(plane.x(Scene.REF_LON - 12_345))).isEqualTo(Scene.REF_LON - 12_345);
    }

    private Spat spat(final LightState light, final int likelyEnd) {
        return Spat.newBuilder()
                .setMsgCnt(0)
                .setTimeStamp(scene.secMark())
                .addIntersections(IntersectionState.newBuilder()
                        .setIntersection(NodeReference.newBuilder().setId(20))
                        .setStatus(32)
                        .addPhases(Phase.newBuilder()
                                .setId(33)
                                .addStates(PhaseState.newBuilder()
                                        .setLight(light)
                                        .setCounting(CountdownTiming.newBuilder()
                                                .setStartTime(0)
                                                .setLikelyEndTime(likelyEnd)))
                                .addStates(PhaseState.newBuilder()
                                        .setLight(LightState.LIGHT_RED)
                                        .setCounting(
                                                CountdownTiming.newBuilder().setStartTime(90))))
                        .addPhases(Phase.newBuilder()
                                .setId(35)
                                .addStates(PhaseState.newBuilder().setLight(LightState.LIGHT_DARK))))
                .build();
    }

    private static int raw(final double kmh) {
        return (int) Math.rint(kmh / 3.6 / 0.02);
    }

    private static SpeedLimit limit(final SpeedLimitType type, final double kmh) {
        return SpeedLimit.newBuilder().setType(type).setSpeed(raw(kmh)).build();
    }

    private static MapLink.Builder link(final int up, final int down) {
        return MapLink.newBuilder()
                .setName("to " + down)
                .setUpstreamNode(NodeReference.newBuilder().setRegion(1).setId(up));
    }

    private MapData map(final MapLink.Builder link) {
        return MapData.newBuilder()
                .setMsgCnt(0)
                .addNodes(MapNode.newBuilder()
                        .setId(NodeReference.newBuilder().setRegion(1).setId(20))
                        .setRefPos(scene.position(1_020, 0))
                        .addInLinks(link))
                .build();
    }
}
