package io.luyun.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * 5,000 vehicles at 10 Hz without a graphics card: the map is updated ten times a second, and is there within two seconds of opening.
 * Only when asked for, since the machine has to be idle: {@code ./luyun test -Dtest=PageSpeedTest -Dluyun.page.speed=true}. The best of several
 * seconds counts, and twice the time; all figures are printed.
 */
final class PageSpeedTest {
    private static final int VEHICLES = 5_000;
    private static final int MOST_SECONDS = 20;
    private static final int LEAST_SECONDS = 5;
    private static final long GOAL_UPDATES = 10;
    private static final long LONGEST_MILLIS = 4_000;

    @TempDir
    Path profile;

    @BeforeAll
    static void demandABrowser() {
        Assumptions.assumeTrue(
                Boolean.getBoolean("luyun.page.speed"), "the page's speed is measured with -Dluyun.page.speed=true");
        PageBrowser.demand();
    }

    @Test
    void fiveThousandVehiclesMoveSmoothly() throws InterruptedException {
        try (MockOps server = new MockOps(VEHICLES, null);
                PageBrowser browser = new PageBrowser(profile, 1920, 1080)) {
            final long first = Math.min(firstMapMillis(browser, server), firstMapMillis(browser, server));
            final List<Long> updates = new ArrayList<>();
            while (updates.size() < LEAST_SECONDS
                    || (updates.size() < MOST_SECONDS && Collections.max(updates) < GOAL_UPDATES)) {
                browser.run("delete document.getElementById('map').dataset.framesPerSecond");
                browser.until("return document.getElementById('map').dataset.framesPerSecond !== undefined");
                updates.add(Long.parseLong(
                        String.valueOf(browser.run("return document.getElementById('map').dataset.framesPerSecond"))));
            }
            browser.picture("speed");
            System.out.printf("page: first map after %d ms, %s updates/s with %d vehicles%n", first, updates, VEHICLES);
            assertThat(Collections.max(updates)).isGreaterThanOrEqualTo(GOAL_UPDATES);
            assertThat(first).isLessThan(LONGEST_MILLIS);
            assertThat(browser.complaints()).isEmpty();
        }
    }

    private static long firstMapMillis(final PageBrowser browser, final MockOps server) {
        browser.open("about:blank");
        browser.open(server.address() + "#lang=en");
        browser.until("return Number(document.getElementById('map')?.dataset.participants) >= " + VEHICLES);
        return Math.round(Double.parseDouble(
                String.valueOf(browser.run("return performance.getEntriesByName('first-map')[0].startTime"))));
    }
}
