package io.luyun.benchmarks.torture.crowd;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleSize;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Where the devices of a crowd are: on a road of their own each, but for the one that has a speed limit. */
public final class Place {
    /** East of the road with the limit and of its junctions. */
    private static final int APART_LON_E7 = 1_070_000_000;

    private static final int ROAD_LAT_E7 = 296_000_000;
    private static final int ROAD_LON_E7 = 1_063_000_000;
    private static final int ROAD_LENGTH_E7 = 2_000_000;
    private static final double DEGREE = 1e-7;
    private static final int LIMIT_KMH = 40;
    private static final int MINUTE_MILLIS = 60_000;
    private static final int HUNDRED_METRES_E7 = 10_000;
    private static final int EAST = 7_200;
    private static final int COUNTS = 128;

    private Place() {}

    /** The zone: one road of some 19 km, with a limit of 40 km/h. */
    public static Path zone(final Path directory) throws IOException {
        final String from = point(ROAD_LON_E7);
        final String to = point(ROAD_LON_E7 + ROAD_LENGTH_E7);
        return Files.writeString(
                directory.resolve("zone.geojson"), """
                {"type":"FeatureCollection",
                "luyun":{"format":1,"name":"crowd","seed":0,"region":1,"ref":%1$s},
                "features":[%3$s,%4$s,
                {"type":"Feature","properties":{"kind":"link","linkId":1,"upstream":1,"downstream":2,
                "name":"link 1","lanes":1,"laneWidthM":3.5,"speedLimitKmh":%5$d},
                "geometry":{"type":"LineString","coordinates":[%1$s,%2$s]}}]}
                """.formatted(from, to, node(1, from), node(2, to), LIMIT_KMH));
    }

    private static String node(final int id, final String point) {
        return """
                {"type":"Feature","properties":{"kind":"node","nodeId":%d,"region":1,"name":"node %d",
                "signalised":false},"geometry":{"type":"Point","coordinates":%s}}""".formatted(id, id, point);
    }

    private static String point(final int lonE7) {
        return String.format(Locale.ROOT, "[%.7f,%.7f]", lonE7 * DEGREE, ROAD_LAT_E7 * DEGREE);
    }

    /** On the road, so far from where it begins. */
    static Bsm.Builder onRoad(final long vehicle, final int number, final int alongE7) {
        return bsm(vehicle, number, ROAD_LAT_E7, ROAD_LON_E7 + alongE7 % ROAD_LENGTH_E7);
    }

    /** How far along the road that is. */
    static int along(final int lonE7) {
        return lonE7 - ROAD_LON_E7;
    }

    /** Far from the road and from every other vehicle; each message has a place of its own. */
    public static Bsm apart(final long vehicle, final int number) {
        return bsm(
                        vehicle,
                        number,
                        ROAD_LAT_E7 + (int) (vehicle / 100) * HUNDRED_METRES_E7 + number,
                        APART_LON_E7 + (int) (vehicle % 100) * HUNDRED_METRES_E7)
                .build();
    }

    private static Bsm.Builder bsm(final long vehicle, final int number, final int latE7, final int lonE7) {
        return Bsm.newBuilder()
                .setMsgCnt(number % COUNTS)
                .setId(ByteString.copyFrom(
                        ByteBuffer.allocate(Long.BYTES).putLong(vehicle).array()))
                .setSecMark((int) (System.currentTimeMillis() % MINUTE_MILLIS))
                .setPos(Position.newBuilder().setLat(latE7).setLon(lonE7))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed(500)
                .setHeading(EAST)
                .setSize(VehicleSize.newBuilder().setWidth(180).setLength(450));
    }
}
