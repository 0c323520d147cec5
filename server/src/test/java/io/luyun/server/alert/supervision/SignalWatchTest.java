package io.luyun.server.alert.supervision;

import static io.luyun.proto.v1.AlertState.ALERT_STATE_CLEARED;
import static io.luyun.proto.v1.AlertState.ALERT_STATE_RAISED;
import static io.luyun.proto.v1.LightState.LIGHT_DARK;
import static io.luyun.proto.v1.LightState.LIGHT_PERMISSIVE_GREEN;
import static io.luyun.proto.v1.LightState.LIGHT_PROTECTED_GREEN;
import static io.luyun.proto.v1.LightState.LIGHT_RED;
import static io.luyun.proto.v1.LightState.LIGHT_YELLOW;
import static io.luyun.server.alert.AlertScene.UNIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapLink;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.Movement;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Severity;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.ZoneDraft;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * A junction of four arms at node 5. From the west straight 1, left 2; from the east straight 3, left 4; from the south
 * straight 5, right 6; people over the south arm 7.
 */
final class SignalWatchTest {
    private static final AlertKind CONFLICT = AlertKind.ALERT_KIND_SIGNAL_CONFLICT;
    private static final AlertKind MISMATCH = AlertKind.ALERT_KIND_SPAT_MAP_MISMATCH;
    private static final int NODE = 5;
    private static final int FAILING = 1 << 8;

    private final AlertScene s = new AlertScene(zone(true), AlertConfig.DEFAULT);

    private static io.luyun.server.world.ZoneMap zone(final boolean phases) {
        final String phase = phases ? "\"phaseId\":" : "\"name\":";
        return new ZoneDraft()
                .link("we", 1, NODE, 1, 60, -200, -2, -20, -2)
                .link("ew", 2, NODE, 1, 60, 200, 2, 20, 2)
                .link("sn", 3, NODE, 1, 60, 2, -200, 2, -20)
                .link("e", NODE, 2, 1, 60, 20, -2, 200, -2)
                .link("w", NODE, 1, 1, 60, -20, 2, -200, 2)
                .link("n", NODE, 4, 1, 60, 2, 20, 2, 200)
                .link("s", NODE, 3, 1, 60, -2, -20, -2, -200)
                .movement(NODE, "we", "e", phase + 1, -20, -2, 20, -2)
                .movement(NODE, "we", "n", phase + 2, -20, -2, -5, -1, 2, 5, 2, 20)
                .movement(NODE, "ew", "w", phase + 3, 20, 2, -20, 2)
                .movement(NODE, "ew", "s", phase + 4, 20, 2, 5, 1, -2, -5, -2, -20)
                .movement(NODE, "sn", "n", phase + 5, 2, -20, 2, 20)
                .movement(NODE, "sn", "e", phase + 6, 2, -20, 6, -6, 20, -2)
                .line("crossing", "\"node\":5,\"name\":\"south\"" + (phases ? ",\"phaseId\":7" : ""), -8, -30, 8, -30)
                .load();
    }

    /** So many SPAT, two a second, in which these phases are green and the others red. */
    private void show(final int count, final LightState light, final int... green) {
        final Map<Integer, LightState> lights = all();
        for (final int phase : green) {
            lights.put(phase, light);
        }
        show(count, lights, 0);
    }

    private static Map<Integer, LightState> all() {
        final Map<Integer, LightState> lights = new HashMap<>();
        for (int phase = 1; phase <= 7; phase++) {
            lights.put(phase, LIGHT_RED);
        }
        return lights;
    }

    private void show(final int count, final Map<Integer, LightState> lights, final int status) {
        for (int i = 0; i < count; i++) {
            s.scene.spat(UNIT, Spats.of(1, NODE, lights, status));
            s.scene.pass(500);
            s.tick();
        }
    }

    private void assertConflict(final boolean expected, final LightState light, final int... green) {
        s.alerts.clear();
        show(4, LIGHT_RED);
        s.alerts.clear();
        show(4, light, green);
        assertThat(s.raised(CONFLICT) != null).as("%s green", green).isEqualTo(expected);
        show(4, LIGHT_RED);
    }

    @Test
    void crossingWaysConflictAndOthersDoNot() {
        assertConflict(true, LIGHT_PROTECTED_GREEN, 1, 5);
        assertConflict(true, LIGHT_PROTECTED_GREEN, 3, 5);
        assertConflict(true, LIGHT_PROTECTED_GREEN, 2, 3);
        assertConflict(true, LIGHT_PROTECTED_GREEN, 1, 4);
        assertConflict(true, LIGHT_PROTECTED_GREEN, 5, 7);
        assertConflict(false, LIGHT_PROTECTED_GREEN, 1, 2);
        assertConflict(false, LIGHT_PROTECTED_GREEN, 1, 3);
        assertConflict(false, LIGHT_PROTECTED_GREEN, 2, 4);
        assertConflict(false, LIGHT_PROTECTED_GREEN, 1, 6);
        assertConflict(false, LIGHT_PROTECTED_GREEN, 6, 7);
        assertConflict(false, LIGHT_PROTECTED_GREEN, 5);
        assertConflict(false, LIGHT_YELLOW, 1, 5);
        assertConflict(false, LIGHT_PERMISSIVE_GREEN, 2, 3);
        assertConflict(true, LIGHT_PERMISSIVE_GREEN, 1, 5);
    }

