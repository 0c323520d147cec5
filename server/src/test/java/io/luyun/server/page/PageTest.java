package io.luyun.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The page in a real browser against a made-up server that keeps to the contract. */
final class PageTest {
    private static final String MOVING = "return Number(document.getElementById('map')?.dataset.framesPerSecond) > 0"
            + " && Number(document.getElementById('map').dataset.participants) > 0";
    private static final String PICTURE =
            "const canvas = document.querySelector('.live-layer canvas:last-child'); return canvas.toDataURL()";

    @TempDir
    static Path profiles;

    private static PageBrowser browser;
    private MockOps server;

    @BeforeAll
    static void openBrowser() {
        PageBrowser.demand();
        browser = new PageBrowser(profiles.resolve("first"), 1600, 900);
    }

    @AfterAll
    static void closeBrowser() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void startServer() throws InterruptedException {
        server = new MockOps(300, null);
    }

    @AfterEach
    void closeServer() {
        server.close();
    }

    @Test
    void vehiclesMoveAndNothingComesFromOutside() {
        open("lang=zh-CN");
        browser.complaints();
        final Object before = browser.run(PICTURE);
        browser.until(
                "return document.querySelector('.live-layer canvas:last-child').toDataURL() !== arguments[0]", before);
        browser.until("return document.querySelectorAll('.alert').length >= 1");
        assertThat(
                        browser.run(
                                "return performance.getEntriesByType('resource').filter((one) => new URL(one.name).origin !== location.origin).length"))
                .isEqualTo(0L);
        assertThat(browser.run("return document.querySelectorAll('[style]:not(#map *):not(.plot *)').length"))
                .as("styles in line")
                .isEqualTo(0L);
        browser.picture("1-map-zh-dark");
        assertThat(browser.complaints()).isEmpty();
    }

    @Test
    void aHostileNameStaysText() {
        server.alertNow(0);
        open("lang=en");
        browser.until(
                "const one = [...document.querySelectorAll('.alert')].find((each) => each.textContent.includes('<script>'));"
                        + "one?.click(); return one !== undefined");
        browser.until("return document.querySelector('.detail dd')?.textContent === arguments[0]", MockRoad.HOSTILE);
        browser.find(".situation .conflict");
        browser.click("nav a[href='#view=devices']");
        browser.until(
                "return [...document.querySelectorAll('td .link')].some((one) => one.textContent === arguments[0])",
                MockRoad.HOSTILE);
        assertThat(browser.driver().getTitle()).isEqualTo("Luyun · Operations");
        assertThat(browser.run(
                        "return [...document.scripts].filter((one) => one.textContent.includes('taken')).length"))
                .isEqualTo(0L);
    }

    @Test
    void anAcknowledgementIsSeenInASecondBrowser() {
        server.alertNow(5);
        open("lang=en&theme=dark");
        try (PageBrowser second = new PageBrowser(profiles.resolve("second"), 900, 900)) {
            second.open(server.address() + "#lang=zh-CN&theme=light");
            second.until(MOVING);
            final String id = String.valueOf(browser.run("return document.querySelector('.alert').dataset.alert"));
            browser.click(".alert[data-alert='" + id + "']");
            browser.find(".acknowledge textarea").sendKeys("已派人 <b>seen</b>");
            browser.picture("2-alert-en-dark");
            browser.click(".acknowledge .primary");
            browser.until("return document.querySelector('.acknowledged q')?.textContent === '已派人 <b>seen</b>'");
            second.until(
                    "return document.querySelector('.alert[data-alert=\"' + arguments[0] + '\"] .mark')?.textContent.includes('local') === true",
                    id);
            second.picture("3-small-zh-light");
            assertThat(PageAudit.findings(second)).isEmpty();
        }
    }

    /** The title is given the focus shortly after an alert was chosen; the rest of a note would be lost with it. */
    @Test
    void whoWritesANoteAtOnceKeepsTheFocus() {
        server.alertNow(5);
        open("lang=en");
        browser.find(".alert");
        assertThat(browser.driver().executeAsyncScript("""
                                const done = arguments[0];
                                document.querySelector('.alert').click();
                                const write = () => {
                                  const note = document.querySelector('.acknowledge textarea');
                                  note ? note.focus() : setTimeout(write, 5);
                                  if (note) setTimeout(() => done(document.activeElement.name), 500);
                                };
                                write();""")).isEqualTo("note");
    }

    @Test
    void theListStandsStillWhileSomebodyChooses() {
        server.keepQuiet();
        server.alertNow(5);
        open("lang=en");
        browser.until("return document.querySelectorAll('.alert').length >= 1");
        browser.run("document.querySelector('.feed').dispatchEvent(new PointerEvent('pointerenter'))");
        final Object chosen = browser.run("return document.querySelector('.feed .alert').dataset.alert");
        server.alertForAll(8);
        browser.find(".waiting");
        assertThat(browser.run("return document.querySelector('.feed .alert').dataset.alert"))
                .isEqualTo(chosen);
        browser.click(".waiting");
        browser.until("return document.querySelector('.feed .alert').dataset.alert !== arguments[0]", chosen);
    }

