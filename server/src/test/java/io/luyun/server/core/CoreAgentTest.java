package io.luyun.server.core;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.ParticipantState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.Unsubscribe;
import io.luyun.proto.v1.Update;
import io.luyun.server.Messages;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.alert.AlertScene;
import io.luyun.server.fanout.FanOut;
import io.luyun.server.fanout.FanOutConfig;
import io.luyun.server.fanout.RecordingOutlet;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The core driven by hand: records into a journal, alerts and updates out. */
final class CoreAgentTest {
    private static final int CAR = 0;
    private static final int UNIT = 1;
    private static final int DESK = 2;
    private static final long CAR_SESSION = 16;
    private static final long DESK_SESSION = 32;
    private static final int LIMIT_KMH = 40;

    /** The sign of the limit is not shown as a sign besides. */
    private static final AlertConfig ONLY_LIMITS = AlertScene.config("inVehicleSignage", "enabled", false);

    @TempDir
    private Path directory;

    private final Counters counters = new Counters();
    private final List<Throwable> errors = new ArrayList<>();
    private final RecordingOutlet outlet = new RecordingOutlet();
    private final List<Alert> alerts = new ArrayList<>();
    private long nowNs = 1_790_000_000_000_000_000L;
    private Journal journal;
    private CoreAgent core;

    @BeforeEach
    void open() {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        journal = Journal.open(config, () -> nowNs, new Counters(), new Latencies(), errors::add);
        core = new CoreAgent(
                journal.reader(1),
                new CoreConfig(
                        ZoneMap.empty(296_000_000, 1_063_000_000),
                        WorldConfig.DEFAULT,
                        SiteConfig.DEFAULT,
                        ONLY_LIMITS),
                (world, sites) -> {
                    final RoadView view = new RoadView(world, sites);
                    final FanOut fanOut =
                            new FanOut(FanOutConfig.defaults(), outlet, view, () -> nowNs, counters, new Latencies());
                    return new Subscribers(
                            world,
                            view,
                            fanOut,
                            (alert, device, causeAtNs) -> {
                                alerts.add(alert);
                                fanOut.onAlert(alert, alert.toByteArray(), device, causeAtNs, nowNs);
                            },
                            counters);
                },
                counters,
                errors::add);
        session(CAR, CAR_SESSION, "car-1");
        session(UNIT, 48, "rsu-1");
        session(DESK, DESK_SESSION, "desk-1");
    }

    @AfterEach
    void close() {
        core.close();
        journal.close();
        assertThat(errors).as("errors of the server itself").isEmpty();
    }

    @Test
    void recordsInAlertsOut() {
        speed();

        assertThat(alerts).hasSize(1);
        final Alert raised = alerts.getFirst();
        assertThat(raised.getKind()).isEqualTo(AlertKind.ALERT_KIND_SLW);
        assertThat(raised.getState()).isEqualTo(AlertState.ALERT_STATE_RAISED);
        assertThat(raised.getSubject().getDeviceId()).isEqualTo("car-1");
        assertThat(raised.getAtNs()).as("time of the record").isEqualTo(nowNs);
        assertThat(raised.getCauseSequencesList().getFirst())
                .isEqualTo(journal.writer().appendedSequence());
        assertThat(outlet.take(CAR_SESSION))
                .extracting(frame -> frame.getAlert().getAlert())
                .containsExactly(raised);
        assertThat(outlet.take(DESK_SESSION)).as("has not subscribed").isEmpty();

        passMillis(3_000);
        append(RecordKind.RECORD_KIND_TICK, -1, ServerStarted.getDefaultInstance());
        work();
        assertThat(alerts).as("silence ends an alert at a tick").hasSize(2);
        assertThat(alerts.getLast().getState()).isEqualTo(AlertState.ALERT_STATE_CLEARED);
    }

    @Test
    void subscriptionsOfTheJournalAreServedUntilTheyEnd() {
        subscribe();
        report(0, 10);
        work();
        final Update snapshot = updates().getFirst();
        assertThat(snapshot.getSnapshot()).isTrue();
        assertThat(snapshot.getSubscriptionId()).isEqualTo(5);
        assertThat(snapshot.getParticipantsList())
                .extracting(ParticipantState::getDeviceId)
                .containsExactly("car-1");

        passMillis(100);
        report(1, 10);
        work();
        assertThat(updates()).hasSize(1).noneMatch(Update::getSnapshot);

        append(
                RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED,
                DESK,
                SubscriptionChanged.newBuilder()
                        .setSessionId(DESK_SESSION)
                        .setUnsubscribe(Unsubscribe.newBuilder().setSubscriptionId(5))
                        .build());
        passMillis(100);
        report(2, 10);
        work();
        assertThat(updates()).isEmpty();
    }

    @Test
    void anEndedSessionIsSentNothing() {
        subscribe();
        append(
                RecordKind.RECORD_KIND_SESSION_CLOSED,
                DESK,
                SessionClosed.newBuilder().setSessionId(DESK_SESSION).build());
        speed();
        assertThat(alerts).hasSize(1);
        assertThat(outlet.take(DESK_SESSION)).isEmpty();
    }

