package io.luyun.server.alert;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertState;
import io.luyun.server.world.JunctionTraffic;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In dense traffic that is seen badly by two units no vehicle is warned of itself. */
final class NobodyHitsItselfTest {
    /** With every sighting taken for a road user of its own there were more than a hundred. */
    private static final int MOST_ALERTS = 60;

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noAlertIsOfOneVehicleSeenTwice(final long seed) {
        final AlertScene alerts = new AlertScene();
        final JunctionTraffic traffic =
                new JunctionTraffic(alerts.scene, new JunctionTraffic.Faults().lag(seed == 12 ? 300 : 0), seed);
        final Set<Long> judged = new HashSet<>();
        int pairs = 0;
        for (int i = 0; i < 500; i++) {
            traffic.drive(1);
            for (final Alert alert : alerts.alerts) {
                if (alert.getState() == AlertState.ALERT_STATE_RAISED
                        && alert.getTarget().getParticipantId() != 0
                        && judged.add(alert.getAlertId())) {
                    pairs++;
                    final int subject = traffic.truthOf(alert.getSubject().getParticipantId());
                    final int target = traffic.truthOf(alert.getTarget().getParticipantId());
                    assertThat(subject >= 0 && subject == target)
                            .as("seed %d, moment %d, vehicle %d: %s", seed, i, subject, alert)
                            .isFalse();
                }
            }
            alerts.alerts.clear();
        }
        assertThat(pairs).as("seed %d, alerts of two vehicles", seed).isLessThan(MOST_ALERTS);
    }
}