    @Test
    void itSaysWhereAndWhatAndIsClearedOnce() {
        show(1, LIGHT_PROTECTED_GREEN, 1, 5);
        assertThat(s.of(CONFLICT)).as("once may be a moment between two states").isEmpty();
        show(5, LIGHT_PROTECTED_GREEN, 1, 5);
        final Alert raised = s.last(CONFLICT);
        assertThat(s.of(CONFLICT)).hasSize(1);
        assertThat(raised.getSeverity()).isEqualTo(Severity.SEVERITY_CRITICAL);
        assertThat(raised.getNode()).isEqualTo(node(NODE));
        assertThat(raised.getPhaseIdsList()).containsExactly(1, 5);
        assertThat(raised.getSubject().getDeviceId()).isEqualTo("unit");
        assertThat(raised.getSubject().hasParticipantId()).isFalse();
        assertThat(raised.hasPos()).isTrue();
        show(6, LIGHT_PROTECTED_GREEN, 5);
        assertThat(s.states(CONFLICT)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
    }

    @Test
    void silenceEndsIt() {
        show(5, LIGHT_PROTECTED_GREEN, 1, 5);
        s.scene.pass(11_000);
        s.tick();
        assertThat(s.states(CONFLICT)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
        assertThat(s.last(CONFLICT).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_GONE);
    }

    @Test
    void aFailingControllerShowsNothingToRelyOn() {
        final Map<Integer, LightState> lights = all();
        lights.put(1, LIGHT_PROTECTED_GREEN);
        lights.put(5, LIGHT_PROTECTED_GREEN);
        show(5, lights, FAILING);
        assertThat(s.of(CONFLICT)).isEmpty();
    }

    @Test
    void phasesOfAMapAreUsed() {
        final AlertScene scene = new AlertScene(zone(false), AlertConfig.DEFAULT);
        scene.map(map(1, 2));
        scene.map(map(3, 4));
        for (int i = 0; i < 4; i++) {
            scene.scene.spat(UNIT, Spats.of(1, NODE, Map.of(3, LIGHT_PROTECTED_GREEN, 4, LIGHT_PROTECTED_GREEN), 0));
        }
        assertThat(scene.last(CONFLICT).getPhaseIdsList()).containsExactly(3, 4);
        assertThat(scene.last(CONFLICT).getPos()).isEqualTo(scene.scene.position(1, 1));
    }

    /** The straight ways from west and south under these phases. */
    private MapData map(final int west, final int south) {
        return MapData.newBuilder()
                .setMsgCnt(0)
                .addNodes(MapNode.newBuilder()
                        .setId(node(NODE))
                        .setRefPos(s.scene.position(1, 1))
                        .addInLinks(link(1, 2, west))
                        .addInLinks(link(3, 4, south)))
                .build();
    }

    private static MapLink link(final int from, final int to, final int phase) {
        return MapLink.newBuilder()
                .setUpstreamNode(node(from))
                .addMovements(
                        Movement.newBuilder().setRemoteIntersection(node(to)).setPhaseId(phase))
                .build();
    }

    private static NodeReference node(final int id) {
        return NodeReference.newBuilder().setRegion(1).setId(id).build();
    }

    @Test
    void whatFitsIsNotTold() {
        show(100, LIGHT_RED);
        assertThat(s.of(MISMATCH)).isEmpty();
    }

    @Test
    void phasesTheMapDoesNotHaveAndPhasesTheSpatDoesNotHaveAreTold() {
        final Map<Integer, LightState> lights = all();
        lights.put(200, LIGHT_DARK);
        lights.remove(6);
        show(28, lights, 0);
        assertThat(s.of(MISMATCH)).as("the MAP may still come").isEmpty();
        show(20, lights, 0);
        assertThat(s.of(MISMATCH))
                .extracting(Alert::getReason)
                .containsExactly(AlertReason.ALERT_REASON_PHASE_UNKNOWN, AlertReason.ALERT_REASON_PHASE_MISSING);
        assertThat(s.of(MISMATCH)).extracting(alert -> alert.getPhaseIds(0)).containsExactly(200, 6);
        show(10, LIGHT_RED);
        assertThat(s.states(MISMATCH))
                .containsExactly(ALERT_STATE_RAISED, ALERT_STATE_RAISED, ALERT_STATE_CLEARED, ALERT_STATE_CLEARED);
    }

    @Test
    void aMapThatGivesAWayAnotherPhaseTakesTheOldOneAway() {
        s.map(map(1, 9));
        show(40, LIGHT_RED);
        assertThat(s.of(MISMATCH))
                .extracting(Alert::getReason)
                .containsExactly(AlertReason.ALERT_REASON_PHASE_UNKNOWN, AlertReason.ALERT_REASON_PHASE_MISSING);
        assertThat(s.of(MISMATCH)).extracting(alert -> alert.getPhaseIds(0)).containsExactly(5, 9);
        s.map(map(1, 5));
        show(10, LIGHT_RED);
        assertThat(s.states(MISMATCH))
                .containsExactly(ALERT_STATE_RAISED, ALERT_STATE_RAISED, ALERT_STATE_CLEARED, ALERT_STATE_CLEARED);
    }

    @Test
    void aNodeNoMapHasIsTold() {
        for (int i = 0; i < 40; i++) {
            s.scene.spat(UNIT, Spats.of(0, 77, 1, LIGHT_RED));
            s.scene.pass(500);
            s.tick();
        }
        assertThat(s.of(MISMATCH)).hasSize(1);
        assertThat(s.last(MISMATCH).getReason()).isEqualTo(AlertReason.ALERT_REASON_NODE_UNKNOWN);
        assertThat(s.last(MISMATCH).getNode()).isEqualTo(node(77));
        assertThat(s.last(MISMATCH).getPhaseIdsList()).isEmpty();
        s.scene.pass(11_000);
        s.tick();
        assertThat(s.last(MISMATCH).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_GONE);
        assertThat(s.engine.open()).isZero();
    }
}