    @Test
    void anAcknowledgementGoesOutUnderTheOperatorsName() {
        subscribe();
        speed();
        append(
                RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED,
                DESK,
                AlertAcknowledged.newBuilder()
                        .setSessionId(DESK_SESSION)
                        .setAcknowledgement(AlertAcknowledgement.newBuilder()
                                .setAlertId(alerts.getFirst().getAlertId()))
                        .build());
        work();
        assertThat(outlet.take(DESK_SESSION))
                .filteredOn(ServerFrame::hasAlertAcknowledgement)
                .extracting(frame -> frame.getAlertAcknowledgement().getDeviceId())
                .containsExactly("desk-1");
    }

    @Test
    void aRecordThatMeansNothingIsCountedAndTheNextOnesAreTaken() {
        appendBytes(RecordKind.RECORD_KIND_BSM, CAR, new byte[] {8, -1});
        appendBytes(RecordKind.RECORD_KIND_RSI, UNIT, new byte[] {-1, -1, -1});
        append(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED, DESK, SubscriptionChanged.getDefaultInstance());
        append(RecordKind.RECORD_KIND_MAP, UNIT, twiceTheSameNode());
        work();
        assertThat(counters.get(Counter.WORLD_REJECTED)).isBetween(3L, 4L);

        speed();
        assertThat(alerts).hasSize(1);
    }

    @Test
    void aServerStartForgetsRoadAlertsAndSessions() {
        subscribe();
        speed();
        outlet.take(DESK_SESSION);
        outlet.take(CAR_SESSION);

        append(RecordKind.RECORD_KIND_SERVER_STARTED, -1, ServerStarted.getDefaultInstance());
        for (int step = 0; step < 10; step++) {
            passMillis(100);
            report(step * 1.5, 15);
            work();
        }
        assertThat(alerts)
                .as("neither its end nor another: the limit is forgotten")
                .hasSize(1);
        assertThat(outlet.take(DESK_SESSION)).isEmpty();

        session(DESK, DESK_SESSION + 64, "desk-1");
        append(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED, DESK, subscription(DESK_SESSION + 64));
        passMillis(100);
        report(1, 15);
        work();
        final List<ServerFrame> shown = outlet.take(DESK_SESSION + 64);
        assertThat(shown).noneMatch(ServerFrame::hasAlert);
        assertThat(shown.getFirst().getUpdate().getEventsList()).as("the limit").isEmpty();
        assertThat(shown.getFirst().getUpdate().getParticipantsList()).hasSize(1);
    }

    /** A car drives faster than a roadside unit allows, often enough to be warned. */
    private void speed() {
        append(RecordKind.RECORD_KIND_RSI, UNIT, Messages.limit(LIMIT_KMH, -100, 500));
        for (int step = 0; alerts.isEmpty() && step < 20; step++) {
            passMillis(100);
            report(step * 1.5, 15);
            work();
        }
    }

    private void report(final double metresNorth, final double mps) {
        final int secMark = (int) (TimeUnit.NANOSECONDS.toMillis(nowNs) % 60_000);
        append(RecordKind.RECORD_KIND_BSM, CAR, Messages.bsm(1, secMark, metresNorth, mps));
    }

    private void session(final int device, final long session, final String id) {
        append(
                RecordKind.RECORD_KIND_SESSION_OPENED,
                device,
                SessionOpened.newBuilder()
                        .setSessionId(session)
                        .setDeviceId(id)
                        .setBootEpoch(1)
                        .build());
    }

    private void subscribe() {
        append(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED, DESK, subscription(DESK_SESSION));
    }

    private static SubscriptionChanged subscription(final long session) {
        return SubscriptionChanged.newBuilder()
                .setSessionId(session)
                .setSubscribe(Subscribe.newBuilder().setSubscriptionId(5))
                .build();
    }

    private static MapData twiceTheSameNode() {
        final MapNode node = MapNode.newBuilder()
                .setId(NodeReference.newBuilder().setRegion(1).setId(1))
                .setRefPos(Position.newBuilder().setLat(296_000_000).setLon(1_063_000_000))
                .build();
        return MapData.newBuilder().addNodes(node).addNodes(node).build();
    }

    private List<Update> updates() {
        return outlet.take(DESK_SESSION).stream()
                .filter(ServerFrame::hasUpdate)
                .map(ServerFrame::getUpdate)
                .toList();
    }

    private void passMillis(final long millis) {
        nowNs += TimeUnit.MILLISECONDS.toNanos(millis);
    }

    private void append(final RecordKind kind, final int device, final MessageLite payload) {
        appendBytes(kind, device, payload.toByteArray());
    }

    private void appendBytes(final RecordKind kind, final int device, final byte[] payload) {
        journal.writer().append(kind.getNumber(), device, 0, nowNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    private void work() {
        while (core.doWork() > 0) {
            // until nothing is left
        }
    }
}
