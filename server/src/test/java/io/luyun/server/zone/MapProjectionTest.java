package io.luyun.server.zone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Held against geodesics of another library: a meridian's arc, and distances by the scale of the projection. */
final class MapProjectionTest {
    private static final String UTM = "+proj=utm +zone=48 +datum=WGS84 +units=m +no_defs";
    private static final double SCALE = 0.9996;

    @ParameterizedTest
    @ValueSource(doubles = {1_000_000, 3_270_000, 5_500_000, 8_000_000})
    void northingIsTheMeridiansArc(final double northing) throws Exception {
        final int[] place = MapProjection.of(UTM, 0, 0).place(500_000, northing);
        final GeodesicData arc = Geodesic.WGS84.Inverse(0, 105, place[0] * 1e-7, 105);
        assertThat(place[1]).isEqualTo(1_050_000_000);
        assertThat(arc.s12 * SCALE).isCloseTo(northing, within(0.01));
    }

    @ParameterizedTest
    @CsvSource({"300000, 2000000", "647000, 3270000", "750000, 4500000", "499000, 6000000"})
    void aKilometreHasTheScaleOfItsPlace(final double easting, final double northing) throws Exception {
        final MapProjection projection = MapProjection.of(UTM, 0, 0);
        final int[] a = projection.place(easting, northing);
        final int[] b = projection.place(easting + 1_000, northing);
        final GeodesicData way = Geodesic.WGS84.Inverse(a[0] * 1e-7, a[1] * 1e-7, b[0] * 1e-7, b[1] * 1e-7);
        final double radius = 6_371_000;
        final double aside = (easting + 500 - 500_000) / SCALE;
        final double scale = SCALE * (1 + aside * aside / (2 * radius * radius));
        assertThat(way.s12).isCloseTo(1_000 / scale, within(0.02));
    }

    @Test
    void southOfTheEquatorItCountsFromTenMillion() throws Exception {
        final int[] place = MapProjection.of(UTM + " +south", 0, 0).place(500_000, 9_000_000);
        assertThat(Geodesic.WGS84.Inverse(0, 105, place[0] * 1e-7, 105).s12 * SCALE)
                .isCloseTo(1_000_000, within(0.01));
        assertThat(place[0]).isNegative();
    }

    @ParameterizedTest
    @CsvSource({"29.56, 106.53", "-33.9, 18.4", "60.2, 24.9"})
    void aroundAPointMetresAreGeodesics(final double latitude, final double longitude) throws Exception {
        final int[] place = MapProjection.around(latitude, longitude).place(3_000, -4_000);
        final GeodesicData way = Geodesic.WGS84.Inverse(latitude, longitude, place[0] * 1e-7, place[1] * 1e-7);
        assertThat(way.s12).isCloseTo(5_000, within(0.02));
        assertThat((way.azi1 + 360) % 360).isCloseTo(180 - Math.toDegrees(Math.atan2(3, 4)), within(0.001));
    }

    @Test
    void heightsAreLeftOut() throws Exception {
        assertThat(MapProjection.of(UTM + " +vunits=m +geoidgrids=egm96_5_15.gtx +type=crs", 0, 0)
                        .place(647_000, 3_270_000))
                .isEqualTo(MapProjection.of(UTM, 0, 0).place(647_000, 3_270_000));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "EPSG:32648",
                "+proj=longlat +datum=WGS84",
                "+proj=utm +zone=48 +nadgrids=/etc/passwd",
                "+proj=utm +zone=x",
                "+init=epsg:4326",
                "-",
                ""
            })
    void refusesWhatItCannotDo(final String proj) {
        assertThatThrownBy(() -> MapProjection.of(proj, 0, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("must be");
    }
}
