package io.luyun.server.live;

import io.luyun.server.monitor.Settings;

/**
 * Settings of what browsers watch.
 *
 * @param maxBrowsers at the same time
 * @param maxReplays browsers that look at a time of the journal, each of which costs memory and time of a processor
 * @param warmUpSeconds how long before a time of the journal the road is built up
 * @param maxWaitingKiB what is kept for a browser that takes nothing for a second, beside positions, which are left out; eight times as
 *     much for a burst
 */
public record LiveConfig(int maxBrowsers, int maxReplays, int warmUpSeconds, int maxWaitingKiB) {
    public LiveConfig {
        Settings.inRange("live.maxBrowsers", maxBrowsers, 1, 10_000);
        Settings.inRange("live.maxReplays", maxReplays, 0, 64);
        Settings.inRange("live.warmUpSeconds", warmUpSeconds, 1, 300);
        Settings.inRange("live.maxWaitingKiB", maxWaitingKiB, 16, 65_536);
    }

    /** 200 browsers, 4 replays, 10 s, 1 MiB. */
    public static LiveConfig defaults() {
        return new LiveConfig(200, 4, 10, 1_024);
    }
}
