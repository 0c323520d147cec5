package io.luyun.simulator.traffic;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import java.util.ArrayList;
import java.util.List;

/**
 * What drivers make of the alerts they get: after the time that they need, which is another for each alert, they brake for a collision
 * that is warned of, keep to the limit, or stop for the light, until the alert is cleared or has not been heard of for long. The same
 * seed and the same alerts at the same times give the same; how alerts of different vehicles come in order makes no difference. Owned by
 * its traffic.
 */
final class Warnings {
    /** What drivers need from a warning to the brake, chosen here within what is usually found for ones that expect to be warned. */
    private static final double FASTEST_S = 0.7;

    private static final double SLOWEST_S = 1.5;
    /** Nearer than this to a collision they brake hard. */
    private static final double HARD_TTC_S = 2.5;

    private static final double HARD = -6;
    private static final double COMFORTABLE = -3;
    /** Unless it is updated a warning is not believed for longer. */
    private static final double BELIEVED_S = 8;
    /** Who was warned of a limit keeps to it for a while after. */
    private static final double MINDFUL_S = 30;

    private static final double SPEED_STEP_MPS = 0.02;

    private final Rng[] reactions;
    private final List<List<Warning>> warnings = new ArrayList<>();

    private static final class Warning {
        final long id;
        final AlertKind kind;
        final double fromS;
        double untilS;
        double accel = COMFORTABLE;
        double limitMps = Double.POSITIVE_INFINITY;

        Warning(final long id, final AlertKind kind, final double fromS) {
            this.id = id;
            this.kind = kind;
            this.fromS = fromS;
        }
    }

    Warnings(final long seed, final int vehicles) {
        reactions = new Rng[vehicles];
        for (int i = 0; i < vehicles; i++) {
            reactions[i] = new Rng(Rng.mix(seed + i));
            warnings.add(new ArrayList<>(2));
        }
    }

    /** A vehicle was told a step of an alert now. */
    void onAlert(final int vehicle, final Alert alert, final double nowS) {
        if (!minds(alert.getKind())) {
            return;
        }
        final List<Warning> mine = warnings.get(vehicle);
        Warning warning = null;
        for (final Warning known : mine) {
            warning = known.id == alert.getAlertId() ? known : warning;
        }
        if (alert.getState() == AlertState.ALERT_STATE_CLEARED) {
            if (warning != null) {
                warning.untilS = alert.getKind() == AlertKind.ALERT_KIND_SLW ? nowS + MINDFUL_S : nowS;
            }
            return;
        }
        if (warning == null) {
            final double reactsS = nowS + reactions[vehicle].between(FASTEST_S, SLOWEST_S);
            warning = new Warning(alert.getAlertId(), alert.getKind(), reactsS);
            mine.add(warning);
        }
        warning.untilS = nowS + (alert.getKind() == AlertKind.ALERT_KIND_SLW ? MINDFUL_S : BELIEVED_S);
        if (alert.hasTimeToCollisionMs()) {
            warning.accel = alert.getTimeToCollisionMs() < HARD_TTC_S * 1_000 ? HARD : COMFORTABLE;
        }
        if (alert.hasSpeedLimit()) {
            warning.limitMps = alert.getSpeedLimit() * SPEED_STEP_MPS;
        }
    }

    private static boolean minds(final AlertKind kind) {
        return brakes(kind) || kind == AlertKind.ALERT_KIND_SLW || kind == AlertKind.ALERT_KIND_RLVW;
    }

    private static boolean brakes(final AlertKind kind) {
        return kind == AlertKind.ALERT_KIND_FCW
                || kind == AlertKind.ALERT_KIND_EBW
                || kind == AlertKind.ALERT_KIND_ICW
                || kind == AlertKind.ALERT_KIND_VRUCW;
    }

    /** Tells the vehicles what their drivers mind now. */
    void step(final Vehicle[] vehicles, final double nowS) {
        for (int i = 0; i < vehicles.length; i++) {
            final Vehicle vehicle = vehicles[i];
            vehicle.warnedAccel = Double.POSITIVE_INFINITY;
            vehicle.warnedSpeed = Double.POSITIVE_INFINITY;
            vehicle.warnedOfLight = false;
            final List<Warning> mine = warnings.get(i);
            if (!mine.isEmpty()) {
                mine.removeIf(warning -> warning.untilS <= nowS);
                for (final Warning warning : mine) {
                    if (warning.fromS <= nowS) {
                        mind(vehicle, warning);
                    }
                }
            }
        }
    }

    private static void mind(final Vehicle vehicle, final Warning warning) {
        if (brakes(warning.kind)) {
            vehicle.warnedAccel = Math.min(vehicle.warnedAccel, warning.accel);
            // whoever looked elsewhere looks ahead again
            vehicle.lateUntilS = 0;
        } else if (warning.kind == AlertKind.ALERT_KIND_SLW) {
            vehicle.warnedSpeed = Math.min(vehicle.warnedSpeed, warning.limitMps);
        } else {
            vehicle.warnedOfLight = true;
        }
    }
}