    @Test
    void replayScrubsPausesStepsAndComesBack() {
        open("lang=en");
        browser.find(".strip");
        browser.run(
                "const strip = document.querySelector('.strip'); const box = strip.getBoundingClientRect();"
                        + "strip.dispatchEvent(new PointerEvent('pointerdown', {button: 0, clientX: box.left + box.width / 4, clientY: box.top + 9, bubbles: true}))");
        browser.until("return document.querySelector('.timeline.replay') !== null");
        browser.click(".controls .round[aria-label='Pause']");
        browser.find(".controls .round[aria-label='Play']");
        final Object time = browser.run("return document.querySelector('.controls .at b').textContent");
        final long before = position();
        location("time=");
        for (int i = 0; i < 20; i++) {
            browser.click(".controls .round[aria-label='One step']");
        }
        browser.until("return document.querySelector('.controls .at b').textContent !== arguments[0]", time);
        browser.until(
                "return Number(document.querySelector('.strip').getAttribute('aria-valuenow')) - arguments[0] >= 2",
                before);
        assertThat(before).as("seconds from the left of ten minutes").isBetween(140L, 280L);
        browser.picture("4-replay-en");
        browser.find(".strip").sendKeys(Keys.ARROW_LEFT);
        browser.click(".controls button:first-child");
        browser.until(
                "return document.querySelector('.timeline.replay') === null && document.querySelector('.connection.live') !== null");
    }

    @Test
    void languageAndThemeSwitchAndAreRemembered() {
        open("lang=en&theme=dark");
        assertThat(browser.find("nav a").getText()).isEqualTo("Map");
        browser.click(".tools button[lang='zh-CN']");
        browser.until(
                "return document.documentElement.lang === 'zh-CN' && document.querySelector('nav a').textContent === '地图'");
        browser.click(".tools button[title='深色或浅色']");
        browser.until("return document.documentElement.dataset.theme === 'light'");
        assertThat(browser.run("return getComputedStyle(document.body).backgroundColor"))
                .isEqualTo("rgb(233, 238, 241)");
        browser.click(".tools button[aria-pressed='false']");
        browser.until(
                "return document.documentElement.dataset.wall === 'true' && getComputedStyle(document.documentElement).fontSize === '21px'");
        browser.picture("5-wall-zh-light");
        browser.open("about:blank");
        browser.open(server.address());
        browser.until(
                "return document.documentElement.lang === 'zh-CN' && document.documentElement.dataset.theme === 'light'");
        browser.run("localStorage.clear()");
    }

    @Test
    void aLostConnectionShowsAndHeals() throws InterruptedException {
        open("lang=en&theme=dark");
        server.vanish();
        assertThat(browser.find(".lost-bar").getText()).contains("Connection lost: this picture is");
        browser.find(".map-area.stale");
        browser.picture("6-lost-en-dark");
        server.comeBack();
        browser.until(
                "return document.querySelector('.lost-bar') === null && document.querySelector('.connection.live') !== null");
        final Object before = browser.run(PICTURE);
        browser.until(
                "return document.querySelector('.live-layer canvas:last-child').toDataURL() !== arguments[0]", before);
    }

    @Test
    void anAddressLeadsToOneVehicle() {
        open("lang=en&participant=1000005&box=106.2952,29.5988,106.3032,29.6032&follow=1");
        browser.until("return document.querySelector('#panel-title')?.textContent === 'veh-0005'");
        browser.until(
                "return document.querySelector('.panel dl:last-of-type')?.textContent.includes('rsu-18') === true || document.querySelector('.panel').textContent.includes('rsu-18')");
        location("participant=1000005", "follow=1", "box=106.");
        browser.find(".panel .on");
        browser.picture("7-vehicle-en");
    }

    @Test
    void aTakeoverIsReplayedWithItsVehicleFollowed() {
        open("lang=en&view=supervision");
        browser.until(
                "const one = [...document.querySelectorAll('td .link')].find((each) => each.textContent === 'veh-0002'); one?.click(); return one !== undefined");
        final String at = browser.find(".moment time").getDomAttribute("datetime");
        browser.picture("8-vehicle-moments-en");
        assertThat(PageAudit.findings(browser)).isEmpty();
        browser.click(".side .moment");
        browser.until(
                "return document.querySelector('.timeline.replay') !== null && document.querySelector('#panel-title')?.textContent === 'veh-0002'");
        browser.until("return document.querySelector('.panel').textContent.includes('7.7 m/s')");
        browser.find(".panel .on");
        assertThat(browser.find(".panel details summary").getText()).startsWith("Fields at ");
        assertThat(browser.find(".panel").getText())
                .as("rate and clock are those of now")
                .doesNotContain("Clock offset");
        final String address =
                location("device=veh-0002", "participant=" + (1_000_002 + MockRoad.REPLAY_IDS), "time=", "follow=1");
        assertThat(Duration.between(Instant.parse(address.replaceFirst(".*time=([^&]*).*", "$1")), Instant.parse(at)))
                .as("replayed from ten seconds before, some seconds ago")
                .isBetween(Duration.ofSeconds(-10), Duration.ofSeconds(10));
    }

