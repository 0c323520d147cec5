package io.luyun.server.research;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class AreaTest {
    private static final long SEED = Long.getLong("luyun.seed", System.nanoTime());

    @TempDir
    private Path directory;

    private Area read(final String json) throws IOException {
        final Path file = directory.resolve("area.geojson");
        Files.writeString(file, json.replace('\'', '"'));
        return AreaFile.read(file);
    }

    @Test
    void aBoxHasItsEdges() {
        final Area box = Area.box(-10, 20, 30, 40);
        assertThat(box.contains(-10, 20)).isTrue();
        assertThat(box.contains(30, 40)).isTrue();
        assertThat(box.contains(-11, 20)).isFalse();
        assertThat(box.contains(31, 40)).isFalse();
        assertThat(box.contains(30, 19)).isFalse();
        assertThat(box.contains(30, 41)).isFalse();
        assertThatThrownBy(() -> Area.box(1, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Area.box(0, 1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, true",
        "4, 4, true", // a corner
        "0, 4, true", // an edge
        "1, 1, true", // the edge of the hole
        "1.5, 1.5, false", // in the hole
        "1.5, 3, true",
        "4.0000001, 4, false",
        "12, 12, true", // the other polygon
        "8, 8, false",
    })
    void polygonsHaveHoles(final double lat, final double lon, final boolean inside) throws IOException {
        final Area area =
                read("{'type':'FeatureCollection','features':[{'type':'Feature','geometry':{'type':'MultiPolygon',"
                        + "'coordinates':[[[[-4,-4],[4,-4],[4,4],[-4,4],[-4,-4]],[[1,1],[2,1],[2,2],[1,2],[1,1]]],"
                        + "[[[10,10],[14,10],[10,14],[10,10]]]]}}]}");
        assertThat(area.contains((int) Math.round(lat * 1e7), (int) Math.round(lon * 1e7)))
                .isEqualTo(inside);
    }

    @Test
    void readsWhateverHoldsAPolygon() throws IOException {
        final String polygon = "{'type':'Polygon','coordinates':[[[0,0],[1,0],[0,1],[0,0]]]}";
        for (final String json : List.of(
                polygon,
                "{'type':'Feature','properties':{},'geometry':" + polygon + "}",
                "{'type':'GeometryCollection','geometries':[" + polygon + "]}")) {
            assertThat(read(json).contains(1_000_000, 1_000_000)).isTrue();
            assertThat(read(json).contains(9_000_000, 9_000_000)).isFalse();
        }
    }

    /** Against the sum of angles in another way: crossings with exact fractions of any length. */
    @Test
    void isExactAllOverTheEarth() {
        System.out.println("AreaTest: -Dluyun.seed=" + SEED);
        final Random random = new Random(SEED);
        for (int round = 0; round < 300; round++) {
            final int size = 3 + random.nextInt(6);
            final int spread = random.nextInt(1, 900_000_000);
            final int[] lats = new int[size + 1];
            final int[] lons = new int[size + 1];
            for (int i = 0; i < size; i++) {
                lats[i] = random.nextInt(-spread, spread + 1);
                lons[i] = random.nextInt(-2 * spread, 2 * spread + 1);
            }
            lats[size] = lats[0];
            lons[size] = lons[0];
            final Area area = new PolygonArea(new int[][] {lats}, new int[][] {lons});
            for (int i = 0; i < 100; i++) {
                final int lat = random.nextInt(-spread, spread + 1);
                final int lon = random.nextInt(-2 * spread, 2 * spread + 1);
                assertThat(area.contains(lat, lon)).isEqualTo(inside(lats, lons, lat, lon));
            }
            for (int i = 0; i < size; i++) {
                assertThat(area.contains(lats[i], lons[i])).as("a corner").isTrue();
            }
        }
    }

    private static boolean inside(final int[] lats, final int[] lons, final int lat, final int lon) {
        boolean inside = false;
        for (int i = 1; i < lats.length; i++) {
            if (lats[i] > lat != lats[i - 1] > lat) {
                // lon of the crossing, times the height of the edge, against lon times that.
                final BigInteger height = BigInteger.valueOf((long) lats[i] - lats[i - 1]);
                final BigInteger crossing = BigInteger.valueOf(lons[i - 1])
                        .multiply(height)
                        .add(BigInteger.valueOf((long) lons[i] - lons[i - 1])
                                .multiply(BigInteger.valueOf((long) lat - lats[i - 1])));
                final int side = BigInteger.valueOf(lon).multiply(height).compareTo(crossing) * height.signum();
                inside ^= side < 0;
            }
        }
        return inside;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{ | must be GeoJSON; it is not JSON",
                "{} | must be GeoJSON with Polygon or MultiPolygon; it has something without a type",
                "{'type':'Point','coordinates':[1,2]} | must be GeoJSON with Polygon or MultiPolygon; it has Point",
                "{'type':'FeatureCollection','features':[]} | must have a Polygon or MultiPolygon; it has none",
                "{'type':'Polygon','coordinates':[]} | must have polygons of at least one ring",
                "{'type':'Polygon','coordinates':[[[0,0],[1,0],[0,1]]]} | must have rings of at least 4 positions that end where they begin",
                "{'type':'Polygon','coordinates':[[[0,0],[1,0],[0,1],[1,1]]]} | must have rings of at least 4 positions that end where they begin",
                "{'type':'Polygon','coordinates':[[[0,0],[1,0],[0,91],[0,0]]]} | must have positions of longitude",
                "{'type':'Polygon','coordinates':[[[0,0],[1,'x'],[0,1],[0,0]]]} | must have positions of longitude",
                "{'type':'Polygon','coordinates':[[[0,0],[1],[0,1],[0,0]]]} | must have positions of longitude",
            })
    void saysWhatIsWrong(final String json, final String rule) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(rule);
    }
}
