package io.luyun.server.page;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page in a real browser against a made-up server. */
final class PageTest {
    @TempDir
    Path profile;

    @BeforeAll
    static void demandABrowser() {
        PageBrowser.demand();
    }

    @Test
    void look() throws Exception {
        try (MockOps server = new MockOps(600, null);
                PageBrowser browser = new PageBrowser(profile, 1920, 1080)) {
            browser.open(server.address() + "#lang=zh-CN");
            browser.until("return Number(document.getElementById('map')?.dataset.framesPerSecond) > 0");
            Thread.sleep(7000);
            browser.picture("map-zh-dark");
            browser.open(server.address() + "#lang=en&theme=light&participant=1000005&box=106.2972,29.6008,106.3012,29.6032&follow=1");
            browser.driver().navigate().refresh();
            browser.until("return Number(document.getElementById('map')?.dataset.framesPerSecond) > 0");
            browser.click(".alert");
            browser.click("button[aria-label='Layers and legend']");
            Thread.sleep(5000);
            browser.picture("near-en-light");
            for (final String view : new String[] {"devices", "figures", "supervision", "evidence"}) {
                browser.click("nav a[href='#view=" + view + "']");
                Thread.sleep(2500);
                if (view.equals("devices")) { browser.click("tbody tr:nth-child(4) .link"); Thread.sleep(500); }
                if (view.equals("evidence")) { browser.find(".freeze input").sendKeys("by hand"); browser.click(".freeze button"); Thread.sleep(2500); }
                browser.picture(view);
            }
            browser.click("button[title='Dark or light']");
            browser.click("nav a[href='#view=map']");
            browser.click("header .plain[lang='zh-CN']");
            browser.click(".tools button[aria-pressed]");
            browser.click(".round");
            Thread.sleep(3000);
            browser.picture("wall-replay");
            server.vanish();
            Thread.sleep(4000);
            browser.picture("lost");
            System.out.println(browser.complaints());
        }
        try (MockOps server = new MockOps(600, "secret");
                PageBrowser browser = new PageBrowser(profile.resolve("b"), 820, 1000)) {
            browser.open(server.address() + "#lang=en");
            Thread.sleep(2000);
            browser.picture("login");
            browser.find("input[name=token]").sendKeys("secret");
            browser.click("form .primary");
            Thread.sleep(6000);
            browser.picture("small");
            System.out.println(browser.complaints());
        }
        try (MockOps server = new MockOps(600, null);
                PageBrowser browser = new PageBrowser(profile.resolve("c"), 420, 860)) {
            browser.open(server.address() + "#lang=zh-CN");
            Thread.sleep(6000);
            browser.picture("phone");
            System.out.println(browser.complaints());
        }
    }
}
