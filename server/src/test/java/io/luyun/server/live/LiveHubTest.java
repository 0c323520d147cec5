package io.luyun.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.server.LeastAllocation;
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
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A road, its feed and the browsers that watch it, on one thread and under a clock of the test. */
final class LiveHubTest {
    private static final String EVERYWHERE = "[106.0,29.0,107.0,30.0]";
    private static final long FRAME_NS = 100_000_000L;

    @TempDir
    private Path directory;

    private final MovingRoad road = new MovingRoad();
    private final List<Throwable> errors = new ArrayList<>();
    private long machineNs = 1_000_000_000L;
    private LiveHub hub;

    @BeforeEach
    void open() {
        final Path journal = directory.resolve("journal");
        Journal.open(
                        new JournalConfig(
                                journal.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0),
                        () -> road.nowNs,
                        new Counters(),
                        new Latencies(),
                        errors::add)
                .close();
        hub = hub(new LiveConfig(3, 1, 10, 16), journal);
    }

    private LiveHub hub(final LiveConfig config, final Path journal) {
        final CoreConfig core = new CoreConfig(
                ZoneMap.empty(MovingRoad.LAT_E7, MovingRoad.LON_E7),
                WorldConfig.DEFAULT,
                SiteConfig.DEFAULT,
                AlertConfig.DEFAULT);
        return new LiveHub(
                config,
                "test",
                road.pipe,
                new LiveRoads(
                        core,
                        () -> Journal.openReadOnly(journal),
                        () -> Journal.openReadOnly(journal),
                        () -> 0,
                        i -> ""),
                LiveHubTest::form,
                road.counters,
                errors::add);
    }

    @AfterEach
    void close() {
        hub.close();
        assertThat(errors).as("errors of the server itself").isEmpty();
    }

