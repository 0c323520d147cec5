package io.luyun.server.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.Messages;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Replays of a journal of a minute, in which one car drives north at 10 m/s, a second server starts after 40 s, and an alert stands
 * from 20 to 25 s, acknowledged at 22 s; another one is raised at 39 s and never cleared.
 */
final class ReplayTest {
    private static final long START_NS = 1_790_000_000_000_000_000L;
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final int SECONDS = 60;
    private static final int RESTART = 40;
    private static final double E7_PER_METRE = 1e7 / 110_846;
    private static final String VIEW = "{\"type\":\"view\",\"box\":[106.0,29.0,107.0,30.0],\"hz\":10}";

    @TempDir
    private Path directory;

    private final List<Throwable> errors = Collections.synchronizedList(new ArrayList<>());
    private final Counters counters = new Counters();
    private final Shown browser = new Shown();
    private long nowNs = START_NS;
    private LiveHub hub;
    private LiveClient client;

    @BeforeEach
    void record() {
        try (Journal journal = open("journal");
                Journal alerts = open("alerts")) {
            for (int i = 0; i < SECONDS * 10; i++) {
                nowNs = START_NS + i * STEP_NS;
                if (i % (RESTART * 10) == 0) {
                    append(journal, RecordKind.RECORD_KIND_SERVER_STARTED, -1, ServerStarted.getDefaultInstance());
                    append(
                            journal,
                            RecordKind.RECORD_KIND_SESSION_OPENED,
                            0,
                            SessionOpened.newBuilder()
                                    .setSessionId(i + 1)
                                    .setDeviceId("car-1")
                                    .build());
                }
                append(
                        journal,
                        RecordKind.RECORD_KIND_BSM,
                        0,
                        Messages.bsm(1, (int) (nowNs / 1_000_000 % 60_000), i, 10));
                append(journal, RecordKind.RECORD_KIND_TICK, -1, ServerStarted.getDefaultInstance());
                if (i == 200 || i == 250) {
                    append(
                            alerts,
                            RecordKind.RECORD_KIND_ALERT,
                            -1,
                            Alert.newBuilder()
                                    .setAlertId(7)
                                    .setState(i == 200 ? AlertState.ALERT_STATE_RAISED : AlertState.ALERT_STATE_CLEARED)
                                    .setAtNs(nowNs)
                                    .build());
                } else if (i == 390) {
                    append(
                            alerts,
                            RecordKind.RECORD_KIND_ALERT,
                            -1,
                            Alert.newBuilder()
                                    .setAlertId(8)
                                    .setState(AlertState.ALERT_STATE_RAISED)
                                    .setAtNs(nowNs)
                                    .build());
                } else if (i == 220) {
                    append(
                            journal,
                            RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED,
                            0,
                            AlertAcknowledged.newBuilder()
                                    .setAcknowledgement(AlertAcknowledgement.newBuilder()
                                            .setAlertId(7)
                                            .setNote("seen"))
                                    .build());
                }
            }
        }
        final CoreConfig core = new CoreConfig(
                ZoneMap.empty(296_000_000, 1_063_000_000),
                WorldConfig.DEFAULT,
                SiteConfig.DEFAULT,
                AlertConfig.DEFAULT);
        hub = new LiveHub(
                new LiveConfig(3, 1, 5, 1_024),
                "test",
                new LivePipe(),
                new LiveRoads(
                        core,
                        () -> Journal.openReadOnly(directory.resolve("journal")),
                        () -> Journal.openReadOnly(directory.resolve("alerts")),
                        () -> 1,
                        i -> "car-1"),
                alert -> JsonNodeFactory.instance
                        .objectNode()
                        .put("state", alert.getState().name()),
                counters,
                errors::add);
        client = hub.connect(browser, List.of("read"), nowNs);
        client.onText(VIEW);
    }

