package io.luyun.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PageSpeedTest {
    @TempDir
    Path profile;

    @BeforeAll
    static void demandABrowser() {
        PageBrowser.demand();
    }

    @Test
    void look() throws Exception {
        try (MockOps server = new MockOps(5_000, null);
                PageBrowser browser = new PageBrowser(profile, 1920, 1080)) {
            browser.open(server.address() + "#lang=en");
            browser.until("return Number(document.getElementById('map')?.dataset.participants) >= 5000");
            System.out.println("resources " + browser.run("return JSON.stringify(performance.getEntriesByType('resource').map(e=>[e.name.split('/').slice(-2).join('/'),Math.round(e.startTime),Math.round(e.responseEnd)]))"));
            browser.run("let n=0;window.raf=0;const f=()=>{n++;requestAnimationFrame(f)};f();setInterval(()=>{window.raf=n;n=0},1000);"
              + "new PerformanceObserver(l=>{for(const e of l.getEntries()){window.long=(window.long||[]);window.long.push([Math.round(e.startTime),Math.round(e.duration)])}}).observe({entryTypes:['longtask']})");
            for (int i = 0; i < 6; i++) {
                Thread.sleep(1500);
                System.out.println(browser.run("return document.getElementById('map').dataset.framesPerSecond+' raf '+window.raf+' cost '+window.paintMs+' long '+JSON.stringify((window.long||[]).slice(-8))"));
            }
            browser.picture("speed");
            System.out.println(browser.complaints());
        }
    }
}
