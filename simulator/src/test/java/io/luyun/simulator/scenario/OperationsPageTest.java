package io.luyun.simulator.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.v1.Role;
import io.luyun.server.Messages;
import io.luyun.server.TestDevice;
import io.luyun.server.page.PageAudit;
import io.luyun.server.page.PageBrowser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The operations page of a real server in a real browser while simulated traffic drives. Leaves pictures of six states. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
final class OperationsPageTest {
    private static final String HOSTILE = "<script>document.title='taken'</script>";
    private static final String ALIVE = "const map = document.getElementById('map');"
            + " return Number(map?.dataset.framesPerSecond) > 0 && Number(map.dataset.participants) > 20";
    private static final String PICTURE =
            "return document.querySelector('.live-layer canvas:last-child')?.toDataURL() ?? ''";
    private static final String MOVED =
            "return (document.querySelector('.live-layer canvas:last-child')?.toDataURL() ?? '')" + " !== arguments[0]";
    /** The panel tells of this device: it is on the road, and its message stands below these words. */
    private static final String SHOWN = "const panel = document.querySelector('.panel');"
            + " return panel?.querySelector('h2').textContent === arguments[0] && panel.querySelector('.big-figure') !== null"
            + " && panel.querySelector('details summary')?.textContent.startsWith(arguments[1]) === true"
            + " && [...panel.querySelectorAll('.scroll > dl dd')].some((one) => one.textContent.split(', ').includes(arguments[0]))";

    private static final String NUMBER =
            "return [...document.querySelectorAll('.panel dt')].find((one) => one.textContent === 'Participant').nextElementSibling.textContent";

    @TempDir
    static Path directory;

    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static RunningZone zone;
    private static PageBrowser browser;
    private static int epoch = 1;

    @BeforeAll
    static void open() throws IOException {
        PageBrowser.demand();
        zone = new RunningZone(directory);
        browser = new PageBrowser(directory.resolve("first"), 1366, 768);
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
        if (zone != null) {
            zone.close();
        }
        HTTP.close();
    }