    private static JsonNode form(final Alert alert) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", Long.toUnsignedString(alert.getAlertId()))
                .put("state", alert.getState().name());
    }

    private LiveClient connect(final Shown browser) {
        return hub.connect(browser, List.of("read", "operate"), road.nowNs);
    }

    private void pass() {
        road.pass();
        machineNs += FRAME_NS;
        hub.poll(machineNs);
    }

    private static String view(final String box, final int hz) {
        return "{\"type\":\"view\",\"box\":" + box + ",\"hz\":" + hz + "}";
    }

    @Test
    void aBrowserIsShownWhatIsInItsBoxAndWhatChanges() {
        final Shown browser = new Shown();
        final LiveClient client = connect(browser);
        assertThat(browser.last("hello").path("zone").isTextual()).isTrue();
        assertThat(browser.last("hello").path("scopes")).hasSize(2);
        road.move(1, 0, 0);
        road.move(2, 50_000, 50_000);
        road.move(3, 5_000_000, 0);
        pass();
        assertThat(browser.frames).as("has not said what it looks at").isZero();
        client.onText(view("[106.29,29.59,106.31,29.61]", 10));
        road.move(2, 50_010, 50_010);
        pass();
        assertThat(browser.lastSnapshot).isTrue();
        assertThat(browser.rows.keySet()).containsExactlyInAnyOrder(road.id(1), road.id(2));
        final Shown.Row row = browser.rows.get(road.id(1));
        assertThat(row.latE7()).isEqualTo(MovingRoad.LAT_E7);
        assertThat(row.lonE7()).isEqualTo(MovingRoad.LON_E7);
        assertThat(row.speed()).isEqualTo(500);
        assertThat(row.heading()).isEqualTo(7_200);
        assertThat(row.flags()).isEqualTo(PositionRow.REPORTS_ITSELF);
        assertThat(row.device()).isEqualTo(1);
        assertThat(row.seenBy()).isEqualTo(-1);
        assertThat(row.ageMs()).isEqualTo(200);
        assertThat(browser.lastAtNs).isEqualTo(road.nowNs);
        assertThat(browser.last("names").path("devices").path("1").asText()).isEqualTo("veh-1");

        road.move(1, 1_000, 0);
        pass();
        assertThat(browser.lastSnapshot).isFalse();
        assertThat(browser.lastRows).as("only what changed").isEqualTo(1);
        assertThat(browser.rows.get(road.id(1)).latE7()).isEqualTo(MovingRoad.LAT_E7 + 1_000);
        assertThat(browser.texts("names")).as("named once").hasSize(1);

        road.move(2, 500_000, 0);
        road.move(3, 0, 0);
        pass();
        assertThat(browser.rows.keySet())
                .as("one has left the box, another come")
                .containsExactlyInAnyOrder(road.id(1), road.id(3));
    }

    @Test
    void whoFallsSilentCoastsAndIsGone() {
        final Shown browser = new Shown();
        connect(browser).onText(view(EVERYWHERE, 10));
        road.move(1, 0, 0);
        pass();
        for (int i = 0; i < 5; i++) {
            pass();
        }
        final Shown.Row coasting = browser.rows.values().iterator().next();
        assertThat(coasting.flags() & PositionRow.COASTS).isNotZero();
        assertThat(coasting.ageMs()).isEqualTo(600);
        assertThat(coasting.lonE7()).as("goes on to the east").isGreaterThan(MovingRoad.LON_E7);
        for (int i = 0; i < 20; i++) {
            pass();
        }
        assertThat(browser.rows).isEmpty();
    }

    @Test
    void aNewBoxIsASnapshotAndWhoIsFollowedIsShownOutsideOfIt() {
        final Shown browser = new Shown();
        final LiveClient client = connect(browser);
        client.onText(view("[106.29,29.59,106.31,29.61]", 10));
        road.move(1, 0, 0);
        road.move(2, 5_000_000, 0);
        pass();
        client.onText("{\"type\":\"watch\",\"participant\":\"" + road.id(2) + "\"}");
        road.move(2, 5_001_000, 0);
        pass();
        assertThat(browser.rows.keySet()).containsExactlyInAnyOrder(road.id(1), road.id(2));
        client.onText(view("[106.29,30.0,106.31,30.2]", 10));
        hub.poll(machineNs);
        assertThat(browser.lastSnapshot)
                .as("at once, without a turn of the road")
                .isTrue();
        assertThat(browser.rows.keySet()).containsExactly(road.id(2));
        client.onText("{\"type\":\"watch\",\"participant\":null}");
        road.move(2, 5_002_000, 0);
        road.move(1, 100, 0);
        pass();
        assertThat(browser.rows.keySet()).as("30.1 is in the box").containsExactly(road.id(2));
    }

    @Test
    void whoIsFollowedAgainIsSentAgainThoughItHasNotMoved() {
        final Shown browser = new Shown();
        final LiveClient client = connect(browser);
        client.onText(view("[106.29,29.59,106.31,29.61]", 10));
        road.move(2, 5_000_000, 0);
        client.onText("{\"type\":\"watch\",\"participant\":\"" + road.id(2) + "\"}");
        pass();
        assertThat(browser.rows).hasSize(1);
        client.onText("{\"type\":\"watch\",\"participant\":null}");
        road.move(1, 0, 0);
        road.pass();
        machineNs += FRAME_NS;
        hub.poll(machineNs);
        assertThat(browser.rows.keySet()).containsExactly(road.id(1));
        client.onText("{\"type\":\"watch\",\"participant\":\"" + road.id(2) + "\"}");
        machineNs += FRAME_NS;
        hub.poll(machineNs);
        assertThat(browser.rows.keySet()).containsExactlyInAnyOrder(road.id(1), road.id(2));
    }

    @Test
    void nothingIsHandedOverWhileNobodyWatches() throws IOException {
        for (int i = 0; i < 100; i++) {
            road.move(i, i * 1_000, 0);
        }
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long bytes = LeastAllocation.of(threads::getCurrentThreadAllocatedBytes, 1_000, () -> {
            for (int i = 0; i < 1_000; i++) {
                road.nowNs += MovingRoad.STEP_NS;
                road.feed.doWork(road.nowNs);
            }
        });
        assertThat(bytes).isLessThan(1_000);
        assertThat(road.pipe.take()).isNull();
        final Shown browser = new Shown();
        final LiveClient client = connect(browser);
        client.onText(view(EVERYWHERE, 10));
        road.move(1, 0, 0);
        pass();
        assertThat(browser.rows).hasSize(1);
        client.onClosed();
        pass();
        assertThat(hub.watched()).isFalse();
        assertThat(road.pipe.take()).isNull();
    }

    @Test
    void aTurnOfTheRoadAllocatesNothingForItsVehicles() throws IOException {
        final int vehicles = 5_000;
        final Shown browser = new Shown();
        browser.writable = false;
        connect(browser);
        for (int i = 0; i < vehicles; i++) {
            road.move(i, i * 1_000, i % 100 * 1_000);
        }
        pass();
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        final long bytes = LeastAllocation.of(threads::getCurrentThreadAllocatedBytes, vehicles, () -> {
            // coasting vehicles are told at every turn
            road.nowNs += MovingRoad.STEP_NS;
            road.world.onTick(road.nowNs - 1_000_000_000L);
            road.feed.doWork(road.nowNs);
            LiveHub.drain(road.pipe, hub.live());
        });
        assertThat(bytes).as("less than a byte for each").isLessThan(vehicles);
    }

    @Test
    void manyVehiclesInBoxesAtRandomAreShownAsABruteSearchFindsThem() {
        final long seed = System.nanoTime();
        System.out.println("LiveHubTest seed " + seed);
        final Random random = new Random(seed);
        final int vehicles = 20_000;
        final int[] north = new int[vehicles];
        final int[] east = new int[vehicles];
        final Shown browser = new Shown();
        final LiveClient client = connect(browser);
        for (int turn = 0; turn < 6; turn++) {
            for (int i = 0; i < vehicles; i++) {
                if (turn == 0 || random.nextInt(4) > 0) {
                    // 20 km each way, so far that nobody is taken for another
                    final int reach = random.nextInt(10) == 0 ? 100_000 : 200;
                    north[i] = turn == 0 ? random.nextInt(2_000_000) : north[i] + random.nextInt(reach) - reach / 2;
                    east[i] = turn == 0 ? random.nextInt(2_000_000) : east[i] + random.nextInt(reach) - reach / 2;
                }
                road.move(i, north[i], east[i]);
            }
            final int west = random.nextInt(1_500_000);
            final int south = random.nextInt(1_500_000);
            final int side = turn % 2 == 0 ? 60_000 : 500_000;
            if (turn % 3 != 2) {
                client.onText(view(
                        "[" + degrees(MovingRoad.LON_E7 + west) + "," + degrees(MovingRoad.LAT_E7 + south) + ","
                                + degrees(MovingRoad.LON_E7 + west + side) + ","
                                + degrees(MovingRoad.LAT_E7 + south + side) + "]",
                        10));
                box = new Box(
                        MovingRoad.LON_E7 + west,
                        MovingRoad.LAT_E7 + south,
                        MovingRoad.LON_E7 + west + side,
                        MovingRoad.LAT_E7 + south + side);
            }
            pass();
            final List<Long> expected = new ArrayList<>();
            road.world.forEach(p -> {
                if (box.contains(p.latE7(), p.lonE7())) {
                    expected.add(p.id());
                }
            });
            assertThat(browser.rows.keySet()).containsExactlyInAnyOrderElementsOf(expected);
            road.world.forEach(p -> {
                final Shown.Row row = browser.rows.get(p.id());
                if (row != null) {
                    assertThat(row.latE7()).isEqualTo(p.latE7());
                    assertThat(row.lonE7()).isEqualTo(p.lonE7());
                }
            });
        }
    }

    private Box box = new Box(0, 0, 0, 0);

    private static String degrees(final int e7) {
        return Double.toString(e7 / 1e7);
    }

    @Test
    void alertsReachEverybodyAndThoseWhoComeLater() {
        final Shown early = new Shown();
        connect(early).onText(view(EVERYWHERE, 10));
        road.move(1, 0, 0);
        pass();
        road.feed.onAlert(alert(7, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
        road.feed.onAlertAcknowledged(
                AlertAcknowledgement.newBuilder()
                        .setAlertId(7)
                        .setNote("<script>")
                        .build(),
                "desk",
                road.nowNs);
        pass();
        assertThat(early.last("alert").path("alert").path("id").asText()).isEqualTo("7");
        assertThat(early.last("acknowledged").path("note").asText()).isEqualTo("<script>");
        assertThat(early.last("acknowledged").path("by").asText()).isEqualTo("desk");
        assertThat(early.rows.get(road.id(1)).flags() & PositionRow.ALERTED).isNotZero();

        final Shown late = new Shown();
        connect(late);
        pass();
        assertThat(late.texts("alert")).hasSize(1);
        assertThat(late.texts("acknowledged")).hasSize(1);

        road.feed.onAlert(alert(7, AlertState.ALERT_STATE_CLEARED), 1, road.nowNs);
        pass();
        assertThat(early.last("alert").path("alert").path("state").asText()).isEqualTo("ALERT_STATE_CLEARED");
        assertThat(early.rows.get(road.id(1)).flags() & PositionRow.ALERTED).isZero();
        final Shown last = new Shown();
        connect(last);
        pass();
        assertThat(last.texts("alert")).as("it is over").isEmpty();
    }

    @Test
    void alertsRaisedWhileNobodyWatchedStandWhenSomebodyComes() {
        road.feed.onAlert(alert(7, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
        pass();
        final Shown browser = new Shown();
        connect(browser);
        pass();
        assertThat(browser.texts("alert")).hasSize(1);
    }

    @Test
    void whatWasShownBeforeNobodyWatchedIsNotShownAgain() {
        final LiveClient first = connect(new Shown());
        road.move(1, 0, 0);
        road.feed.onAlert(alert(7, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
        pass();
        first.onClosed();
        road.feed.onAlert(alert(7, AlertState.ALERT_STATE_CLEARED), 1, road.nowNs);
        for (int i = 0; i < 30; i++) {
            pass();
        }
        final Shown browser = new Shown();
        connect(browser).onText(view(EVERYWHERE, 10));
        hub.poll(machineNs);
        assertThat(browser.frames).as("the road has not told yet").isZero();
        pass();
        assertThat(browser.texts("alert")).as("it is over").isEmpty();
        assertThat(browser.frames).isEqualTo(1);
        assertThat(browser.rows).isEmpty();
    }

    @Test
    void whatNobodyTakesIsLeftOutAndToldAnew() {
        final Shown browser = new Shown();
        connect(browser).onText(view(EVERYWHERE, 10));
        road.move(1, 0, 0);
        pass();
        road.move(2, 100_000, 0);
        for (int i = 0; i < 30; i++) {
            if (i < 4) {
                road.move(1, i * 10, 0);
            }
            road.move(2, 100_000 + i * 10, 0);
            if (i == 10) {
                road.feed.onAlert(alert(7, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
                road.feed.onAlert(alert(7, AlertState.ALERT_STATE_CLEARED), 1, road.nowNs);
            }
            road.pass();
        }
        assertThat(road.counters.get(Counter.LIVE_SKIPPED)).isEqualTo(26);
        pass();
        pass();
        assertThat(browser.rows.keySet()).as("the first one went meanwhile").containsExactly(road.id(2));
        assertThat(browser.texts("alert")).as("no step is left out").hasSize(2);
        assertThat(browser.texts("notice")).isEmpty();
    }

    @Test
    void alertsBeyondTheBoundAreCountedAndTold() {
        final Shown browser = new Shown();
        connect(browser);
        pass();
        for (int i = 0; i < 5_000; i++) {
            road.feed.onAlert(alert(100 + i, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
            road.feed.onAlert(alert(100 + i, AlertState.ALERT_STATE_CLEARED), 1, road.nowNs);
        }
        browser.writable = false;
        pass();
        assertThat(road.counters.get(Counter.LIVE_ALERTS_LOST)).isEqualTo(10_000 - 4_096);
        assertThat(browser.closedWith).as("4,096 texts are more than 16 KiB").isEqualTo(Outbox.TRY_AGAIN_LATER);
        final Shown second = new Shown();
        connect(second);
        pass();
        for (int i = 0; i < 5_000; i++) {
            road.feed.onAlert(alert(100 + i, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
            road.feed.onAlert(alert(100 + i, AlertState.ALERT_STATE_CLEARED), 1, road.nowNs);
        }
        pass();
        assertThat(second.last("notice").path("code").asText()).isEqualTo("alerts-lost");
    }

    @Test
    void aBurstClosesNobodyWhoReadsOn() {
        final Shown browser = new Shown();
        connect(browser);
        pass();
        browser.writable = false;
        raise(1, 500);
        pass();
        assertThat(browser.closedWith).as("more than 16 KiB wait, for a moment").isZero();
        browser.writable = true;
        pass();
        assertThat(browser.texts("alert")).hasSize(500);
        browser.writable = false;
        raise(501, 500);
        for (int i = 0; i < 10; i++) {
            pass();
        }
        assertThat(browser.closedWith).as("for no more than a second").isZero();
        pass();
        pass();
        assertThat(browser.closedWith).as("for longer").isEqualTo(Outbox.TRY_AGAIN_LATER);
        assertThat(road.counters.get(Counter.LIVE_CLOSED)).isEqualTo(1);
    }

    private void raise(final int first, final int count) {
        for (int i = first; i < first + count; i++) {
            road.feed.onAlert(alert(i, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
        }
    }

    @Test
    void aBrowserThatDoesNotReadLosesFramesAndNothingElse() {
        final Shown browser = new Shown();
        connect(browser).onText(view(EVERYWHERE, 10));
        road.move(1, 0, 0);
        pass();
        final int before = browser.frames;
        browser.writable = false;
        for (int i = 0; i < 10; i++) {
            road.move(1, i * 10, 0);
            if (i == 5) {
                road.feed.onAlert(alert(7, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
            }
            pass();
        }
        assertThat(browser.frames).isEqualTo(before);
        assertThat(road.counters.get(Counter.LIVE_FRAMES_SKIPPED)).isPositive();
        browser.writable = true;
        pass();
        assertThat(browser.frames).as("one with the latest").isEqualTo(before + 1);
        assertThat(browser.rows.get(road.id(1)).latE7()).isEqualTo(MovingRoad.LAT_E7 + 90);
        assertThat(browser.texts("alert")).hasSize(1);
    }

    @Test
    void framesComeAsOftenAsWishedAtMost() {
        final Shown slow = new Shown();
        final Shown fast = new Shown();
        connect(slow).onText(view(EVERYWHERE, 2));
        connect(fast).onText(view(EVERYWHERE, 10));
        for (int i = 0; i < 50; i++) {
            road.move(1, i * 10, 0);
            pass();
        }
        assertThat(slow.frames).isBetween(9, 11);
        assertThat(fast.frames).isBetween(49, 50);
    }

    @Test
    void aServerThatStartsClearsAllThatWasShown() {
        final Shown browser = new Shown();
        connect(browser).onText(view(EVERYWHERE, 10));
        road.move(1, 0, 0);
        road.feed.onAlert(alert(7, AlertState.ALERT_STATE_RAISED), 1, road.nowNs);
        pass();
        road.world.clear();
        road.feed.onServerStarted(ServerStarted.getDefaultInstance(), road.nowNs);
        road.move(2, 0, 0);
        pass();
        assertThat(browser.texts("clear")).hasSize(1);
        assertThat(browser.rows.keySet()).containsExactly(road.id(2));
        assertThat(browser.rows.get(road.id(2)).flags() & PositionRow.ALERTED).isZero();
    }

    @Test
    void whatCannotBeUsedIsRefusedWithFieldValueAndRule() {
        final Shown browser = new Shown();
        final LiveClient client = connect(browser);
        assertRefused(client, browser, "[]", "message");
        assertRefused(client, browser, "{\"type\":\"view\"", "message");
        assertRefused(client, browser, "{\"type\":\"live\"} {}", "message");
        assertRefused(client, browser, "{\"type\":\"live\",\"type\":\"live\"}", "message");
        assertRefused(client, browser, "{\"type\":\"dance\"}", "type");
        assertRefused(client, browser, "{\"type\":\"live\",\"speed\":1}", "speed");
        assertRefused(client, browser, "{\"type\":\"view\",\"box\":[1,2,3],\"hz\":5}", "box");
        assertRefused(client, browser, "{\"type\":\"view\",\"box\":[1,2,3,\"4\"],\"hz\":5}", "box");
        assertRefused(client, browser, "{\"type\":\"view\",\"box\":[3,2,1,4],\"hz\":5}", "box");
        assertRefused(client, browser, "{\"type\":\"view\",\"box\":[-181,2,1,4],\"hz\":5}", "box");
        assertRefused(client, browser, view(EVERYWHERE, 11), "hz");
        assertRefused(client, browser, "{\"type\":\"watch\",\"participant\":7}", "participant");
        assertRefused(client, browser, "{\"type\":\"pause\"}", "type");
        assertRefused(client, browser, "{\"type\":\"replay\",\"from\":\"yesterday\"}", "from");
        assertRefused(
                client, browser, "{\"type\":\"replay\",\"from\":\"2026-01-01T00:00:00Z\",\"speed\":101}", "speed");
        assertRefused(client, browser, "{\"type\":\"replay\",\"from\":\"2026-01-01T00:00:00Z\"}", "from");
        client.onBinary();
        assertThat(browser.last("notice").path("value").asText()).isEqualTo("(binary)");
        assertThat(road.counters.get(Counter.LIVE_REFUSED)).isEqualTo(17);
        for (int i = 0; i < 4; i++) {
            client.onBinary();
        }
        assertThat(browser.closedWith).as("too much of it").isEqualTo(Outbox.POLICY_VIOLATION);
        hub.poll(machineNs);
        assertThat(hub.watched()).isFalse();
    }

    private static void assertRefused(
            final LiveClient client, final Shown browser, final String text, final String field) {
        final int before = browser.texts("notice").size();
        client.onText(text);
        assertThat(browser.texts("notice")).as(text).hasSize(before + 1);
        final JsonNode notice = browser.last("notice");
        assertThat(notice.path("field").asText()).as(text).isEqualTo(field);
        assertThat(notice.path("rule").asText()).as(text).isNotEmpty();
        assertThat(notice.path("text").asText())
                .startsWith(field + " = ")
                .endsWith(notice.path("rule").asText());
    }

    @Test
    void tooManyBrowsersAreSentAway() {
        for (int i = 0; i < 3; i++) {
            assertThat(connect(new Shown())).isNotNull();
        }
        final Shown fourth = new Shown();
        assertThat(connect(fourth)).isNull();
        assertThat(fourth.closedWith).isEqualTo(Outbox.TRY_AGAIN_LATER);
    }

    private Alert alert(final long id, final AlertState state) {
        return Alert.newBuilder()
                .setAlertId(id)
                .setState(state)
                .setSubject(AlertParty.newBuilder().setParticipantId(road.id(1)))
                .setAtNs(road.nowNs)
                .build();
    }
}
