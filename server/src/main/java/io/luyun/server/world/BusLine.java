package io.luyun.server.world;

import java.util.List;

/**
 * A line of buses or shuttles.
 *
 * @param index place among {@link World#busLines}
 * @param name its name
 * @param stops its stops in the order they are served; two or more
 * @param loop whether the first follows the last
 * @param devices the devices of its vehicles
 */
public record BusLine(int index, String name, List<BusStop> stops, boolean loop, List<String> devices) {
    /** Copies the lists. */
    public BusLine {
        stops = List.copyOf(stops);
        devices = List.copyOf(devices);
    }

    /** Place of the stop after one, -1 after the last. */
    public int after(final int stop) {
        return stop + 1 < stops.size() ? stop + 1 : loop ? 0 : -1;
    }
}