    @Test
    void vehiclesMoveAndNothingIsComplainedOf() {
        look("lang=zh-CN&theme=dark");
        browser.complaints();
        final Object before = browser.run(PICTURE);
        browser.until(MOVED, before);
        browser.picture("real-1-road-zh-dark");
        assertThat(PageAudit.findings(browser)).isEmpty();
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void anAlertIsOpenedAndAcknowledgedAndShownSoInASecondBrowser() {
        final JsonNode alert = speeding("car-" + epoch);
        final String id = alert.path("id").asText();
        look("lang=en&theme=dark&alert=" + id);
        browser.until(
                "return document.querySelectorAll('.situation').length === 1 && document.querySelectorAll('.steps li').length > 0");
        browser.until(
                "return [...document.querySelectorAll('.detail details summary')].some((one) => one.textContent.includes('BSM'))");
        browser.picture("real-2-alert-en-dark");
        try (PageBrowser second = new PageBrowser(directory.resolve("second"), 1280, 900)) {
            second.open(zone.address() + "/#lang=zh-CN&theme=light");
            second.until(ALIVE);
            second.until(
                    "const one = document.querySelector(`.alert[data-alert=\"${arguments[0]}\"]`); return one !== null && !one.textContent.includes('ops:local')",
                    id);
            browser.find(".acknowledge textarea").sendKeys("patrol sent <b>now</b>");
            browser.click(".acknowledge .primary");
            browser.until("return document.querySelector('.acknowledged q')?.textContent === 'patrol sent <b>now</b>'");
            second.until(
                    "return document.querySelector(`.alert[data-alert=\"${arguments[0]}\"] .mark`)?.textContent.includes('ops:local') === true",
                    id);
            second.picture("real-3-acknowledged-zh-light");
            assertThat(PageAudit.findings(second)).isEmpty();
        }
        assertThat(ask("alerts/" + id).at("/acknowledgements/0/note").asText()).isEqualTo("patrol sent <b>now</b>");
    }

    @Test
    void replayScrubsToAnAlertAndComesBack() {
        final JsonNode alert = speeding("car-" + epoch);
        final String id = alert.path("id").asText();
        final long raisedMs = Instant.parse(alert.path("raisedAt").asText()).toEpochMilli();
        look("lang=en&theme=dark");
        browser.find(".strip");
        // What the strip shows ends up to ten seconds ago: it is pressed that much and a second before the alert.
        browser.run(
                "const strip = document.querySelector('.strip'); const box = strip.getBoundingClientRect();"
                        + "const at = Number(strip.getAttribute('aria-valuenow')) - (Date.now() - arguments[0]) / 1000 - 1;"
                        + "const x = box.left + box.width * at / Number(strip.getAttribute('aria-valuemax'));"
                        + "strip.dispatchEvent(new PointerEvent('pointerdown', {button: 0, clientX: x, clientY: box.top + 9, bubbles: true}))",
                raisedMs);
        browser.until("return document.querySelector('.timeline.replay') !== null");
        browser.until(
                "return document.querySelector(`.alert[data-alert=\"${arguments[0]}\"]`) !== null && Number(document.getElementById('map').dataset.participants) > 20",
                id);
        browser.click(".controls .round[aria-label='Pause']");
        browser.find(".controls .round[aria-label='Play']");
        browser.click(".alert[data-alert='" + id + "']");
        browser.until("return document.querySelectorAll('.situation').length === 1");
        browser.click(".detail .actions button:first-child");
        browser.until(
                "return document.querySelector('.panel') !== null && document.querySelectorAll('.detail details').length > 0");
        browser.picture("real-4-replay-en-dark");
        final Object before = browser.run(PICTURE);
        for (int i = 0; i < 10; i++) {
            browser.click(".controls .round[aria-label='One step']");
        }
        browser.until(MOVED, before);
        browser.click(".controls button:first-child");
        browser.until(
                "return document.querySelector('.timeline.replay') === null && document.querySelector('.connection.live') !== null");
        browser.click(".map-tools button:nth-child(3)");
        browser.until(ALIVE);
    }

    @Test
    void aReplayAndTheWayBackFindTheSameVehicleAgain() {
        final String device = "veh-0003";
        look("lang=en&theme=dark");
        browser.find(".find input").sendKeys(device + "\n");
        browser.until(SHOWN, device, "Fields of the latest message");
        final Object live = browser.run(NUMBER);
        browser.click(".controls .round[aria-label='10 seconds back']");
        browser.find(".connection.replay");
        // Road users have other numbers there: it is found by its device, and its message is the journal's of that
        // time.
        browser.until(SHOWN, device, "Fields at");
        assertThat(browser.run(NUMBER)).isNotEqualTo(live);
        browser.picture("real-7-replay-same-vehicle");
        browser.click(".controls button:first-child");
        browser.find(".connection.live");
        browser.until(SHOWN, device, "Fields of the latest message");
        assertThat(browser.run(NUMBER)).isEqualTo(live);
    }

    @Test
    void languageAndThemeSwitch() {
        look("lang=en&theme=dark");
        assertThat(browser.find("nav a").getText()).isEqualTo("Map");
        browser.click(".tools button[lang='zh-CN']");
        browser.until(
                "return document.documentElement.lang === 'zh-CN' && document.querySelector('nav a').textContent === '地图'");
        browser.click(".tools button[aria-label='深色或浅色']");
        browser.until("return document.documentElement.dataset.theme === 'light'");
        browser.picture("real-5-road-zh-light");
    }

    @Test
    void aHostileNameStaysText() throws IOException {
        speeding(HOSTILE);
        look("lang=en&theme=dark");
        browser.until(
                "return [...document.querySelectorAll('.alert .who')].some((one) => one.textContent.startsWith(arguments[0]))",
                HOSTILE);
        try (TestDevice _ = TestDevice.open(zone.devicePort(), HOSTILE, Role.ROLE_OBU, epoch++)) {
            browser.click("nav a[href='#view=devices']");
            browser.until(
                    "return [...document.querySelectorAll('td .link')].some((one) => one.textContent === arguments[0])",
                    HOSTILE);
        }
        assertThat(browser.driver().getTitle()).isEqualTo("Luyun · Operations");
        assertThat(browser.run(
                        "return [...document.scripts].filter((one) => one.textContent.includes('taken')).length"))
                .isEqualTo(0L);
    }

    @Test
    void everyViewHasSomethingToShowAndEvidenceIsFrozenAndVerified() {
        look("lang=en&theme=dark&view=supervision");
        browser.until(
                "return [...document.querySelectorAll('tbody tr')].filter((one) => one.textContent.includes('veh-0001') && one.textContent.includes('km')).length === 1");
        assertThat(PageAudit.findings(browser)).isEmpty();
        browser.click("nav a[href='#view=figures']");
        browser.until("return document.querySelectorAll('.plot canvas').length >= 6");
        assertThat(PageAudit.findings(browser)).isEmpty();
        browser.click("nav a[href='#view=evidence']");
        browser.find(".freeze input").sendKeys("near miss");
        browser.click(".freeze .primary");
        final String row =
                "const row = [...document.querySelectorAll('tbody tr')].find((one) => one.textContent.includes('near miss'));";
        browser.until(row + "return row !== undefined");
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> ask("evidence")
                        .path("packages")
                        .findValuesAsText("reason")
                        .contains("near miss"));
        browser.until(row
                + "const button = row?.querySelector('td button:not(.link)'); button?.click(); return Boolean(button)");
        browser.until(row + "return row?.querySelector('.lamp[role=status]')?.textContent === 'whole'");
        browser.picture("real-evidence-en-dark");
        assertThat(PageAudit.findings(browser)).isEmpty();
    }

