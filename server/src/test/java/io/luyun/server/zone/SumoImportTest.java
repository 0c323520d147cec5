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
import java.util.List;
import net.sf.geographiclib.Geodesic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SumoImportTest {
    private static final ImportOptions PLAIN = new ImportOptions(null, 7, null, false);

    @TempDir
    private Path directory;

    private ImportedZone run(final String net, final String additional, final ImportOptions options)
            throws IOException, ImportException {
        final Path file = directory.resolve("town.net.xml");
        final Path more = directory.resolve("more.add.xml");
        Files.writeString(file, net);
        Files.writeString(more, additional);
        return ZoneImport.sumo(file, List.of(more), options);
    }

    private JsonNode zone(final String net) throws IOException, ImportException {
        return new ObjectMapper().readTree(run(net, SumoText.STOPS, PLAIN).text());
    }

    /** Metres east and north of the junction, from a projection of its own. */
    private static double[] metres(final JsonNode position) throws ImportException {
        final int[] origin = MapProjection.of(
                        "+proj=utm +zone=48 +datum=WGS84 +units=m +no_defs", -SumoText.EASTING, -SumoText.NORTHING)
                .place(0, 0);
        final var line = Geodesic.WGS84.Inverse(
                origin[0] * 1e-7,
                origin[1] * 1e-7,
                position.get(1).asDouble(),
                position.get(0).asDouble());
        // East of the central meridian grid north lies east of true north.
        final double convergence = Math.toRadians(106.517 - 105) * Math.sin(Math.toRadians(29.55));
        final double azimuth = Math.toRadians(line.azi1) - convergence;
        return new double[] {line.s12 * Math.sin(azimuth), line.s12 * Math.cos(azimuth)};
    }

    private static void assertAt(final JsonNode position, final double east, final double north)
            throws ImportException {
        final double[] found = metres(position);
        // The scale of UTM here is 0.99987: 1.3 cm in 100 m.
        assertThat(found[0]).as("east of %s", position).isCloseTo(east, within(0.04));
        assertThat(found[1]).as("north of %s", position).isCloseTo(north, within(0.04));
    }

    @Test
    void makesLinksOfWhatMotorVehiclesMayUse() throws Exception {
        final JsonNode zone = zone(SumoText.NET);
        assertThat(zone.path("luyun").path("name").asText()).isEqualTo("town");
        assertThat(zone.path("luyun").path("region").asInt()).isEqualTo(7);
        assertThat(all(zone, "link"))
                .extracting(link -> link.path("properties").path("source").asText())
                .containsExactly("wc", "cw", "ce", "ec", "-4#1", "4#1");
        final JsonNode link = one(zone, "link", "source", "wc");
        assertThat(link.path("properties").path("name").asText()).isEqualTo("West Street");
        assertThat(link.path("properties").path("lanes").asInt()).isEqualTo(2);
        assertThat(link.path("properties").path("laneWidthM").asDouble()).isEqualTo(3.5);
        assertThat(link.path("properties").path("speedLimitKmh").asInt()).isEqualTo(50);
        final JsonNode line = link.path("geometry").path("coordinates");
        assertAt(line.get(0), -100, -3.5);
        assertAt(line.get(line.size() - 1), -10, -3.5);
        assertThat(one(zone, "link", "source", "ce")
                        .path("properties")
                        .path("speedLimitKmh")
                        .asInt())
                .isEqualTo(60);
        assertThat(one(zone, "link", "source", "4#1")
                        .path("properties")
                        .path("laneWidthM")
                        .asDouble())
                .isEqualTo(3.2);
    }

    @Test
    void numbersJunctionsThatLinksHave() throws Exception {
        final JsonNode zone = zone(SumoText.NET);
        assertThat(all(zone, "node"))
                .extracting(node -> node.path("properties").path("nodeId").asInt() + " "
                        + node.path("properties").path("name").asText() + " "
                        + node.path("properties").path("signalised").asBoolean())
                .containsExactly("1 W false", "2 C true", "3 E false", "4 S false");
        final JsonNode link = one(zone, "link", "source", "-4#1").path("properties");
        assertThat(link.path("upstream").asInt()).isEqualTo(4);
        assertThat(link.path("downstream").asInt()).isEqualTo(2);
        assertAt(one(zone, "node", "name", "C").path("geometry").path("coordinates"), 0, 0);
    }

    @Test
    void leadsMovementsAlongTheLanesInsideOfTheJunction() throws Exception {
        final JsonNode zone = zone(SumoText.NET);
        assertThat(all(zone, "movement")).hasSize(6);
        final JsonNode straight = movement(zone, "wc", "ce").path("properties");
        assertThat(straight.path("maneuver").asText()).isEqualTo("straight");
        // SUMO's lane 2 is the leftmost of the link, SUMO's lane 0 is a sidewalk.
        assertThat(straight.path("lanes").toString()).isEqualTo("[[1,1]]");
        final JsonNode right = movement(zone, "wc", "4#1");
        assertThat(right.path("properties").path("maneuver").asText()).isEqualTo("right");
        assertThat(right.path("properties").path("lanes").toString()).isEqualTo("[[2,1]]");
        final JsonNode left = movement(zone, "-4#1", "cw").path("geometry").path("coordinates");
        assertThat(left).hasSize(3);
        assertAt(left.get(0), 1.75, -10);
        assertAt(left.get(1), 0, 0);
        assertAt(left.get(2), -10, 1.75);
        final JsonNode drawn = movement(zone, "-4#1", "ce").path("geometry").path("coordinates");
        assertThat(drawn.size())
                .as("without a lane inside of the junction a curve")
                .isGreaterThan(5);
        assertAt(drawn.get(0), 1.75, -10);
        assertAt(drawn.get(drawn.size() - 1), 10, -1.75);
    }

    @Test
    void makesOnePhaseOfSignalsThatAlwaysShowTheSame() throws Exception {
        final JsonNode zone = zone(SumoText.NET);
        assertThat(one(zone, "node", "name", "C").path("properties").path("program"))
                .isEqualTo(new ObjectMapper().readTree("""
                        {"cycleS": 70.0, "offsetS": 5.0, "phases": [
                        {"phaseId": 1, "startS": 0.0, "greenS": 30.0, "yellowS": 3.0, "pedestrian": false},
                        {"phaseId": 2, "startS": 0.0, "greenS": 43.0, "yellowS": 3.0, "pedestrian": false},
                        {"phaseId": 3, "startS": 46.0, "greenS": 20.0, "yellowS": 4.0, "pedestrian": false},
                        {"phaseId": 4, "startS": 46.0, "greenS": 20.0, "yellowS": 0.0, "pedestrian": true}]}"""));
        assertThat(phase(movement(zone, "wc", "ce"))).isEqualTo(1);
        assertThat(phase(movement(zone, "wc", "4#1"))).isEqualTo(1);
        assertThat(phase(movement(zone, "ec", "cw"))).isEqualTo(1);
        assertThat(phase(movement(zone, "ec", "4#1"))).isEqualTo(2);
        assertThat(phase(movement(zone, "-4#1", "cw"))).isEqualTo(3);
        assertThat(phase(movement(zone, "-4#1", "ce"))).isEqualTo(3);
        assertThat(phase(all(zone, "crossing").getFirst())).isEqualTo(4);
    }

    private static int phase(final JsonNode feature) {
        return feature.path("properties").path("phaseId").asInt();
    }

    /** A green over the end of the cycle stays whole: the cycle begins elsewhere. */
    @Test
    void beginsTheCycleWhereNoGreenIsCut() throws Exception {
        final String net = SumoText.NET
                .replace("duration=\"30\" state=\"GGGgrrr\"", "duration=\"12\" state=\"GGGgrrr\"")
                .replace(
                        "<phase duration=\"4\"  state=\"rrrryyr\"/>",
                        "<phase duration=\"4\" state=\"rrrryyr\"/><phase duration=\"18\" state=\"GGGgrrr\"/>");
        final JsonNode program =
                one(zone(net), "node", "name", "C").path("properties").path("program");
        assertThat(program.path("cycleS").asDouble()).isEqualTo(70);
        // Before the fifth stage, 28 s after SUMO's beginning, all is red; its first stage goes on from its last.
        assertThat(program.path("offsetS").asDouble()).isEqualTo(33);
        assertThat(program.path("phases").get(0).path("startS").asDouble()).isEqualTo(24);
        assertThat(program.path("phases").get(0).path("greenS").asDouble()).isEqualTo(30);
    }

    @Test
    void takesCrossingsAndBusStops() throws Exception {
        final JsonNode zone = zone(SumoText.NET);
        final JsonNode crossing = all(zone, "crossing").getFirst();
        assertThat(crossing.path("properties").path("node").asInt()).isEqualTo(2);
        assertAt(crossing.path("geometry").path("coordinates").get(0), -12, -9);
        assertAt(crossing.path("geometry").path("coordinates").get(1), -12, 4);
        assertThat(all(zone, "busStop")).hasSize(2);
        final JsonNode stop = one(zone, "busStop", "name", "West Stop");
        assertThat(stop.path("properties").path("link").asInt()).isEqualTo(1);
        assertThat(stop.path("properties").path("alongM").asDouble()).isEqualTo(50);
        assertAt(stop.path("geometry").path("coordinates"), -50, -7);
        assertThat(one(zone, "busStop", "name", "stop2")
                        .path("properties")
                        .path("alongM")
                        .asDouble())
                .isEqualTo(75);
    }

    /** As SUMO's own example of the A10 has many. */
    @Test
    void aLaneInsideOfAJunctionMayBeButAPoint() throws Exception {
        final JsonNode zone = zone(SumoText.NET.replace(
                "shape=\"-10.00,-5.25 -4.00,-6.00 -1.75,-10.00\"", "shape=\"-10.00,-5.25 -10.00,-5.25\""));
        final JsonNode line = movement(zone, "wc", "4#1").path("geometry").path("coordinates");
        assertAt(line.get(0), -10, -5.25);
        assertAt(line.get(line.size() - 1), -1.75, -10);
    }

    @Test
    void saysWhatItLeftOut() throws Exception {
        final String net = SumoText.NET.replace(
                "speed=\"13.89\" length=\"90.00\" width=\"3.50\" shape=\"-100.00,-5.25",
                "speed=\"11.11\" length=\"90.00\" width=\"3.50\" shape=\"-100.00,-5.25");
        assertThat(run(net, SumoText.STOPS, PLAIN).notes().lines())
                .containsExactly(
                        "2 lanes without motor vehicles left out",
                        "1 links whose lanes have different speed limits: the highest is taken",
                        "1 bus stops away from lanes for motor vehicles left out");
    }

    @Test
    void countsLanesFromTheLeftInLeftHandTrafficToo() throws Exception {
        final JsonNode zone = zone(SumoText.NET.replace("version=\"1.16\"", "version=\"1.16\" lefthand=\"true\""));
        assertThat(movement(zone, "wc", "ce").path("properties").path("lanes").toString())
                .isEqualTo("[[2,1]]");
    }

    @Test
    void theServerReadsWhatComesOut() throws Exception {
        final Path file = directory.resolve("zone.geojson");
        final String text = run(SumoText.NET, SumoText.STOPS, PLAIN).text();
        Files.writeString(file, text);
        final ZoneMap map = ZoneMap.load(file);
        assertThat(map.name()).isEqualTo("town");
        assertThat(map.lengthMetres()).isCloseTo(540, within(0.2));
        final ZoneCensus census = ZoneCensus.of(new ObjectMapper().readTree(text));
        assertThat(census.findings()).isEmpty();
        assertThat(census.lanes()).isEqualTo(7);
        assertThat(census.deadEnds()).isEqualTo(3);
    }

    @Test
    void theSameFilesGiveTheSameBytes() throws Exception {
        assertThat(run(SumoText.NET, SumoText.STOPS, PLAIN).text())
                .isEqualTo(run(SumoText.NET, SumoText.STOPS, PLAIN).text());
    }

    @Test
    void putsAFileWithoutProjectionAroundAPoint() throws Exception {
        final String net = SumoText.NET.replaceFirst("projParameter=\"[^\"]*\"", "projParameter=\"!\"");
        final JsonNode zone = new ObjectMapper()
                .readTree(run(net, SumoText.STOPS, new ImportOptions("here", 1, new Reference(29.5, 106.5), true))
                        .text());
        final JsonNode at = one(zone, "node", "name", "E").path("geometry").path("coordinates");
        assertThat(one(zone, "node", "name", "C")
                        .path("geometry")
                        .path("coordinates")
                        .toString())
                .isEqualTo("[106.5,29.5]");
        final var line = Geodesic.WGS84.Inverse(
                29.5, 106.5, at.get(1).asDouble(), at.get(0).asDouble());
        assertThat(line.s12).isCloseTo(100, within(0.01));
        assertThat(line.azi1).isCloseTo(90, within(0.01));
        assertThat(all(zone, "rsu"))
                .extracting(rsu -> rsu.path("properties").path("node").asInt())
                .containsExactly(2);
        assertThatThrownBy(() -> run(net, SumoText.STOPS, PLAIN)).hasMessageContaining("--ref");
        assertThatThrownBy(() -> run(
                        SumoText.NET, SumoText.STOPS, new ImportOptions(null, 1, new Reference(29.5, 106.5), false)))
                .hasMessageContaining("projection of its own");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            speed="16.67"                | speed="fast"        | <lane id="ce_0">: speed "fast" must be a number
            speed="16.67"                | speed="-1"          | <lane id="ce_0">: speed "-1" must be 0.001 to 150
            speed="16.67"                | speed="NaN"         | speed "NaN" must be a number
            shape="100.00,1.75 10.00,1.75" | shape="100.00"    | shape "100.00" must be points x,y or x,y,z
            shape="100.00,1.75 10.00,1.75" | shape="1,2 1,2"   | shape "1,2 1,2" must have a length
            shape="100.00,1.75 10.00,1.75" | shape="1,2 1e99,2" | must be a number of at most 1e9
            allow="bicycle"              | allow="unicorn"     | <lane id="park_0">: allow "unicorn" must list classes
            id="ec" from="E"             | id="ec" from="X"    | <edge id="ec" from="X" to="C">: from "X" must be
            id="ec" from="E"             | id="wc" from="E"    | <edge id="wc" from="E" to="C">: id "wc" is there twice
            linkIndex="5"                | linkIndex="7"       | linkIndex "7" must be below 7
            linkIndex="5"                | linkIndex="1.5"     | linkIndex "1.5" must be a whole number
            fromLane="2"                 | fromLane="3"        | fromLane "3" must be the index of a lane of edge wc
            via=":C_1_0"                 | via=":C_9_0"        | via ":C_9_0" must be the id of something
            from="ec" to="cw"            | from="ec" to="wc"   | to "wc" must begin where ec ends
            from="ec" to="cw"            | from="zz" to="cw"   | from "zz" must be the id of something
            via=":C_5_0"                 | via=":C_2_0"        | via ":C_2_0" must lead out of the junction
            dir="r" state="O"            | dir="q" state="O"   | dir "q" must be one of
            state="rrrGrrr"              | state="rrrG"        | state "rrrG" must have as many signals
            duration="10"                | duration="-10"      | duration "-10" must be 0 to 36000
            projParameter="+proj=utm     | projParameter="+proj=nothing | must be a PROJ string that is understood
            projParameter="+proj=utm     | projParameter="EPSG:32648 | must be a PROJ string that begins with +proj=
            netOffset="-647000.00,       | netOffset="         | netOffset "-3270000.00" must be x,y
            netOffset="-647000.00,       | netOffset="-9e8,    | lies outside of the file's projection
            <net version                 | <nets version       | <nets>: the first element must be one of [net]
            </net>                       | </nets>             | not well-formed XML
            index="2"                    | index="1"           | <lane id="wc_2">: index "1" is there twice in edge wc
            """)
    void errorsNameElementAttributeValueAndRule(final String what, final String by, final String message) {
        assertThat(SumoText.NET).contains(what);
        final int at = SumoText.NET.indexOf(what);
        final String broken = SumoText.NET.substring(0, at) + by + SumoText.NET.substring(at + what.length());
        assertThatThrownBy(() -> run(broken, SumoText.STOPS, PLAIN))
                .isInstanceOf(ImportException.class)
                .hasMessageContaining(message);
    }

    @Test
    void errorsNameTheLine() {
        assertThatThrownBy(() -> run(SumoText.NET.replace("speed=\"16.67\"", "speed=\"x\""), SumoText.STOPS, PLAIN))
                .hasMessageStartingWith("town.net.xml:38: <lane id=\"ce_0\">");
        assertThatThrownBy(() -> run(SumoText.NET, SumoText.STOPS.replace("wc_0", "wc_7"), PLAIN))
                .hasMessageStartingWith("more.add.xml:4: <busStop id=\"stop3\">: lane \"wc_7\" must be");
        assertThatThrownBy(() -> run(SumoText.NET, SumoText.STOPS.replace("60.00", "160.00"), PLAIN))
                .hasMessageContaining("endPos \"160.00\" must lie on lane wc_1 of 90.0 m");
    }
}
