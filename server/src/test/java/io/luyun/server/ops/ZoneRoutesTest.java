package io.luyun.server.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ZoneRoutesTest {
    private static final String SCHOOL = "{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\","
            + "\"properties\":{\"name\":\"No 3\",\"layer\":\"x\"},"
            + "\"geometry\":{\"type\":\"Point\",\"coordinates\":[106.3,29.6]}}]}";

    private @TempDir Path directory;

    @Test
    void sendsTheZoneAsItIsOnceAndThePlacesByLayer() throws Exception {
        final Path zone = Files.writeString(directory.resolve("zone.geojson"), "{ \"type\": \"anything\" }\n");
        final Path schools = Files.writeString(directory.resolve("schools.geojson"), SCHOOL);
        final Path homes = Files.writeString(directory.resolve("homes.json"), SCHOOL);
        final ZoneRoutes routes = new ZoneRoutes(zone.toString(), List.of(schools.toString(), homes.toString()));
        try (OpsRig rig = new OpsRig(directory, false, routes.routes(), null)) {
            final HttpResponse<String> whole = rig.send("/api/v1/zone", null);
            assertThat(whole.body()).isEqualTo("{ \"type\": \"anything\" }\n");
            final String tag = whole.headers().firstValue("etag").orElseThrow();
            assertThat(rig.send("/api/v1/zone", null, "if-none-match", tag).statusCode())
                    .isEqualTo(304);
            assertThat(rig.send("/api/v1/zone", null, "accept-encoding", "gzip")
                            .headers()
                            .firstValue("content-encoding"))
                    .hasValue("gzip");
            final JsonNode places = new ObjectMapper()
                    .readTree(rig.send("/api/v1/places", null).body())
                    .path("features");
            assertThat(places).hasSize(2);
            assertThat(places.at("/0/properties").toString()).isEqualTo("{\"name\":\"No 3\",\"layer\":\"schools\"}");
            assertThat(places.at("/1/properties/layer").asText()).isEqualTo("homes");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            no json                              | must be GeoJSON
            {"type":"Feature"}                   | must be a FeatureCollection
            {"type":"FeatureCollection","features":[{"properties":{}}]} | has a feature without a geometry
            """)
    void refusesFilesThatAreNoPlaces(final String text, final String rule) throws Exception {
        final Path file = Files.writeString(directory.resolve("bad.json"), text);
        assertThatThrownBy(() -> new ZoneRoutes("", List.of(file.toString())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ops.places = " + file + ": " + rule);
    }
}