    @Test
    void aLostConnectionShowsAndHeals() throws IOException {
        look("lang=en&theme=dark");
        zone.stop();
        assertThat(browser.find(".lost-bar").getText()).contains("Connection lost: this picture is");
        browser.find(".map-area.stale");
        browser.picture("real-6-lost-en-dark");
        zone.start();
        browser.until(
                "return document.querySelector('.lost-bar') === null && document.querySelector('.connection.live') !== null");
        browser.until(ALIVE);
        final Object before = browser.run(PICTURE);
        browser.until(MOVED, before);
    }

    private static void look(final String hash) {
        browser.open("about:blank");
        browser.open(zone.address() + "/#" + hash);
        if (hash.contains("view=")) {
            browser.find(".connection.live");
        } else {
            browser.until(ALIVE);
        }
    }

    /** A car of this name drives faster than a unit's sign allows until that has been noticed; the alert. */
    private static JsonNode speeding(final String name) {
        final int own = epoch++;
        final String question = "alerts?kind=SLW&limit=1&device=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        try (TestDevice unit = TestDevice.open(zone.devicePort(), "sign-" + own, Role.ROLE_RSU, own);
                TestDevice car = TestDevice.open(zone.devicePort(), name, Role.ROLE_OBU, own)) {
            unit.send(1, Messages.limit(40, 0, 500));
            unit.awaitAck(1);
            final long startNs = System.nanoTime();
            final long[] number = new long[1];
            Awaitility.await()
                    .atMost(Duration.ofSeconds(15))
                    .pollInterval(Duration.ofMillis(100))
                    .until(() -> {
                        final double seconds = (System.nanoTime() - startNs) / 1e9;
                        final int secMark = (int) (System.currentTimeMillis() % 60_000);
                        car.send(++number[0], Messages.bsm(300 + own, secMark, 60 + seconds * 15, 15));
                        car.awaitAck(number[0]);
                        return !ask(question).path("alerts").isEmpty();
                    });
            return ask(question).at("/alerts/0");
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode ask(final String path) {
        try {
            return new ObjectMapper()
                    .readTree(HTTP.send(
                                    HttpRequest.newBuilder(URI.create(zone.address() + "/api/v1/" + path))
                                            .build(),
                                    BodyHandlers.ofString())
                            .body());
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
