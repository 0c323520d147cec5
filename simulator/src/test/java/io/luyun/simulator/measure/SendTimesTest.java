package io.luyun.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertParty;
import java.util.List;
import org.junit.jupiter.api.Test;

class SendTimesTest {
    private static final long MS = 1_000_000;

    private final SendTimes times = new SendTimes(List.of("veh-1", "veh-2", "veh-3"));
    private final Alert alert = Alert.newBuilder()
            .setSubject(AlertParty.newBuilder().setDeviceId("veh-1"))
            .setTarget(AlertParty.newBuilder().setDeviceId("veh-2"))
            .build();

    @Test
    void theCauseIsTheLastThatAnyoneNamedHadSentByThen() {
        times.sent(0, 100, 1_000 * MS);
        times.sent(1, 200, 1_040 * MS);
        times.sent(2, 300, 1_041 * MS);
        times.sent(0, 400, 1_100 * MS);

        assertThat(times.intendedNs(alert, 1_042 * MS)).isEqualTo(200);
        assertThat(times.intendedNs(alert, 1_030 * MS)).isEqualTo(100);
        assertThat(times.intendedNs(alert, 1_101 * MS)).isEqualTo(400);
    }

    @Test
    void whatNobodySentIsUnknown() {
        assertThat(times.intendedNs(alert, 1_000 * MS)).isEqualTo(SendTimes.UNKNOWN);
        times.sent(0, 100, 1_000 * MS);
        assertThat(times.intendedNs(alert, 999 * MS)).isEqualTo(SendTimes.UNKNOWN);
        assertThat(times.intendedNs(alert, 60_000 * MS)).isEqualTo(SendTimes.UNKNOWN);
        assertThat(times.intendedNs(Alert.getDefaultInstance(), 1_001 * MS)).isEqualTo(SendTimes.UNKNOWN);
    }

    @Test
    void onlyTheLatestAreKept() {
        for (int i = 1; i <= 100; i++) {
            times.sent(0, i, i * MS);
        }
        assertThat(times.intendedNs(alert, 98 * MS)).isEqualTo(98);
        assertThat(times.intendedNs(alert, 10 * MS)).isEqualTo(SendTimes.UNKNOWN);
    }
}
