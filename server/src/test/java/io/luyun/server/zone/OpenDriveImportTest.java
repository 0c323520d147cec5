package io.luyun.server.zone;

import static io.luyun.server.zone.Features.all;
import static io.luyun.server.zone.Features.movement;
import static io.luyun.server.zone.Features.one;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.server.world.ZoneMap;
import io.luyun.server.zone.ImportOptions.Reference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.sf.geographiclib.Geodesic;
import net.sf.geographiclib.GeodesicData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OpenDriveImportTest {
    private static final ImportOptions PLAIN = new ImportOptions(null, 7, null, false);

    @TempDir
    private Path directory;

    private ImportedZone run(final String xodr, final ImportOptions options) throws IOException, ImportException {
        final Path file = directory.resolve("town.xodr");
        Files.writeString(file, xodr);
        return ZoneImport.openDrive(file, options);
    }

    private JsonNode zone(final String xodr) throws IOException, ImportException {
        return new ObjectMapper().readTree(run(xodr, PLAIN).text());
    }

    private static void assertAt(final JsonNode position, final double east, final double north) {
        final GeodesicData way = Geodesic.WGS84.Inverse(
                29.5, 106.5, position.get(1).asDouble(), position.get(0).asDouble());
        assertThat(way.s12 * Math.sin(Math.toRadians(way.azi1)))
                .as("east of %s", position)
                .isCloseTo(east, within(0.03));
        assertThat(way.s12 * Math.cos(Math.toRadians(way.azi1)))
                .as("north of %s", position)
                .isCloseTo(north, within(0.03));
    }

    private static void assertLine(final JsonNode feature, final double... ends) {
        final JsonNode line = feature.path("geometry").path("coordinates");
        assertAt(line.get(0), ends[0], ends[1]);
        assertAt(line.get(line.size() - 1), ends[2], ends[3]);
    }

    @Test
    void makesALinkOfEachDirectionAndNumberOfLanes() throws Exception {
        final JsonNode zone = zone(OpenDriveText.XODR);
        assertThat(all(zone, "link"))
                .extracting(link -> link.path("properties").path("source").asText() + " "
                        + link.path("properties").path("lanes").asInt() + " "
                        + link.path("properties").path("laneWidthM").asDouble() + " "
                        + link.path("properties").path("speedLimitKmh").asInt())
                .containsExactly(
                        "1+ 1 3.5 60", "1+1 2 3.5 60", "1- 1 3.5 60", "2+ 1 3.0 50", "2- 1 3.0 50", "3+ 1 3.5 48");
        assertLine(one(zone, "link", "source", "1+"), 0, -1.75, 120, -1.75);
        assertLine(one(zone, "link", "source", "1+1"), 120, -3.5, 200, -3.5);
        assertLine(one(zone, "link", "source", "1-"), 200, 1.75, 0, 1.75);
        assertLine(one(zone, "link", "source", "3+"), 214.75, -20, 214.75, -100);
        // To the right of a bend to the left the circle is larger.
        assertLine(one(zone, "link", "source", "2+"), -101.5, 100, 0, -1.5);
        assertLine(one(zone, "link", "source", "2-"), 0, 1.5, -98.5, 100);
        for (final JsonNode point :
                one(zone, "link", "source", "2+").path("geometry").path("coordinates")) {
            final GeodesicData way = Geodesic.WGS84.Inverse(
                    29.5 + 100 / 110_850.0,
                    106.5,
                    point.get(1).asDouble(),
                    point.get(0).asDouble());
            assertThat(way.s12).isCloseTo(101.5, within(0.1));
        }
    }

    @Test
    void joinsRoadsStretchesAndJunctions() throws Exception {
        final JsonNode zone = zone(OpenDriveText.XODR);
        assertThat(all(zone, "movement")).hasSize(4);
        assertThat(lanes(zone, "1+", "1+1")).isEqualTo("straight [[1,1]]");
        assertThat(lanes(zone, "2+", "1+")).isEqualTo("straight [[1,1]]");
        assertThat(lanes(zone, "1-", "2-")).isEqualTo("straight [[1,1]]");
        assertThat(lanes(zone, "1+1", "3+")).isEqualTo("right [[2,1]]");
        final JsonNode turn = movement(zone, "1+1", "3+");
        assertLine(turn, 200, -5.25, 214.75, -20);
        assertThat(turn.path("geometry").path("coordinates").size()).isGreaterThan(5);
        assertThat(all(zone, "node"))
                .extracting(node -> node.path("properties").path("name").asText() + " "
                        + node.path("properties").path("signalised").asBoolean())
                .containsExactlyInAnyOrder(
                        "End of road 2 false",
                        "Road 1, section 1 false",
                        "Corner true",
                        "Begin of road 2 false",
                        "End of road 3 false");
    }

    private static String lanes(final JsonNode zone, final String from, final String to) {
        final JsonNode properties = movement(zone, from, to).path("properties");
        return properties.path("maneuver").asText() + " " + properties.path("lanes");
    }

    @Test
    void keepsToTheLeftWhereTheRuleSaysSo() throws Exception {
        final JsonNode zone = zone(OpenDriveText.XODR.replace("rule=\"RHT\"", "rule=\"LHT\""));
        assertLine(one(zone, "link", "source", "1+"), 0, 1.75, 200, 1.75);
        assertLine(one(zone, "link", "source", "1-1"), 200, -3.5, 120, -3.5);
        // Looking back along the road its outer lane, -2, is the left one; it has no way on.
        assertThat(lanes(zone, "1-1", "1-")).isEqualTo("straight [[2,1]]");
    }

    @Test
    void turnsAndMovesByTheOffsetOfTheHeader() throws Exception {
        final JsonNode zone = zone(OpenDriveText.XODR.replace(
                "</geoReference>", "</geoReference><offset x=\"1000\" y=\"500\" z=\"0\" hdg=\"1.5707963267948966\"/>"));
        assertLine(one(zone, "link", "source", "1+"), 1_001.75, 500, 1_001.75, 620);
    }

    @Test
    void takesOffAnOffsetThatUtmCannotHave() throws Exception {
        final String utm = OpenDriveText.XODR
                .replaceFirst("\\+proj=tmerc.*\\+no_defs", "+proj=utm +zone=48 +datum=WGS84 +units=m +no_defs")
                .replace("</geoReference>", "</geoReference><offset x=\"-647000\" y=\"-3270000\" z=\"0\" hdg=\"0\"/>");
        final ImportedZone wrong = run(utm, PLAIN);
        final ImportedZone right =
                run(utm.replace("\"-647000\"", "\"647000\"").replace("\"-3270000\"", "\"3270000\""), PLAIN);
        assertThat(wrong.text()).isEqualTo(right.text());
        assertThat(wrong.notes().lines()).anyMatch(line -> line.contains("the other way round"));
        assertThat(right.notes().lines()).noneMatch(line -> line.contains("the other way round"));
    }

    @Test
    void theServerReadsWhatComesOut() throws Exception {
        final String text = run(OpenDriveText.XODR, PLAIN).text();
        final Path file = directory.resolve("zone.geojson");
        Files.writeString(file, text);
        assertThat(ZoneMap.load(file).lengthMetres())
                .isCloseTo(120 + 80 + 200 + 80 + Math.PI / 2 * (101.5 + 98.5), within(0.3));
        assertThat(ZoneCensus.of(new ObjectMapper().readTree(text)).findings()).isEmpty();
        assertThat(run(OpenDriveText.XODR, PLAIN).text()).isEqualTo(text);
        assertThat(run(OpenDriveText.XODR, PLAIN).notes().lines())
                .containsExactly("2 links without a speed limit: 50 km/h is taken");
    }

    @Test
    void putsAFileWithoutProjectionAroundAPoint() throws Exception {
        final String plain = OpenDriveText.XODR.replaceFirst("<geoReference>.*</geoReference>", "");
        final JsonNode zone = new ObjectMapper()
                .readTree(run(plain, new ImportOptions(null, 1, new Reference(29.5, 106.5), false))
                        .text());
        assertLine(one(zone, "link", "source", "1+"), 0, -1.75, 120, -1.75);
        assertThatThrownBy(() -> run(plain, PLAIN)).hasMessageContaining("--ref");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            curvature="0.01"        | curvature="tight"       | <arc>: curvature "tight" must be a number
            length="200.0" id="1"   | length="-5" id="1"      | <road id="1">: length "-5" must be 0.001 to 1000000
            <line/>                 | <bend/>                 | it must be a line, arc, spiral, poly3 or paramPoly3
            rule="RHT"              | rule="MHT"              | rule "MHT" must be RHT or LHT
            id="2" junction="-1"    | id="1" junction="-1"    | <road id="1">: id "1" is there twice
            elementId="2"           | elementId="9"           | <predecessor>: elementId "9" must be the id of something
            connectingRoad="100"    | connectingRoad="101"    | connectingRoad "101" must be the id of something
            contactPoint="start"><laneLink | contactPoint="side"><laneLink | contactPoint "side" must be start or end
            unit="mph"              | unit="knots"            | unit "knots" must be m/s, km/h or mph
            laneSection s="120.0"   | laneSection s="220.0"   | its laneSections must have a length
            <lane id="-2" type="s   | <lane id="2" type="s    | id "2" must be negative to the right
            +proj=tmerc             | +proj=magic             | geoReference "+proj=magic
            """)
    void errorsNameElementAttributeValueAndRule(final String what, final String by, final String message) {
        final int at = OpenDriveText.XODR.indexOf(what);
        assertThat(at).isPositive();
        final String broken =
                OpenDriveText.XODR.substring(0, at) + by + OpenDriveText.XODR.substring(at + what.length());
        assertThatThrownBy(() -> run(broken, PLAIN))
                .isInstanceOf(ImportException.class)
                .hasMessageStartingWith("town.xodr:")
                .hasMessageContaining(message);
    }
}
