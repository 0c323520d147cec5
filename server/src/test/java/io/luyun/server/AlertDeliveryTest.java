package io.luyun.server;

import static io.luyun.server.Messages.bsm;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertAcknowledgementDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.SlowPolicy;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Alerts and their acknowledgements on the way to those who watch, over real sockets. */
final class AlertDeliveryTest {
    private static final int STEP_MILLIS = 100;
    private static final int ALERT_QUEUE = 4;
    private static final int SPEEDERS = 12;
    private static final int FLOOD_ROUNDS_MAX = 400;
    /** Rounds in which nothing is sent, after which the kernel's buffers count as full. */
    private static final int FULL_ROUNDS = 5;

    private static final int VEHICLES = 200;
    private static final String PATIENT = ", writeStallMillis: 600000";
    private static final String SLOW = "fanout: {updateMillis: 10, alertQueue: " + ALERT_QUEUE
            + "}\nsession: {idleTimeoutMillis: 600000, ackIntervalMicros: 0}";

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void whatOneOperatorAcknowledgesTheOthersSee(final String mode) throws IOException {
        try (TestServer server = new TestServer(directory, mode, clock, "");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice desk = server.open("desk-1", Role.ROLE_OPERATOR, 1);
                TestDevice other = server.open("desk-2", Role.ROLE_OPERATOR, 1)) {
            other.subscribe(alerts(3));
            other.subscribe(alerts(4).addAlertKinds(AlertKind.ALERT_KIND_FCW));
            clock.passMillis(STEP_MILLIS);
            other.await(frame -> frame.hasUpdate() && frame.getUpdate().getSubscriptionId() == 4);
            unit.send(1, Messages.limit(40, 0, 500));
            unit.awaitAck(1);
            for (int number = 1; number <= 4; number++) {
                car.send(number, bsm(1, clock.secMark(), 60 + number * 1.5, 15));
                car.awaitAck(number);
                clock.passMillis(STEP_MILLIS);
            }
            final Alert alert = other.awaitAlert(AlertKind.ALERT_KIND_SLW, AlertState.ALERT_STATE_RAISED)
                    .getAlert();

            desk.send(DeviceFrame.newBuilder()
                    .setAlertAcknowledgement(AlertAcknowledgement.newBuilder()
                            .setAlertId(alert.getAlertId())
                            .setNote("patrol sent")));

            final AlertAcknowledgementDelivery told = acknowledgement(other);
            assertThat(told.getAcknowledgement().getAlertId()).isEqualTo(alert.getAlertId());
            assertThat(told.getAcknowledgement().getNote()).isEqualTo("patrol sent");
            assertThat(told.getDeviceId()).isEqualTo("desk-1");
            assertThat(told.getAtNs()).isGreaterThanOrEqualTo(alert.getAtNs());
            assertThat(told.getSubscriptionIdsList()).containsExactly(3);
            try (TestDevice late = server.open("eye-1", Role.ROLE_OBSERVER, 1)) {
                late.subscribe(alerts(9));
                assertThat(acknowledgement(late).getSubscriptionIdsList()).containsExactly(9);
            }
            assertThat(server.journaled(RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED))
                    .hasSize(1);
            assertThat(desk.frames()).noneMatch(ServerFrame::hasAlertAcknowledgement);
            assertThat(car.frames()).noneMatch(ServerFrame::hasAlertAcknowledgement);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void whoReadsTooSlowlyLosesTheOldestAlertsAndIsTold(final String mode) throws IOException {
        try (TestServer server = new TestServer(directory, mode, clock, PATIENT, SLOW);
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice cars = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice watcher = server.open("eye-1", Role.ROLE_OBSERVER, 1);
                TestDevice deaf = server.deaf("eye-2", Role.ROLE_OBSERVER)) {
            final List<Long> raised =
                    raiseBeside(server, unit, cars, watcher, deaf, SlowPolicy.SLOW_POLICY_DROP_OLDEST);
            final long dropped = server.count(Counter.ALERTS_DROPPED);
            assertThat(dropped).isBetween(1L, (long) SPEEDERS - ALERT_QUEUE);

            deaf.startReading();
            deaf.await(frame -> frame.hasAlert() && frame.getAlert().getAlert().getAlertId() == raised.getLast());

            assertThat(deaf.frames())
                    .filteredOn(ServerFrame::hasNotice)
                    .extracting(
                            frame -> frame.getNotice().getCode(),
                            frame -> frame.getNotice().getDropped())
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(NoticeCode.NOTICE_CODE_SLOW, dropped));
            assertThat(raisedTo(deaf))
                    .hasSize((int) (SPEEDERS - dropped))
                    .endsWith(raised.subList(SPEEDERS - ALERT_QUEUE, SPEEDERS).toArray(Long[]::new));
            assertThat(deaf.ended()).isFalse();
            assertThat(server.count(Counter.SUBSCRIBERS_CLOSED)).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void whoWouldRatherBeClosedThanLoseAnAlertIsClosed(final String mode) throws IOException {
        try (TestServer server = new TestServer(directory, mode, clock, PATIENT, SLOW);
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice cars = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice watcher = server.open("eye-1", Role.ROLE_OBSERVER, 1);
                TestDevice deaf = server.deaf("eye-2", Role.ROLE_OBSERVER)) {
            raiseBeside(server, unit, cars, watcher, deaf, SlowPolicy.SLOW_POLICY_CLOSE);
            assertThat(server.count(Counter.SUBSCRIBERS_CLOSED)).isOne();
            assertThat(server.count(Counter.ALERTS_DROPPED)).isBetween(1L, (long) SPEEDERS);

            deaf.startReading();

            Awaitility.await().until(deaf::ended);
            assertThat(deaf.frames().getLast().getNotice().getCode()).isEqualTo(NoticeCode.NOTICE_CODE_SLOW);
            assertThat(watcher.ended()).isFalse();
            assertThat(server.journaled(RecordKind.RECORD_KIND_SESSION_CLOSED)).hasSize(1);
        }
    }

    /**
     * Floods a subscriber that does not read until its socket is full, then raises an alert for each of the speeders.
     * Returns the ids of the alerts as the other subscriber gets them, all of them.
     */
    private List<Long> raiseBeside(
            final TestServer server,
            final TestDevice unit,
            final TestDevice cars,
            final TestDevice watcher,
            final TestDevice deaf,
            final SlowPolicy policy) {
        watcher.subscribe(alerts(1).addAlertKinds(AlertKind.ALERT_KIND_SLW));
        deaf.subscribe(alerts(1).addAlertKinds(AlertKind.ALERT_KIND_SLW).setSlowPolicy(policy));
        for (int id = 2; id <= 16; id++) {
            deaf.subscribe(Subscribe.newBuilder().setSubscriptionId(id).addTopics(Topic.TOPIC_PARTICIPANTS));
        }
        int number = 0;
        int full = 0;
        for (int round = 0; full < FULL_ROUNDS && round < FLOOD_ROUNDS_MAX; round++) {
            final long sent = server.count(Counter.UPDATES_SENT);
            final long skipped = server.count(Counter.UPDATES_SKIPPED);
            for (int vehicle = 1; vehicle <= VEHICLES; vehicle++) {
                cars.send(++number, bsm(vehicle, clock.secMark(), vehicle * 1_000 + round, 10));
            }
            cars.awaitAck(number);
            clock.passMillis(STEP_MILLIS);
            final boolean isFull =
                    server.count(Counter.UPDATES_SENT) == sent && server.count(Counter.UPDATES_SKIPPED) > skipped;
            full = isFull ? full + 1 : 0;
        }
        assertThat(full).isEqualTo(FULL_ROUNDS);
        unit.send(1, Messages.limit(40, SPEEDERS * -1_000, 0));
        unit.awaitAck(1);
        for (int step = 0; step < 4; step++) {
            for (int speeder = 1; speeder <= SPEEDERS; speeder++) {
                final int vehicle = VEHICLES + speeder;
                cars.send(++number, bsm(vehicle, clock.secMark(), speeder * -500 + step * 1.5, 15));
                cars.awaitAck(number);
            }
            clock.passMillis(STEP_MILLIS);
        }
        Awaitility.await().untilAsserted(() -> assertThat(raisedTo(watcher)).hasSize(SPEEDERS));
        return raisedTo(watcher);
    }

    private static List<Long> raisedTo(final TestDevice device) {
        return device.alerts().stream()
                .map(delivery -> delivery.getAlert())
                .filter(alert -> alert.getState() == AlertState.ALERT_STATE_RAISED)
                .map(Alert::getAlertId)
                .toList();
    }

    private static AlertAcknowledgementDelivery acknowledgement(final TestDevice device) {
        return device.await(ServerFrame::hasAlertAcknowledgement).getAlertAcknowledgement();
    }

    private static Subscribe.Builder alerts(final int id) {
        return Subscribe.newBuilder().setSubscriptionId(id).addTopics(Topic.TOPIC_ALERTS);
    }
}