    @Test
    void trafficIsShownAndCanBeSwitchedOff() {
        open("lang=en&box=106.2952,29.5988,106.3032,29.6032");
        browser.click("button[aria-label='Layers and legend']");
        final String inked =
                "const canvas = document.querySelector('.live-layer canvas'); const {data} = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height); let count = 0;"
                        + "for (let i = 0; i < data.length; i += 4) if (data[i] > 248 && Math.abs(data[i + 1] - 106) < 6 && Math.abs(data[i + 2] - 74) < 6 && Math.abs(data[i + 3] - 153) < 4) count++; return count";
        browser.until("return (() => {" + inked + "})() > 300");
        browser.picture("9-traffic-en");
        browser.click(".legend label:first-of-type input");
        browser.until("return (() => {" + inked + "})() === 0");
        browser.run("localStorage.clear()");
    }

    @Test
    void asksForATokenWhereOneIsNeeded() throws InterruptedException {
        try (MockOps guarded = new MockOps(3, "a-token")) {
            browser.open(guarded.address() + "#lang=en");
            browser.find(".login input").sendKeys("wrong");
            browser.click(".login .primary");
            browser.until(
                    "return document.querySelector('.login [role=alert]')?.textContent === 'This token is not known.'");
            assertThat(PageAudit.findings(browser)).isEmpty();
            browser.run("document.querySelector('.login input').value = 'a-token'");
            browser.click(".login .primary");
            browser.until(MOVING);
            browser.driver().manage().deleteAllCookies();
        }
    }

    @Test
    void everyViewCanBeUsedByEarAndByKeyboard() {
        server.alertNow(5);
        for (final String theme : List.of("dark", "light")) {
            open("lang=en&theme=" + theme);
            browser.click("button[aria-label='Layers and legend']");
            browser.click(".alert");
            browser.until("return document.activeElement?.id === 'alert-title'");
            for (final String view : List.of("map", "devices", "figures", "supervision", "evidence")) {
                browser.click("nav a[href='#view=" + view + "']");
                browser.until(
                        "return document.querySelector(arguments[0]) !== null",
                        view.equals("map")
                                ? "#map"
                                : view.equals("figures")
                                        ? ".plot canvas"
                                        : view.equals("evidence") ? ".view .empty" : "tbody tr");
                if (theme.equals("dark")) {
                    browser.picture(view + "-dark");
                }
                assertThat(PageAudit.findings(browser)).as(view + " " + theme).isEmpty();
            }
        }
        open("lang=en");
        browser.find("body").sendKeys(Keys.TAB);
        assertThat(browser.run("return document.activeElement.className")).isEqualTo("skip");
        assertThat(browser.run("return getComputedStyle(document.activeElement).outlineWidth"))
                .isEqualTo("3px");
        browser.driver().switchTo().activeElement().sendKeys(Keys.ENTER);
        assertThat(browser.run("return document.activeElement.id")).isEqualTo("main");
    }

    @Test
    void evidenceIsFrozenAndVerified() {
        open("lang=en&view=evidence");
        browser.find(".freeze input").sendKeys("near miss");
        browser.click(".freeze .primary");
        browser.until(
                "return [...document.querySelectorAll('td')].some((one) => one.textContent.includes('near miss'))");
        browser.click("td button:not(.link)");
        browser.until("return document.querySelector('td .lamp[role=status]')?.textContent === 'whole'");
    }

    @Test
    void aUnitThatDoesNotAnswerIsSaidSo() {
        open("lang=en&view=devices");
        browser.until(
                "return [...document.querySelectorAll('td .link')].some((one) => { if (one.textContent !== 'rsu-2') return false; one.click(); return true; })");
        browser.click(".request button[value=query]");
        browser.until("return document.querySelector('.request output').textContent === 'The unit did not answer.'");
    }

    private void open(final String address) {
        browser.open("about:blank");
        browser.open(server.address() + "#" + address);
        browser.until(
                address.contains("view=")
                        ? "return document.querySelector('.connection.live') !== null"
                        : "return performance.getEntriesByName('first-map').length > 0");
    }

    private static long position() {
        return Long.parseLong(
                String.valueOf(browser.run("return document.querySelector('.strip').getAttribute('aria-valuenow')")));
    }

    /** The address, which is written once a second, when it says all of this. */
    private static String location(final String... parts) {
        browser.until("return arguments[0].every((part) => location.hash.includes(part))", List.of(parts));
        return browser.driver().getCurrentUrl();
    }
}