    private Journal open(final String name) {
        final JournalConfig config = new JournalConfig(
                directory.resolve(name).toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        final Journal journal = Journal.open(config, () -> nowNs, new Counters(), new Latencies(), errors::add);
        journal.writer().observe((session, kind, number, sequence, duplicate) -> {}, sequence -> {});
        return journal;
    }

    private void append(final Journal journal, final RecordKind kind, final int device, final MessageLite message) {
        final UnsafeBuffer payload = new UnsafeBuffer(message.toByteArray());
        journal.writer().append(kind.getNumber(), device, 0, nowNs, payload, 0, payload.capacity());
    }

    @AfterEach
    void close() {
        hub.close();
        assertThat(errors).as("errors of the server itself").isEmpty();
    }

    private void until(final BooleanSupplier reached) {
        await().atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    hub.poll(System.nanoTime());
                    return reached.getAsBoolean();
                });
    }

    private static String at(final double second) {
        return Instant.ofEpochSecond(0, START_NS + (long) (second * SECOND_NS)).toString();
    }

    private double shownSecond() {
        return (browser.lastAtNs - START_NS) / (double) SECOND_NS;
    }

    /** Where the car is, in metres. */
    private double metres() {
        return browser.rows.values().stream()
                .mapToDouble(row -> (row.latE7() - 296_000_000) / E7_PER_METRE)
                .findFirst()
                .orElse(Double.NaN);
    }

    @Test
    void aTimeIsShownAsItWasAndGoesOn() {
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(10) + "\",\"speed\":10}");
        final JsonNode mode = browser.last("mode");
        assertThat(mode.path("mode").asText()).isEqualTo("replay");
        assertThat(mode.path("at").asText()).isEqualTo(at(10));
        assertThat(mode.path("speed").asDouble()).isEqualTo(10);
        assertThat(browser.texts("clear")).hasSize(1);
        until(() -> browser.frames > 0 && !browser.rows.isEmpty());
        assertThat(shownSecond()).isGreaterThanOrEqualTo(10);
        assertThat(metres()).as("a metre each tenth of a second").isBetween(97.0, shownSecond() * 10 + 1);
        assertThat(browser.last("names").path("devices").path("0").asText()).isEqualTo("car-1");
        until(() -> !browser.texts("alert").isEmpty());
        assertThat(shownSecond()).isBetween(19.9, 25.0);
        until(() -> !browser.texts("acknowledged").isEmpty());
        assertThat(browser.last("acknowledged").path("note").asText()).isEqualTo("seen");
        assertThat(browser.last("acknowledged").path("by").asText()).isEqualTo("car-1");
        until(() -> browser.texts("alert").size() == 2);
        assertThat(browser.last("alert").path("alert").path("state").asText()).isEqualTo("ALERT_STATE_CLEARED");
    }

    @Test
    void timeStandsAndGoesOnByASteps() {
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(10) + "\"}");
        until(() -> !browser.rows.isEmpty());
        client.onText("{\"type\":\"pause\"}");
        assertThat(browser.last("mode").path("paused").asBoolean()).isTrue();
        client.onText("{\"type\":\"seek\",\"to\":\"" + at(30) + "\"}");
        until(() -> browser.lastAtNs == START_NS + 30 * SECOND_NS && !browser.rows.isEmpty());
        assertThat(metres()).as("the last report before").isBetween(298.5, 299.5);
        client.onText("{\"type\":\"step\",\"millis\":100}");
        until(() -> browser.lastAtNs == START_NS + 30 * SECOND_NS + STEP_NS);
        assertThat(metres()).isBetween(299.5, 300.5);
        final int frames = browser.frames;
        final long enough = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
        until(() -> System.nanoTime() > enough);
        assertThat(browser.frames).as("time stands").isEqualTo(frames);
        client.onText("{\"type\":\"seek\",\"to\":\"" + at(22.5) + "\"}");
        until(() -> browser.lastAtNs == START_NS + 22_500_000_000L && !browser.rows.isEmpty());
        assertThat(browser.texts("alert")).as("it stands then").hasSize(1);
        client.onText("{\"type\":\"play\"}");
        until(() -> browser.lastAtNs > START_NS + 22_700_000_000L);
    }

    @Test
    void whereAServerStartedTheRoadIsEmptied() {
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(39.5) + "\",\"speed\":5}");
        until(() -> !browser.rows.isEmpty() && shownSecond() < RESTART);
        final long before = browser.rows.keySet().iterator().next();
        until(() -> shownSecond() > RESTART + 0.3 && !browser.rows.isEmpty());
        assertThat(browser.rows.keySet()).doesNotContain(before);
        assertThat(browser.texts("clear")).hasSize(2);
    }

    @Test
    void whatStoodWhenAServerStartedStandsNoMore() {
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(39.5) + "\"}");
        client.onText("{\"type\":\"pause\"}");
        until(() -> browser.texts("alert").size() == 1);
        client.onText("{\"type\":\"seek\",\"to\":\"" + at(41) + "\"}");
        until(() -> browser.lastAtNs == START_NS + 41 * SECOND_NS && !browser.rows.isEmpty());
        assertThat(browser.texts("alert")).hasSize(1);
    }

    @Test
    void atTheEndItWaitsForMore() {
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(59) + "\",\"speed\":100}");
        until(() -> shownSecond() >= SECONDS - 0.1 && !browser.rows.isEmpty());
        final long enough = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(200);
        until(() -> System.nanoTime() > enough);
        client.onText("{\"type\":\"step\",\"millis\":100}");
        until(() -> browser.lastAtNs >= START_NS + SECONDS * SECOND_NS - STEP_NS);
        client.onText("{\"type\":\"play\"}");
        try (Journal journal = open("journal")) {
            nowNs = START_NS + SECONDS * SECOND_NS;
            append(
                    journal,
                    RecordKind.RECORD_KIND_BSM,
                    0,
                    Messages.bsm(1, (int) (nowNs / 1_000_000 % 60_000), 600, 10));
            until(() -> metres() > 599.5);
            assertThat(shownSecond()).as("time has waited").isBetween(59.9, 60.5);
        }
    }

    @Test
    void onlySoManyAtOnceAndBackToTheRoadAsItIs() {
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(10) + "\"}");
        final Shown second = new Shown();
        final LiveClient other = hub.connect(second, List.of("read"), nowNs);
        other.onText("{\"type\":\"replay\",\"from\":\"" + at(10) + "\"}");
        assertThat(second.last("notice").path("rule").asText()).startsWith("at most 1 replays");
        client.onText("{\"type\":\"live\"}");
        assertThat(browser.last("mode").path("mode").asText()).isEqualTo("live");
        other.onText("{\"type\":\"replay\",\"from\":\"" + at(10) + "\"}");
        other.onText(VIEW);
        until(() -> !second.rows.isEmpty());
        assertThat(counters.get(Counter.LIVE_REPLAYS)).isEqualTo(2);
        assertThat(browser.rows).as("of the replay nothing is left").isEmpty();
        client.onText("{\"type\":\"seek\",\"to\":\"" + at(10) + "\"}");
        assertThat(browser.last("notice").path("rule").asText()).isEqualTo("is for replays only");
        other.onClosed();
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(10) + "\"}");
        assertThat(browser.last("mode").path("mode").asText()).isEqualTo("replay");
    }

    @Test
    void timesTheJournalDoesNotHaveAreRefused() {
        client.onText("{\"type\":\"replay\",\"from\":\"" + at(-1) + "\"}");
        assertThat(browser.last("notice").path("rule").asText()).contains(at(0));
    }
}
