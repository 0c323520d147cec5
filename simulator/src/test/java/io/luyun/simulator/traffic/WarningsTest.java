package io.luyun.simulator.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import org.junit.jupiter.api.Test;

/** When and how much drivers mind warnings. */
final class WarningsTest {
    private static final long SEED = 20_261_130;

    private final Vehicle[] vehicles = {
        new Traffic(ZoneGenerator.generate(SEED), SEED, 1).vehicle(0) instanceof Vehicle vehicle ? vehicle : null
    };
    private final Warnings warnings = new Warnings(SEED, 1);

    private void tell(final double nowS, final long id, final AlertKind kind, final AlertState state, final int ttcMs) {
        final Alert.Builder alert =
                Alert.newBuilder().setAlertId(id).setKind(kind).setState(state);
        if (ttcMs > 0) {
            alert.setTimeToCollisionMs(ttcMs);
        }
        if (kind == AlertKind.ALERT_KIND_SLW) {
            alert.setSpeedLimit(50 * 15);
        }
        warnings.onAlert(0, alert.build(), nowS);
    }

    private double accel(final double nowS) {
        warnings.step(vehicles, nowS);
        return vehicles[0].warnedAccel;
    }

    @Test
    void brakesAfterASeededTimeUntilClearedHarderWhenItIsNear() {
        vehicles[0].lateUntilS = 1_000;
        tell(10, 1, AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_RAISED, 3_000);
        assertThat(accel(10.69)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(vehicles[0].lateUntilS).isEqualTo(1_000);
        assertThat(accel(11.51)).isEqualTo(-3);
        assertThat(vehicles[0].lateUntilS).as("looks ahead again").isZero();
        tell(11.6, 1, AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_UPDATED, 1_900);
        assertThat(accel(11.6)).as("needs no second time to react").isEqualTo(-6);
        tell(12, 1, AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_CLEARED, 0);
        assertThat(accel(12)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void believesNoWarningForEver() {
        tell(10, 1, AlertKind.ALERT_KIND_VRUCW, AlertState.ALERT_STATE_RAISED, 0);
        assertThat(accel(17.9)).isEqualTo(-3);
        assertThat(accel(18)).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void keepsToTheLimitForAWhileStopsForTheLightAndMindsNothingElse() {
        tell(10, 1, AlertKind.ALERT_KIND_SLW, AlertState.ALERT_STATE_RAISED, 0);
        tell(12, 1, AlertKind.ALERT_KIND_SLW, AlertState.ALERT_STATE_CLEARED, 0);
        assertThat(accel(41.9)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(vehicles[0].warnedSpeed).isCloseTo(15, within(1e-9));
        accel(42);
        assertThat(vehicles[0].warnedSpeed).isEqualTo(Double.POSITIVE_INFINITY);
        tell(50, 2, AlertKind.ALERT_KIND_RLVW, AlertState.ALERT_STATE_RAISED, 1_000);
        assertThat(accel(52)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(vehicles[0].warnedOfLight).isTrue();
        for (final AlertKind kind : AlertKind.values()) {
            if (kind != AlertKind.UNRECOGNIZED && kind.getNumber() > AlertKind.ALERT_KIND_VRUCW_VALUE) {
                tell(60, 100 + kind.getNumber(), kind, AlertState.ALERT_STATE_RAISED, 1_000);
            }
        }
        tell(60, 99, AlertKind.ALERT_KIND_HLW, AlertState.ALERT_STATE_RAISED, 0);
        assertThat(accel(62)).isEqualTo(Double.POSITIVE_INFINITY);
    }
}
