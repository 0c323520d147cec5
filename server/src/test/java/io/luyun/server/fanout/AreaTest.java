package io.luyun.server.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Circle;
import io.luyun.proto.v1.Corridor;
import io.luyun.proto.v1.Polygon;
import io.luyun.proto.v1.Position;
import org.junit.jupiter.api.Test;

/** Distances against degree lengths at 30 degrees north: 110,852 m of latitude, 96,486 m of longitude. */
final class AreaTest {
    private static final int LAT = 300_000_000;
    private static final int LON = 1_060_000_000;
    private static final double LAT_METRE = 1e7 / 110_852;
    private static final double LON_METRE = 1e7 / 96_486;

    @Test
    void aCircleReachesAsFarAsItsRadius() {
        final Area area = Area.of(io.luyun.proto.v1.Area.newBuilder()
                .setCircle(Circle.newBuilder().setCenter(at(0, 0)).setRadiusCm(100_000))
                .build());
        assertThat(contains(area, 999, 0)).isTrue();
        assertThat(contains(area, 1_001, 0)).isFalse();
        assertThat(contains(area, 0, -999)).isTrue();
        assertThat(contains(area, 0, -1_001)).isFalse();
        assertThat(contains(area, 800, 800)).isFalse();
        assertThat(area.contains(Road.NOWHERE, Road.NOWHERE)).isFalse();
    }

    @Test
    void aPolygonMayBeHollowedOut() {
        final Area area = Area.of(io.luyun.proto.v1.Area.newBuilder()
                .setPolygon(Polygon.newBuilder()
                        .addCorners(at(0, 0))
                        .addCorners(at(100, 0))
                        .addCorners(at(100, 100))
                        .addCorners(at(50, 20))
                        .addCorners(at(0, 100)))
                .build());
        assertThat(contains(area, 50, 10)).isTrue();
        assertThat(contains(area, 50, 50)).isFalse();
        assertThat(contains(area, 5, 80)).isTrue();
        assertThat(contains(area, 101, 50)).isFalse();
        assertThat(area.contains(LAT, LON)).as("a corner").isTrue();
    }

    @Test
    void aCorridorFollowsItsLine() {
        final Area area = Area.of(io.luyun.proto.v1.Area.newBuilder()
                .setCorridor(Corridor.newBuilder()
                        .addPoints(at(0, 0))
                        .addPoints(at(500, 0))
                        .addPoints(at(500, 500))
                        .setHalfWidthCm(1_000))
                .build());
        assertThat(contains(area, 250, 9)).isTrue();
        assertThat(contains(area, 250, 11)).isFalse();
        assertThat(contains(area, 509, 250)).isTrue();
        assertThat(contains(area, 480, 250)).isFalse();
        assertThat(contains(area, 500, 511)).isFalse();
    }

    @Test
    void anAreaMayLieAcrossTheDateLine() {
        final Area area = Area.of(io.luyun.proto.v1.Area.newBuilder()
                .setCircle(Circle.newBuilder()
                        .setCenter(Position.newBuilder().setLat(LAT).setLon(1_799_999_990))
                        .setRadiusCm(10_000))
                .build());
        assertThat(area.contains(LAT, -1_799_999_990)).isTrue();
    }

    @Test
    void noShapeIsEverywhere() {
        final Area area = Area.of(io.luyun.proto.v1.Area.getDefaultInstance());
        assertThat(area.contains(-LAT, -LON)).isTrue();
        assertThat(area.contains(Road.NOWHERE, Road.NOWHERE)).isTrue();
    }

    private static boolean contains(final Area area, final double east, final double north) {
        final Position position = at(east, north);
        return area.contains(position.getLat(), position.getLon());
    }

    private static Position at(final double east, final double north) {
        return Position.newBuilder()
                .setLat((int) (LAT + north * LAT_METRE))
                .setLon((int) (LON + east * LON_METRE))
                .build();
    }
}
