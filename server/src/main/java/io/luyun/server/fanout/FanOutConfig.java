package io.luyun.server.fanout;

import io.luyun.server.monitor.Settings;

/**
 * Limits of the fan-out.
 *
 * @param maxSubscriptions subscriptions of all sessions together, 1 to 1,000,000
 * @param alertQueue alerts kept for a receiver that reads too slowly, 1 to 65,536
 * @param updateMillis shortest time between two updates of a subscription, 10 to 60,000 ms
 * @param sharing what those get who ask to be told what others perceive
 */
public record FanOutConfig(int maxSubscriptions, int alertQueue, int updateMillis, SharingConfig sharing) {
    public FanOutConfig {
        Settings.inRange("fanout.maxSubscriptions", maxSubscriptions, 1, 1_000_000);
        Settings.inRange("fanout.alertQueue", alertQueue, 1, 65_536);
        Settings.inRange("fanout.updateMillis", updateMillis, 10, 60_000);
    }

    /** The defaults. */
    public static FanOutConfig defaults() {
        return new FanOutConfig(10_000, 256, 100, SharingConfig.DEFAULT);
    }
}
