package io.luyun.server.alert.supervision;

import static io.luyun.proto.v1.AlertState.ALERT_STATE_CLEARED;
import static io.luyun.proto.v1.AlertState.ALERT_STATE_RAISED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.ClearReason;
import io.luyun.proto.v1.MessageKind;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.world.Scene;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BroadcastRateTest {
    private static final AlertKind RATE = AlertKind.ALERT_KIND_RSU_RATE;
    private static final int SPAT = MessageKind.MESSAGE_KIND_SPAT_VALUE;
    private static final int RSM = MessageKind.MESSAGE_KIND_RSM_VALUE;
    private static final int RSI = MessageKind.MESSAGE_KIND_RSI_VALUE;
    private static final int CAR = 1;

    private final AlertScene s = new AlertScene();

    /** So many tenths of a second, with a message in every so many of them; 0 for none. */
    private void run(final int tenths, final int kind, final int every) {
        for (int i = 0; i < tenths; i++) {
            s.scene.pass(100);
            if (every > 0 && i % every == 0) {
                s.unitSends(kind, Scene.REF_LAT, Scene.REF_LON);
            }
            s.tick();
        }
    }

    private Alert only() {
        assertThat(s.of(RATE)).hasSize(1);
        return s.last(RATE);
    }

    @Test
    void aSilentUnitIsToldOnceAndClearedWhenItIsBack() {
        run(600, SPAT, 10);
        assertThat(s.of(RATE)).isEmpty();
        run(40, SPAT, 0);
        assertThat(s.of(RATE)).as("4.9 s without").isEmpty();
        run(200, SPAT, 0);
        final Alert raised = only();
        assertThat(raised.getState()).isEqualTo(ALERT_STATE_RAISED);
        assertThat(raised.getReason()).isEqualTo(AlertReason.ALERT_REASON_SILENT);
        assertThat(raised.getMessageKind()).isEqualTo(SPAT);
        assertThat(raised.getSubject().getDeviceId()).isEqualTo("unit");
        assertThat(raised.hasPos()).as("a SPAT does not say where").isFalse();
        assertThat(raised.getThreshold()).isEqualTo(500);
        assertThat(raised.getMeasured()).isBetween(500, 520);
        assertThat(raised.getCauseSequencesList()).hasSize(1);
        run(20, SPAT, 10);
        assertThat(only().getState()).as("back, but not for 3 s").isEqualTo(ALERT_STATE_RAISED);
        run(20, SPAT, 10);
        assertThat(s.states(RATE)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
        assertThat(s.last(RATE).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_OVER);
        assertThat(s.engine.open()).isZero();
    }

    @Test
    void aSlowUnitIsTold() {
        run(600, SPAT, 10);
        run(600, SPAT, 25);
        final Alert raised = only();
        assertThat(raised.getReason()).isEqualTo(AlertReason.ALERT_REASON_SLOW);
        assertThat(raised.getMeasured()).isBetween(35, 45);
        assertThat(raised.getThreshold()).isEqualTo(50);
        run(600, SPAT, 10);
        assertThat(s.states(RATE)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
    }

    @Test
    void lossAndJitterAreNoSilence() {
        for (int seed = 1; seed <= 50; seed++) {
            final AlertScene scene = new AlertScene();
            final Random random = new Random(seed);
            for (int i = 0; i < 3_000; i++) {
                scene.scene.pass(100);
                if (i % 10 == 0 && random.nextInt(100) >= 3) {
                    scene.scene.pass(random.nextInt(50));
                    scene.unitSends(SPAT);
                }
                scene.tick();
            }
            assertThat(scene.alerts).as("seed %d", seed).isEmpty();
        }
    }

    @Test
    void whatWasNeverSentOftenIsNotMissed() {
        run(150, SPAT, 10);
        run(3_000, SPAT, 0);
        run(600, RSI, 10);
        run(3_000, RSI, 0);
        assertThat(s.of(RATE)).isEmpty();
    }

    @Test
    void anRsmIsMissedOnlyWhileSomebodyIsThere() {
        run(300, RSM, 1);
        run(600, RSM, 0);
        assertThat(s.of(RATE)).as("nobody there").isEmpty();
        for (int i = 0; i < 70; i++) {
            s.scene.bsm(CAR, s.scene.car(CAR, 20, 0, AlertScene.EAST, 0));
            run(1, RSM, 0);
        }
        assertThat(only().getMessageKind()).isEqualTo(RSM);
        assertThat(only().getPos().getLat()).isEqualTo(Scene.REF_LAT);
    }

    @Test
    void aUnitThatNeverComesBackIsForgotten() {
        run(600, SPAT, 10);
        run(100, SPAT, 0);
        s.scene.pass(3_600_000);
        s.tick();
        assertThat(s.states(RATE)).containsExactly(ALERT_STATE_RAISED, ALERT_STATE_CLEARED);
        assertThat(s.last(RATE).getClearReason()).isEqualTo(ClearReason.CLEAR_REASON_GONE);
        run(100, SPAT, 0);
        assertThat(s.of(RATE)).hasSize(2);
    }

    @Test
    void afterAStartNothingIsKnownOfUnits() {
        run(600, SPAT, 10);
        run(100, SPAT, 0);
        s.scene.world.clear();
        s.engine.clear();
        assertThat(s.engine.open()).isZero();
        run(100, SPAT, 0);
        assertThat(only().getState()).isEqualTo(ALERT_STATE_RAISED);
    }

    @Test
    void aWrongKindIsRefused() {
        assertThatThrownBy(() -> new BroadcastRate.Expected("BSM", 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("alert.broadcastRate.expected.kind = BSM: must be one of");
    }
}
