package io.luyun.simulator.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlertBookTest {
    private final AlertBook book = new AlertBook();

    @Test
    void anAlertCountsOnceWhoeverReceivesIt() {
        final Alert raised = alert(AlertKind.ALERT_KIND_FCW, 1).build();
        book.add(raised);
        book.add(raised);
        book.add(raised.toBuilder().setState(AlertState.ALERT_STATE_UPDATED).build());
        book.add(raised.toBuilder().setState(AlertState.ALERT_STATE_CLEARED).build());
        book.add(alert(AlertKind.ALERT_KIND_SLW, 2).build());

        assertThat(book.raised()).containsExactly(Map.entry("FCW", 1L), Map.entry("SLW", 1L));
        assertThat(book.cleared()).isEqualTo(1);
        assertThat(book.lines()).hasSize(2);
        assertThat(book.lines()).isEmpty();
    }

    @Test
    void linesTellWhoAndWhat() {
        assertThat(AlertBook.line(alert(AlertKind.ALERT_KIND_FCW, 1)
                        .setTarget(AlertParty.newBuilder().setDeviceId("veh-0031"))
                        .setTimeToCollisionMs(2_120)
                        .build()))
                .isEqualTo("FCW raised veh-0012 → veh-0031 TTC 2.1 s");
        assertThat(AlertBook.line(alert(AlertKind.ALERT_KIND_EBW, 1)
                        .setTarget(AlertParty.newBuilder().setSeenBy("rsu-03").setPtcId(7))
                        .setDistanceCm(3_400)
                        .build()))
                .isEqualTo("EBW raised veh-0012 → rsu-03#7 in 34 m");
        assertThat(AlertBook.line(alert(AlertKind.ALERT_KIND_HLW, 1)
                        .setEvent(AlertEvent.newBuilder().setCode(904).setDescription("oil"))
                        .setDistanceCm(12_000)
                        .build()))
                .isEqualTo("HLW raised veh-0012 → event 904 (oil) in 120 m");
        assertThat(AlertBook.line(alert(AlertKind.ALERT_KIND_SLW, 1)
                        .setSpeed(861)
                        .setSpeedLimit(556)
                        .build()))
                .isEqualTo("SLW raised veh-0012 62 km/h where 40 km/h holds");
    }

    private static Alert.Builder alert(final AlertKind kind, final long id) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setKind(kind)
                .setState(AlertState.ALERT_STATE_RAISED)
                .setSubject(AlertParty.newBuilder().setDeviceId("veh-0012"));
    }
}
