package io.luyun.server;

import io.luyun.server.monitor.Settings;

/**
 * How the server lives on its machine.
 *
 * @param stopMillis how long an orderly end may take, 1,000 to 600,000; after that it ends as it is
 * @param slowMillis a sync, a turn of the line or the core's way to what has been appended that takes longer makes it not
 *     ready, 100 to 600,000
 * @param failedMillis how long after a journal has failed it still says so before it ends with exit code 3, 0 to 3,600,000; 0:
 *     until it is told to end
 */
public record ServiceConfig(int stopMillis, int slowMillis, int failedMillis) {
    public ServiceConfig {
        Settings.inRange("service.stopMillis", stopMillis, 1_000, 600_000);
        Settings.inRange("service.slowMillis", slowMillis, 100, 600_000);
        Settings.inRange("service.failedMillis", failedMillis, 0, 3_600_000);
    }
}
