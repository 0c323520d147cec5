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

    /** Writes the zone of a fleet of so many vehicles, each road one link. */
    static Path write(final Path file, final int vehicles) {
        return write(file, vehicles, 1);
    }

    /** The same with so many links a road, which meet at junctions. */
    static Path write(final Path file, final int vehicles, final int linksPerRoad) {
        return write(file, vehicles, linksPerRoad, SPEED_LIMIT_KMH);
    }

    /** The same with another speed limit. */
    static Path write(final Path file, final int vehicles, final int linksPerRoad, final int speedLimitKmh) {
        try {
            return Files.writeString(file, of(vehicles, linksPerRoad, speedLimitKmh));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String of(final int vehicles, final int linksPerRoad, final int speedLimitKmh) {
        final List<String> features = new ArrayList<>();
        for (int road = 0; road < Fleet.roads(vehicles); road++) {
            final int firstNode = (linksPerRoad + 1) * road + 1;
            for (int i = 0; i <= linksPerRoad; i++) {
                features.add(node(firstNode + i, at(road, i, linksPerRoad)));
            }
            for (int i = 0; i < linksPerRoad; i++) {
                features.add(link(
                        linksPerRoad * road + i + 1,
                        firstNode + i,
                        at(road, i, linksPerRoad) + "," + at(road, i + 1, linksPerRoad),
                        speedLimitKmh));
            }
        }
        return """
                {"type":"FeatureCollection",
                "luyun":{"format":1,"name":"benchmark","seed":0,"region":1,"ref":%s},
                "features":[
                %s]}
                """.formatted(point(0, 0), String.join(",\n", features));
    }

    /** A place after so many of the links of a road, in driving direction. */
    private static String at(final int road, final int links, final int linksPerRoad) {
        final double along = Fleet.ROAD_METRES * links / linksPerRoad;
        return point(road, Fleet.eastward(road) ? along : Fleet.ROAD_METRES - along);
    }

    private static String link(final int id, final int upstream, final String line, final int speedLimitKmh) {
        return """
                {"type":"Feature","properties":{"kind":"link","linkId":%d,"upstream":%d,"downstream":%d,\
                "name":"link %d","lanes":1,"laneWidthM":3.5,"speedLimitKmh":%d},\
                "geometry":{"type":"LineString","coordinates":[%s]}}""".formatted(id, upstream, upstream + 1, id, speedLimitKmh, line);
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
