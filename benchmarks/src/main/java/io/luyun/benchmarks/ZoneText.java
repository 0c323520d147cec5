package io.luyun.benchmarks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The roads of a fleet as a zone file. */
final class ZoneText {
    private static final int SPEED_LIMIT_KMH = 60;

    private ZoneText() {}

    /** Writes the zone of a fleet of so many vehicles. */
    static Path write(final Path file, final int vehicles) {
        try {
            return Files.writeString(file, of(vehicles));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static String of(final int vehicles) {
        final List<String> features = new ArrayList<>();
        for (int road = 0; road < Fleet.roads(vehicles); road++) {
            final String west = point(road, 0);
            final String east = point(road, Fleet.ROAD_METRES);
            final boolean eastward = Fleet.eastward(road);
            final int node = 2 * road + 1;
            features.add(node(node, eastward ? west : east));
            features.add(node(node + 1, eastward ? east : west));
            features.add("""
                    {"type":"Feature","properties":{"kind":"link","linkId":%d,"upstream":%d,"downstream":%d,\
                    "name":"road %d","lanes":1,"laneWidthM":3.5,"speedLimitKmh":%d},\
                    "geometry":{"type":"LineString","coordinates":[%s,%s]}}""".formatted(
                            road + 1,
                            node,
                            node + 1,
                            road + 1,
                            SPEED_LIMIT_KMH,
                            eastward ? west : east,
                            eastward ? east : west));
        }
        return """
                {"type":"FeatureCollection",
                "luyun":{"format":1,"name":"benchmark","seed":0,"region":1,"ref":%s},
                "features":[
                %s]}
                """.formatted(point(0, 0), String.join(",\n", features));
    }

    private static String node(final int id, final String point) {
        return """
                {"type":"Feature","properties":{"kind":"node","nodeId":%d,"region":1,"name":"node %d",\
                "signalised":false},"geometry":{"type":"Point","coordinates":%s}}""".formatted(id, id, point);
    }

    private static String point(final int road, final double eastMetres) {
        return String.format(Locale.ROOT, "[%.7f,%.7f]", Fleet.lonE7(eastMetres) * 1e-7, Fleet.latE7(road) * 1e-7);
    }
}
