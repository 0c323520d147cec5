package io.luyun.server;

import io.luyun.server.monitor.Settings;

/**
 * The zone served.
 *
 * @param file path of the zone file (GeoJSON); empty for a zone without roads
 * @param latitude middle of a zone without roads, -90 to 90 degrees north
 * @param longitude the same, -180 to 180 degrees east
 */
public record ZoneConfig(String file, double latitude, double longitude) {
    public ZoneConfig {
        Settings.inRange("zone.latitude", latitude, -90, 90);
        Settings.inRange("zone.longitude", longitude, -180, 180);
    }
}
