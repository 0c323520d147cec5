package io.luyun.server;

import static io.luyun.server.Messages.bsm;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.proto.v1.AlertAcknowledgement;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Role;
import io.luyun.server.live.Shown;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A running server, devices that send and browsers that watch, over real sockets. */
final class LiveViewTest {
    private static final String VIEW = "{\"type\":\"view\",\"box\":[106.2,29.5,106.4,29.7],\"hz\":10}";

    @TempDir
    private Path directory;

    private final TestClock clock = new TestClock();

    @ParameterizedTest
    @ValueSource(strings = {"shared", "dedicated"})
    void whatADeviceSendsABrowserSeesLiveAndAgain(final String mode) throws IOException {
        try (TestServer server = new TestServer(directory, mode, clock, "");
                TestDevice unit = server.open("<script>", Role.ROLE_RSU, 1);
                TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                TestDevice desk = server.open("desk-1", Role.ROLE_OPERATOR, 1);
                WatchingBrowser browser = new WatchingBrowser(server.httpPort())) {
            assertThat(browser.last("hello").path("mode").asText()).isEqualTo("live");
            browser.say(VIEW);
            unit.send(1, Messages.limit(40, 0, 500));
            unit.awaitAck(1);
            final Instant begin = now();
            int number = 0;
            while (!browser.is(shown -> shown.texts("alert").stream().anyMatch(LiveViewTest::isSpeeding))) {
                number++;
                car.send(number, bsm(1, clock.secMark(), 60 + number * 1.5, 15));
                car.awaitAck(number);
                clock.passMillis(50);
                assertThat(number).as("an alert is raised soon").isLessThan(200);
            }
            browser.until(shown -> !shown.rows.isEmpty());
            final Shown.Row row = browser.rows().getFirst();
            assertThat(row.speed()).isEqualTo(750);
            assertThat(row.flags() & 1).as("reports itself").isEqualTo(1);
            assertThat(browser.last("names")
                            .path("devices")
                            .path(Integer.toString(row.device()))
                            .asText())
                    .isEqualTo("car-1");
            assertThat(browser.last("units").path("units").path(0).path("id").asText())
                    .isEqualTo("<script>");
            final JsonNode alert = browser.texts("alert").stream()
                    .filter(LiveViewTest::isSpeeding)
                    .findFirst()
                    .orElseThrow()
                    .path("alert");
            assertThat(alert.path("subject").path("device").asText()).isEqualTo("car-1");
            desk.send(DeviceFrame.newBuilder()
                    .setAlertAcknowledgement(AlertAcknowledgement.newBuilder()
                            .setAlertId(Long.parseUnsignedLong(alert.path("id").asText()))
                            .setNote("patrol sent")));
            assertThat(browser.last("acknowledged").path("note").asText()).isEqualTo("patrol sent");
            assertThat(browser.last("acknowledged").path("by").asText()).isEqualTo("desk-1");

            browser.say("{\"type\":\"replay\",\"from\":\"" + begin + "\",\"speed\":1}");
            browser.until(shown -> shown.texts("mode").size() == 1
                    && shown.texts("acknowledged").size() == 2);
            browser.until(shown -> !shown.rows.isEmpty());
            browser.say("{\"type\":\"live\"}");
            browser.until(shown -> shown.texts("mode").size() == 2);
            assertThat(browser.last("mode").path("mode").asText()).isEqualTo("live");
            assertThat(server.count(Counter.LIVE_REPLAYS)).isEqualTo(1);
            assertThat(server.count(Counter.LIVE_SKIPPED)).isZero();
        }
    }

    @Test
    void onlySoManyWatchAndAllAreToldToGoWhenTheServerEnds() throws IOException {
        final TestServer server = new TestServer(directory, "shared", clock, "live: {maxBrowsers: 1}");
        try (TestDevice car = server.open("car-1", Role.ROLE_OBU, 1);
                WatchingBrowser browser = new WatchingBrowser(server.httpPort())) {
            car.welcome(); // something is in the journal
            browser.last("hello");
            try (WatchingBrowser second = new WatchingBrowser(server.httpPort())) {
                await().pollInterval(Duration.ofMillis(5)).until(() -> second.closedWith() == 1013);
            }
            browser.say(VIEW);
            browser.say("{\"type\":\"replay\",\"from\":\"" + now() + "\"}");
            browser.last("mode");
            server.close();
            await().pollInterval(Duration.ofMillis(5)).until(() -> browser.closedWith() != 0);
            assertThat(browser.closedWith()).isEqualTo(1001);
        } finally {
            server.close();
        }
    }

    private static boolean isSpeeding(final JsonNode text) {
        return text.path("alert").path("kind").asText().equals("SLW");
    }

    private Instant now() {
        return Instant.ofEpochSecond(0, clock.nanoTime());
    }
}
