package io.luyun.server.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertAcknowledgementDelivery;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Area;
import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.ParticipantState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.SlowPolicy;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Topic;
import io.luyun.proto.v1.Update;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Drives the fan-out by hand over a recording outlet. */
final class FanOutTest {
    private static final int LAT = 296_000_000;
    private static final int LON = 1_063_000_000;
    private static final long TICK_NS = 100_000_000;

    private final RecordingOutlet outlet = new RecordingOutlet();
    private final Counters counters = new Counters();
    private final TestRoad road = new TestRoad();
    private final FanOut fanOut = new FanOut(
            new FanOutConfig(5, 3, 100, SharingConfig.DEFAULT),
            outlet,
            road,
            () -> 1_000_500L,
            counters,
            new Latencies());
    private long nowNs = 1_000_000_000_000L;

    @Test
    void sendsAnAlertToTheDeviceItConcernsAndToNobodyElse() {
        fanOut.onSessionOpened(100, 1);
        fanOut.onSessionOpened(200, 2);

        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, 1);

        final AlertDelivery delivery = outlet.take(100).getFirst().getAlert();
        assertThat(delivery.getAlert().getAlertId()).isEqualTo(7);
        assertThat(delivery.getSubscriptionIdsList()).isEmpty();
        assertThat(delivery.getReceivedAtNs()).isEqualTo(999_000);
        assertThat(delivery.getDecidedAtNs()).isEqualTo(1_000_000);
        assertThat(delivery.getSentAtNs()).isEqualTo(1_000_500);
        assertThat(outlet.take(200)).isEmpty();
    }

    @Test
    void filtersBySubscriptionAreaKindAndSeverity() {
        final Map<Long, Subscribe.Builder> wishes = new TreeMap<>();
        wishes.put(1L, alertsOnly(1));
        wishes.put(2L, alertsOnly(1).setArea(circle(LAT, 100)));
        wishes.put(3L, alertsOnly(1).setArea(circle(LAT + 1_000_000, 100)));
        wishes.put(4L, alertsOnly(1).addAlertKinds(AlertKind.ALERT_KIND_HLW));
        wishes.put(5L, alertsOnly(1).setMinSeverity(Severity.SEVERITY_CRITICAL));
        wishes.forEach((session, wish) -> {
            fanOut.onSessionOpened(session, session.intValue());
            fanOut.onSubscribe(session, wish.build());
        });
        turn();
        wishes.keySet().forEach(session -> assertThat(outlet.take(session)).hasSize(1));

        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);

        assertThat(alerts(1)).hasSize(1);
        assertThat(alerts(2)).hasSize(1);
        assertThat(alerts(3)).isEmpty();
        assertThat(alerts(4)).isEmpty();
        assertThat(alerts(5)).isEmpty();
    }

    @Test
    void whoWasShownAnAlertSeesItsEndAndNobodyElse() {
        open(1, alertsOnly(1).setArea(circle(LAT, 100)));
        open(2, alertsOnly(1).setArea(circle(LAT + 1_000_000, 100)));
        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);

        step(7, AlertState.ALERT_STATE_CLEARED, Severity.SEVERITY_INFO, LAT + 1_000_000, -1);

        assertThat(alerts(1))
                .extracting(a -> a.getAlert().getState())
                .containsExactly(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED);
        assertThat(alerts(2)).isEmpty();
    }

    @Test
    void showsActiveAlertsToNewSubscribersAndToTheDeviceThatComesBack() {
        raise(8, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, 4);
        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, 4);
        raise(9, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, 4);
        step(9, AlertState.ALERT_STATE_CLEARED, Severity.SEVERITY_WARNING, LAT, 4);

        fanOut.onSessionOpened(400, 4);
        open(1, alertsOnly(6));

        assertThat(alerts(400)).extracting(a -> a.getAlert().getAlertId()).containsExactly(7L, 8L);
        assertThat(alerts(1)).extracting(a -> a.getAlert().getAlertId()).containsExactly(7L, 8L);
    }

    @Test
    void oneFrameServesAllWhoseSubscriptionsHaveTheSameNumbers() {
        open(1, alertsOnly(1));
        open(2, alertsOnly(1));
        open(3, alertsOnly(9));
        turn();
        outlet.sends = 0;

        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, 2);

        assertThat(outlet.sends).isEqualTo(2);
        assertThat(alerts(1).getFirst().getSubscriptionIdsList()).containsExactly(1);
        assertThat(alerts(3).getFirst().getSubscriptionIdsList()).containsExactly(9);
    }

    @Test
    void aSlowReceiverLosesTheOldestAndIsTold() {
        open(1, alertsOnly(1));
        open(2, alertsOnly(1));
        turn();
        outlet.take(1);
        outlet.slow.add(1L);

        for (int id = 1; id <= 5; id++) {
            raise(id, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);
        }

        assertThat(alerts(2)).hasSize(5);
        assertThat(outlet.take(1)).isEmpty();
        assertThat(counters.get(Counter.ALERTS_DROPPED)).isEqualTo(2);
        outlet.slow.clear();
        fanOut.doWork(nowNs);
        final List<ServerFrame> late = outlet.take(1);
        assertThat(late.getFirst().getNotice().getCode()).isEqualTo(NoticeCode.NOTICE_CODE_SLOW);
        assertThat(late.getFirst().getNotice().getDropped()).isEqualTo(2);
        assertThat(late.subList(1, late.size()))
                .extracting(f -> f.getAlert().getAlert().getAlertId())
                .containsExactly(3L, 4L, 5L);
    }

    @Test
    void closesTheSlowReceiverThatAskedForIt() {
        open(1, alertsOnly(1).setSlowPolicy(SlowPolicy.SLOW_POLICY_CLOSE));
        outlet.slow.add(1L);

        for (int id = 1; id <= 4; id++) {
            raise(id, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);
        }

        assertThat(outlet.closed).containsKey(1L);
        assertThat(counters.get(Counter.SUBSCRIBERS_CLOSED)).isOne();
        outlet.slow.clear();
        turn();
        assertThat(outlet.take(1)).isEmpty();
    }

    @Test
    void sendsTheSnapshotFirstThenWhatChangedThenWhoLeft() {
        road.put(11, LAT);
        road.put(12, LAT + 1_000_000);
        open(1, Subscribe.newBuilder().setSubscriptionId(3).setArea(circle(LAT, 100)));
        turn();
        final Update snapshot = outlet.take(1).getFirst().getUpdate();
        assertThat(snapshot.getSubscriptionId()).isEqualTo(3);
        assertThat(snapshot.getSnapshot()).isTrue();
        assertThat(snapshot.getAtNs()).isEqualTo(nowNs);
        assertThat(snapshot.getParticipantsList())
                .extracting(ParticipantState::getParticipantId)
                .containsExactly(11L);

        turn();
        assertThat(outlet.take(1)).as("nothing has changed").isEmpty();

        road.put(11, LAT + 10);
        road.put(13, LAT);
        turn();
        final Update change = outlet.take(1).getFirst().getUpdate();
        assertThat(change.getSnapshot()).isFalse();
        assertThat(change.getParticipantsList())
                .extracting(ParticipantState::getParticipantId)
                .containsExactlyInAnyOrder(11L, 13L);

        road.put(11, LAT + 1_000_000);
        fanOut.onParticipantGone(13);
        fanOut.onParticipantGone(12);
        turn();
        final Update end = outlet.take(1).getFirst().getUpdate();
        assertThat(end.getParticipantsList()).isEmpty();
        assertThat(end.getParticipantsGoneList()).containsExactlyInAnyOrder(11L, 13L);
    }

    @Test
    void aSlowReceiverGetsTheLatestStateWhenItReadsAgain() {
        road.put(11, LAT);
        open(1, Subscribe.newBuilder().setSubscriptionId(3));
        turn();
        outlet.take(1);
        outlet.slow.add(1L);
        road.put(11, LAT + 1);
        turn();
        road.put(11, LAT + 2);
        turn();
        outlet.slow.clear();
        turn();

        assertThat(counters.get(Counter.UPDATES_SKIPPED)).isEqualTo(2);
        assertThat(outlet.take(1))
                .extracting(f -> f.getUpdate().getParticipants(0).getPos().getLat())
                .containsExactly(LAT + 2);
    }

    @Test
    void keepsTheIntervalAskedFor() {
        open(1, Subscribe.newBuilder().setSubscriptionId(3).setIntervalMs(250));
        int updates = 0;
        for (int i = 0; i < 9; i++) {
            road.put(11, LAT + i);
            turn();
            updates += outlet.take(1).size();
        }
        assertThat(updates).isEqualTo(3);
    }

    @Test
    void doesNotAskForTheRoadWhileNobodyWantsIt() {
        open(1, alertsOnly(1));
        turn();
        turn();
        assertThat(road.asked).isZero();
        open(2, Subscribe.newBuilder().setSubscriptionId(1));
        turn();
        assertThat(road.asked).isOne();
        fanOut.onUnsubscribe(2, 1);
        turn();
        assertThat(road.asked).isOne();
    }

    @Test
    void tellsOfAnAcknowledgementWhoeverWasShownTheAlert() {
        open(1, alertsOnly(4));
        open(2, alertsOnly(1).setArea(circle(LAT + 1_000_000, 100)));
        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, 3);
        turn();
        outlet.take(1);
        outlet.take(2);

        acknowledge(7, "seen");
        acknowledge(99, "no such alert");

        final AlertAcknowledgementDelivery told = acknowledgements(1).getFirst();
        assertThat(told.getAcknowledgement().getAlertId()).isEqualTo(7);
        assertThat(told.getAcknowledgement().getNote()).isEqualTo("seen");
        assertThat(told.getDeviceId()).isEqualTo("desk-1");
        assertThat(told.getAtNs()).isEqualTo(nowNs);
        assertThat(told.getSubscriptionIdsList()).containsExactly(4);
        assertThat(outlet.take(1)).isEmpty();
        assertThat(outlet.take(2)).isEmpty();
        assertThat(counters.get(Counter.ALERT_ACKNOWLEDGEMENTS_SENT)).isOne();
    }

    @Test
    void whoComesLaterIsShownTheAlertAndThatItIsAcknowledged() {
        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);
        raise(8, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);
        acknowledge(7, "first");
        acknowledge(7, "second");

        open(1, alertsOnly(1));

        final List<ServerFrame> shown = outlet.take(1);
        assertThat(shown)
                .extracting(ServerFrame::getBodyCase)
                .containsExactly(
                        ServerFrame.BodyCase.ALERT,
                        ServerFrame.BodyCase.ALERT_ACKNOWLEDGEMENT,
                        ServerFrame.BodyCase.ALERT);
        assertThat(shown.get(1).getAlertAcknowledgement().getAcknowledgement().getNote())
                .isEqualTo("second");
    }

    @Test
    void anAlertThatIsOverCanBeAcknowledgedForAWhile() {
        open(1, alertsOnly(1));
        for (int id = 1; id <= 257; id++) {
            raise(id, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);
            step(id, AlertState.ALERT_STATE_CLEARED, Severity.SEVERITY_WARNING, LAT, -1);
        }
        outlet.take(1);

        acknowledge(1, "too late");
        acknowledge(2, "late");

        assertThat(acknowledgements(1))
                .extracting(told -> told.getAcknowledgement().getNote())
                .containsExactly("late");
    }

    @Test
    void anAcknowledgementWaitsBehindTheAlertsOfASlowReceiver() {
        open(1, alertsOnly(1));
        turn();
        outlet.take(1);
        outlet.slow.add(1L);
        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, -1);
        acknowledge(7, "seen");
        outlet.slow.clear();
        fanOut.doWork(nowNs);

        assertThat(outlet.take(1))
                .extracting(ServerFrame::getBodyCase)
                .containsExactly(ServerFrame.BodyCase.ALERT, ServerFrame.BodyCase.ALERT_ACKNOWLEDGEMENT);
    }

    @Test
    void refusesMoreSubscriptionsThanAllowed() {
        for (int session = 1; session <= 5; session++) {
            open(session, alertsOnly(session));
        }
        fanOut.onSubscribe(5, alertsOnly(5).build());
        assertThat(outlet.take(5)).isEmpty();
        fanOut.onSubscribe(1, alertsOnly(2).build());
        assertThat(outlet.take(1).getFirst().getError().getCode()).isEqualTo(ErrorCode.ERROR_CODE_LIMIT);
        assertThat(counters.get(Counter.REFUSED_LIMIT)).isOne();
    }

    @Test
    void aClosedSessionTakesItsSubscriptionsAlong() {
        open(1, alertsOnly(1));
        fanOut.onSessionClosed(1);
        fanOut.onSessionClosed(1);
        raise(7, AlertKind.ALERT_KIND_FCW, Severity.SEVERITY_WARNING, LAT, 1);
        turn();
        assertThat(outlet.take(1)).isEmpty();
    }

    private void open(final long session, final Subscribe.Builder wish) {
        fanOut.onSessionOpened(session, (int) session);
        fanOut.onSubscribe(session, wish.build());
    }

    private void turn() {
        nowNs += TICK_NS;
        fanOut.doWork(nowNs);
    }

    private List<AlertDelivery> alerts(final long session) {
        return outlet.take(session).stream()
                .filter(ServerFrame::hasAlert)
                .map(ServerFrame::getAlert)
                .toList();
    }

    private List<AlertAcknowledgementDelivery> acknowledgements(final long session) {
        return outlet.take(session).stream()
                .filter(ServerFrame::hasAlertAcknowledgement)
                .map(ServerFrame::getAlertAcknowledgement)
                .toList();
    }

    private void acknowledge(final long alertId, final String note) {
        fanOut.onAlertAcknowledged(
                AlertAcknowledgement.newBuilder()
                        .setAlertId(alertId)
                        .setNote(note)
                        .build(),
                "desk-1",
                nowNs);
    }

    private void raise(
            final long id, final AlertKind kind, final Severity severity, final int latE7, final int subjectDevice) {
        send(alert(id, latE7).setKind(kind).setSeverity(severity).build(), subjectDevice);
    }

    private void step(
            final long id, final AlertState state, final Severity severity, final int latE7, final int subject) {
        send(alert(id, latE7).setState(state).setSeverity(severity).build(), subject);
    }

    private static Alert.Builder alert(final long id, final int latE7) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setKind(AlertKind.ALERT_KIND_FCW)
                .setState(AlertState.ALERT_STATE_RAISED)
                .setPos(Position.newBuilder().setLat(latE7).setLon(LON));
    }

    private void send(final Alert alert, final int subjectDevice) {
        fanOut.onAlert(alert, alert.toByteArray(), subjectDevice, 999_000, 1_000_000);
    }

    private static Subscribe.Builder alertsOnly(final int id) {
        return Subscribe.newBuilder().setSubscriptionId(id).addTopics(Topic.TOPIC_ALERTS);
    }

    private static Area circle(final int latE7, final int metres) {
        return Area.newBuilder()
                .setCircle(Circle.newBuilder()
                        .setCenter(Position.newBuilder().setLat(latE7).setLon(LON))
                        .setRadiusCm(metres * 100))
                .build();
    }

    /** A road of participants only; each change has a sequence of its own. */
    private static final class TestRoad implements Road {
        private final Map<Long, Integer> latitudes = new TreeMap<>();
        private final Map<Long, Long> sequences = new TreeMap<>();
        private long sequence;
        private int asked;

        void put(final long id, final int latE7) {
            latitudes.put(id, latE7);
            sequences.put(id, ++sequence);
        }

        @Override
        public long changes(final long afterSequence, final Sink sink) {
            asked++;
            sequences.forEach((id, at) -> {
                if (at > afterSequence) {
                    final int latE7 = latitudes.getOrDefault(id, 0);
                    sink.participant(
                            id,
                            latE7,
                            LON,
                            ParticipantState.newBuilder()
                                    .setParticipantId(id)
                                    .setPos(Position.newBuilder().setLat(latE7).setLon(LON))
                                    .build());
                }
            });
            return sequence;
        }
    }
}
