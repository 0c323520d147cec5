package io.luyun.server.page;

import static org.assertj.core.api.Assertions.assertThat;

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
            try {
                browser.until("return Number(document.getElementById('map')?.dataset.framesPerSecond) > 0");
            } finally {
                System.out.println(browser.complaints());
                browser.picture("first");
            }
            Thread.sleep(7000);
            browser.picture("map-zh-dark");
            System.out.println(browser.complaints());
            assertThat(browser.has(".alert")).isTrue();
        }
    }
}
