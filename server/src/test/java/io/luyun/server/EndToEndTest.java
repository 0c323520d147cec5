package io.luyun.server;

import static io.luyun.server.Messages.bsm;
import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import io.luyun.proto.v1.Update;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the line promises, over real sockets and a real journal, in both ways of running it. */
final class EndToEndTest {
    private static final int STEP_MILLIS = 100;

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void aMessageIsAcknowledgedWhenItIsInTheJournalOnce(final String mode) throws IOException {
        try (TestServer server = start(mode);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1)) {
            assertThat(car.welcome().getLastNumber()).isZero();
            for (int number = 1; number <= 200; number++) {
                car.send(number, bsm(1, clock.secMark(), number, 10));
            }
            car.awaitAck(200);

            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM))
                    .hasSize(200)
                    .isSorted()
                    .doesNotHaveDuplicates();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void withoutEpollTheLineRunsOnNio(final String mode) throws IOException {
        try (TestServer server = new TestServer(directory, mode, clock, ", transport: nio", "");
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1)) {
            assertThat(server.transport()).isEqualTo("nio");
            unit.send(1, Messages.event(200));
            unit.awaitAck(1);
            for (int number = 1; number <= 4; number++) {
                clock.passMillis(STEP_MILLIS);
                car.send(number, bsm(1, clock.secMark(), 60 + number * 1.5, 15));
                car.awaitAck(number);
            }
            car.awaitAlert(AlertKind.ALERT_KIND_HLW, AlertState.ALERT_STATE_RAISED);
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM)).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void sendingAgainAfterAReconnectAndARestartGivesNoDuplicate(final String mode) throws IOException {
        try (TestServer server = start(mode)) {
            try (TestDevice car = server.open("car-1", Role.ROLE_OBU, 7)) {
                sendNumbers(car, 1, 5);
                car.awaitAck(5);
            }
            try (TestDevice car = server.open("car-1", Role.ROLE_OBU, 7)) {
                assertThat(car.welcome().getLastNumber()).isEqualTo(5);
                sendNumbers(car, 3, 8);
                car.awaitAck(8);
            }
        }
        clock.passMillis(STEP_MILLIS);
        try (TestServer server = start(mode)) {
            try (TestDevice car = server.open("car-1", Role.ROLE_OBU, 7)) {
                assertThat(car.welcome().getLastNumber()).isEqualTo(8);
                sendNumbers(car, 1, 9);
                car.awaitAck(9);
            }
            try (TestDevice car = server.open("car-1", Role.ROLE_OBU, 8)) {
                assertThat(car.welcome().getLastNumber()).isZero();
                sendNumbers(car, 1, 2);
                car.awaitAck(2);
            }
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM))
                    .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 1L, 2L);
            assertThat(server.count(Counter.JOURNAL_DUPLICATES)).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void aVehicleThatClosesInIsWarnedOnceAndHearsTheEnd(final String mode) throws IOException {
        try (TestServer server = start(mode);
                TestDevice follower = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice leader = server.open("car-2", Role.ROLE_OBU, 1)) {
            int number = 0;
            double gap = 55;
            for (; number < 12; number++) {
                step(follower, leader, number + 1, 1000 - gap, 15, 1000, 0.5);
                gap -= 1.45;
            }
            follower.awaitAlert(AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_RAISED);
            for (; number < 24; number++) {
                step(follower, leader, number + 1, 1000 - gap, 0, 1000, 0.5);
            }
            follower.awaitAlert(AlertKind.ALERT_KIND_FCW, AlertState.ALERT_STATE_CLEARED);

            final List<AlertDelivery> alerts = follower.alerts();
            assertThat(alerts)
                    .extracting(a -> a.getAlert().getAlertId())
                    .containsOnly(alerts.getFirst().getAlert().getAlertId());
            assertThat(alerts)
                    .filteredOn(a -> a.getAlert().getState() == AlertState.ALERT_STATE_RAISED)
                    .hasSize(1);
            assertThat(alerts)
                    .filteredOn(a -> a.getAlert().getState() == AlertState.ALERT_STATE_CLEARED)
                    .hasSize(1);
            final AlertDelivery raised = alerts.getFirst();
            assertThat(raised.getAlert().getSubject().getDeviceId()).isEqualTo("car-1");
            assertThat(raised.getAlert().getTarget().getDeviceId()).isEqualTo("car-2");
            assertThat(raised.getReceivedAtNs()).isPositive().isLessThanOrEqualTo(raised.getDecidedAtNs());
            assertThat(raised.getDecidedAtNs()).isLessThanOrEqualTo(raised.getSentAtNs());
            assertThat(leader.alerts()).isEmpty();

            final List<Alert> journaled = server.alerts();
            assertThat(journaled)
                    .containsExactlyElementsOf(
                            alerts.stream().map(AlertDelivery::getAlert).toList());
            assertThat(journaled.getFirst().getCauseSequencesList()).isNotEmpty();
            assertThat(server.count(Counter.ALERTS_RAISED)).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void eventsAndLimitsWarnTheVehicleTheyConcern(final String mode) throws IOException {
        try (TestServer server = start(mode);
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1)) {
            unit.send(1, Messages.event(200));
            unit.send(2, Messages.limit(40, 0, 150));
            unit.awaitAck(2);
            for (int number = 1; number <= 8; number++) {
                clock.passMillis(STEP_MILLIS);
                car.send(number, bsm(1, clock.secMark(), 60 + number * 1.5, 15));
                car.awaitAck(number);
            }
            final Alert hazard = car.awaitAlert(AlertKind.ALERT_KIND_HLW, AlertState.ALERT_STATE_RAISED)
                    .getAlert();
            assertThat(hazard.getEvent().getDeviceId()).isEqualTo("rsu-1");
            assertThat(hazard.getEvent().getCode()).isEqualTo(401);
            final Alert limit = car.awaitAlert(AlertKind.ALERT_KIND_SLW, AlertState.ALERT_STATE_RAISED)
                    .getAlert();
            assertThat(limit.getSpeedLimit()).isEqualTo((int) Math.rint(40 / 3.6 / 0.02));
            assertThat(unit.alerts()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void aSubscriberGetsTheStateThenWhatChangesThenWhoIsGone(final String mode) throws IOException {
        try (TestServer server = start(mode);
                TestDevice near = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice far = server.open("car-2", Role.ROLE_OBU, 1);
                TestDevice watcher = server.open("eye-1", Role.ROLE_OBSERVER, 1)) {
            near.send(1, bsm(1, clock.secMark(), 0, 0));
            far.send(1, bsm(2, clock.secMark(), 5_000, 0));
            near.awaitAck(1);
            far.awaitAck(1);
            watcher.subscribe(Subscribe.newBuilder()
                    .setSubscriptionId(5)
                    .addTopics(Topic.TOPIC_PARTICIPANTS)
                    .setArea(circle(100)));
            final Update snapshot = watcher.await(ServerFrame::hasUpdate).getUpdate();
            assertThat(snapshot.getSnapshot()).isTrue();
            assertThat(snapshot.getSubscriptionId()).isEqualTo(5);
            assertThat(snapshot.getParticipantsList())
                    .extracting(p -> p.getDeviceId())
                    .containsExactly("car-1");

            clock.passMillis(STEP_MILLIS);
            near.send(2, bsm(1, clock.secMark(), 10, 0));
            near.awaitAck(2);
            clock.passMillis(STEP_MILLIS);
            watcher.await(f -> f.hasUpdate()
                    && !f.getUpdate().getSnapshot()
                    && f.getUpdate().getParticipants(0).getPos().getLat()
                            == Messages.position(10).getLat());

            clock.passMillis(2_500);
            final long id = snapshot.getParticipants(0).getParticipantId();
            watcher.await(f ->
                    f.hasUpdate() && f.getUpdate().getParticipantsGoneList().contains(id));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void subscriptionsToAlertsGoByAreaKindAndSeverity(final String mode) throws IOException {
        try (TestServer server = start(mode);
                TestDevice unit = server.open("rsu-1", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice watcher = server.open("desk-1", Role.ROLE_OPERATOR, 1)) {
            watcher.subscribe(alerts(1).setArea(circle(500)));
            watcher.subscribe(alerts(2).setArea(circle(20)));
            watcher.subscribe(alerts(3).addAlertKinds(AlertKind.ALERT_KIND_FCW));
            watcher.subscribe(alerts(4).addAlertKinds(AlertKind.ALERT_KIND_HLW));
            watcher.subscribe(alerts(5).setMinSeverity(Severity.SEVERITY_CRITICAL));
            clock.passMillis(STEP_MILLIS);
            watcher.await(f -> f.hasUpdate() && f.getUpdate().getSubscriptionId() == 5);
            unit.send(1, Messages.event(200));
            unit.awaitAck(1);
            for (int number = 1; number <= 4; number++) {
                clock.passMillis(STEP_MILLIS);
                car.send(number, bsm(1, clock.secMark(), 60 + number * 1.5, 15));
                car.awaitAck(number);
            }
            final AlertDelivery delivery = watcher.awaitAlert(AlertKind.ALERT_KIND_HLW, AlertState.ALERT_STATE_RAISED);
            assertThat(delivery.getSubscriptionIdsList()).containsExactly(1, 4);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void aSubscriberThatDoesNotReadHurtsNobodyAndCatchesUp(final String mode) throws IOException {
        final int vehicles = 200;
        try (TestServer server = new TestServer(directory, mode, clock, "fanout: {updateMillis: 10}");
                TestDevice cars = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice watcher = server.open("eye-1", Role.ROLE_OBSERVER, 1);
                TestDevice deaf = server.deaf("eye-2", Role.ROLE_OBSERVER)) {
            watcher.subscribe(Subscribe.newBuilder().setSubscriptionId(1));
            for (int id = 1; id <= 16; id++) {
                deaf.subscribe(Subscribe.newBuilder().setSubscriptionId(id));
            }
            int number = 0;
            int round = 0;
            while (server.count(Counter.UPDATES_SKIPPED) == 0 && round < 200) {
                round++;
                for (int vehicle = 1; vehicle <= vehicles; vehicle++) {
                    cars.send(++number, bsm(vehicle, clock.secMark(), vehicle * 1_000 + round, 10));
                }
                cars.awaitAck(number);
                clock.passMillis(STEP_MILLIS);
            }
            assertThat(server.count(Counter.UPDATES_SKIPPED))
                    .as("sent %s", server.count(Counter.UPDATES_SENT))
                    .isPositive();
            final int last = Messages.position(vehicles * 1_000 + round).getLat();
            watcher.await(frame -> shows(frame, last));
            deaf.startReading();
            deaf.await(frame -> shows(frame, last));
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM)).hasSize(number);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void theServerSaysThatItIsReadyAndThatItGoes(final String mode) throws IOException {
        final TestDevice car;
        try (TestServer server = start(mode)) {
            car = server.open("car-1", Role.ROLE_OBU, 1);
            assertThat(get(server, "/livez")).isEqualTo(200);
            assertThat(get(server, "/readyz")).isEqualTo(200);
            assertThat(get(server, "/metrics")).isEqualTo(200);
            assertThat(get(server, "/api/v1/status")).isEqualTo(200);
            sendNumbers(car, 1, 3);
            car.awaitAck(3);
        }
        try (car) {
            assertThat(car.await(ServerFrame::hasNotice).getNotice().getCode())
                    .isEqualTo(NoticeCode.NOTICE_CODE_SHUTDOWN);
        }
    }

    private static int get(final TestServer server, final String path) throws IOException {
        final HttpURLConnection connection =
                (HttpURLConnection) URI.create("http://127.0.0.1:" + server.httpPort() + path)
                        .toURL()
                        .openConnection();
        return connection.getResponseCode();
    }

    private static boolean shows(final ServerFrame frame, final int latE7) {
        return frame.hasUpdate()
                && frame.getUpdate().getParticipantsList().stream()
                        .anyMatch(state -> state.getPos().getLat() == latE7);
    }

    private TestServer start(final String mode) throws IOException {
        return new TestServer(directory, mode, clock, "");
    }

    private void sendNumbers(final TestDevice car, final int from, final int to) {
        for (int number = from; number <= to; number++) {
            car.send(number, bsm(1, clock.secMark(), number, 10));
        }
    }

    /** Both vehicles report, and time passes. */
    private void step(
            final TestDevice follower,
            final TestDevice leader,
            final int number,
            final double followerMetres,
            final double followerMps,
            final double leaderMetres,
            final double leaderMps) {
        leader.send(number, bsm(2, clock.secMark(), leaderMetres, leaderMps));
        leader.awaitAck(number);
        follower.send(number, bsm(1, clock.secMark(), followerMetres, followerMps));
        follower.awaitAck(number);
        clock.passMillis(STEP_MILLIS);
    }

    private static Subscribe.Builder alerts(final int id) {
        return Subscribe.newBuilder().setSubscriptionId(id).addTopics(Topic.TOPIC_ALERTS);
    }

    private static Area circle(final int metres) {
        return Area.newBuilder()
                .setCircle(Circle.newBuilder().setCenter(Messages.position(0)).setRadiusCm(metres * 100))
                .build();
    }
}
