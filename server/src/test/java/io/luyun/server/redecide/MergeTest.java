package io.luyun.server.redecide;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.alert.Applications.Share;
import io.luyun.server.alert.life.Alerts;
import io.luyun.server.world.JunctionTraffic;
import io.luyun.server.world.Scene;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Engines that share the rules out tell together what one with all of them tells, in its order and with its numbers. */
final class MergeTest {
    private static final int MOMENTS = 250;

    /** Many rules raise, and what they raise does not last. */
    private static final AlertConfig NERVOUS = nervous();

    @ParameterizedTest
    @CsvSource({"21, 2", "22, 3", "23, 16"})
    void severalEnginesTellWhatOneTells(final long seed, final int parts) {
        final List<Alert> one = alerts(told(seed, Share.ALL));
        final List<List<Told>> several = IntStream.range(0, parts)
                .mapToObj(part -> told(seed, new Share(part, parts)))
                .toList();

        System.out.println("seed " + seed + ": " + one.size() + " steps of "
                + one.stream().map(Alert::getKind).distinct().toList());
        assertThat(one).as("seed %d, alerts", seed).hasSizeGreaterThan(50);
        assertThat(one)
                .as("seed %d, alerts that a record raised with another", seed)
                .anyMatch(alert -> alert.getState() == AlertState.ALERT_STATE_RAISED
                        && alert.getAlertId() != Alerts.id(Alerts.sequence(alert.getAlertId()), 0));
        assertThat(several)
                .as("seed %d, engines that tell something", seed)
                .filteredOn(told -> !told.isEmpty())
                .hasSizeGreaterThan(1);
        assertThat(alerts(new Merge(parts).of(several))).as("seed %d", seed).isEqualTo(one);
    }

    private static AlertConfig nervous() {
        AlertConfig config = AlertConfig.DEFAULT;
        for (final String rule : List.of("forwardCollision", "emergencyBrake", "abnormalDriving")) {
            config = AlertScene.config(config, rule, "confirmReports", 1);
            config = AlertScene.config(config, rule, "holdMillis", 0);
        }
        config = AlertScene.config(config, "forwardCollision", "lackingMps2", 0);
        config = AlertScene.config(config, "forwardCollision", "cautionSeconds", 15);
        config = AlertScene.config(config, "emergencyBrake", "clearBrakingMps2", 1);
        config = AlertScene.config(config, "emergencyBrake", "hardBrakingMps2", 1);
        config = AlertScene.config(config, "abnormalDriving", "swingDeg", 0.5);
        config = AlertScene.config(config, "abnormalDriving", "swings", 2);
        config = AlertScene.config(config, "abnormalDriving", "harshAccelerationMps2", 1);
        config = AlertScene.config(config, "stoppedVehicle", "standSeconds", 1);
        config = AlertScene.config(config, "stoppedVehicle", "waitSeconds", 1);
        return AlertScene.config(config, "stoppedVehicle", "signalMetres", 0);
    }

    private static List<Told> told(final long seed, final Share share) {
        final AlertScene scene = new AlertScene(Scene.road(), NERVOUS, share);
        new JunctionTraffic(scene.scene, new JunctionTraffic.Faults(), seed).drive(MOMENTS);
        final List<Told> told = new ArrayList<>();
        for (int i = 0; i < scene.alerts.size(); i++) {
            told.add(new Told.Step(scene.orders.get(i), scene.alerts.get(i)));
        }
        return told;
    }

    private static List<Alert> alerts(final List<Told> told) {
        return told.stream().map(step -> ((Told.Step) step).alert()).toList();
    }
}
