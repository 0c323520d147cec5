package io.luyun.server.fanout;

import io.luyun.server.monitor.Settings;

/**
 * What those get who ask to be told what others perceive (SDS).
 *
 * @param enabled whether they are answered
 * @param periodMillis time between two answers to a request, 100 to 10,000 ms
 * @param reachMetres how far from the asker things may be, 10 to 5,000 m
 * @param maxRequests requests of all devices together, 1 to 100,000
 */
public record SharingConfig(boolean enabled, int periodMillis, int reachMetres, int maxRequests) {
    /** The defaults. */
    public static final SharingConfig DEFAULT = new SharingConfig(true, 200, 500, 1_000);

    public SharingConfig {
        Settings.inRange("fanout.sharing.periodMillis", periodMillis, 100, 10_000);
        Settings.inRange("fanout.sharing.reachMetres", reachMetres, 10, 5_000);
        Settings.inRange("fanout.sharing.maxRequests", maxRequests, 1, 100_000);
    }
}
