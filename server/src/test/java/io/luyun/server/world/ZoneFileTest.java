package io.luyun.server.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a zone file says beyond its roads, and what is told of one that is wrong. */
final class ZoneFileTest {
    private static final int CAR = 1;

    /** A junction at 1000..1020 with a crossing behind the stop line of link 1, a stop, a ramp, a school, a test road. */
    private static ZoneDraft zone() {
        return new ZoneDraft()
                .point("node", "\"nodeId\":20,\"region\":7", 1_010, 0)
                .link("1", 10, 20, 2, 60, "\"stopLineM\":990,\"approved\":true", 0, 0, 1000, 0)
                .link("2", 20, 30, 2, 60, 1020, 0, 2000, 0)
                .link("3", 40, 10, 1, 40, "\"ramp\":\"on\"", -500, -100, 0, 0)
                .movement(
                        20,
                        "1",
                        "2",
                        "\"maneuver\":\"straight\",\"phaseId\":5,\"lanes\":[[1,1],[2,2]]",
                        1000,
                        0,
                        1020,
                        0)
                .line("crossing", "\"node\":20,\"name\":\"west\",\"smart\":true,\"phaseId\":9", 1005, -5, 1005, 5)
                .line("crossing", "\"node\":20,\"name\":\"west\"", 1500, -5, 1500, 5)
                .point("busStop", "\"link\":\"1\",\"alongM\":400,\"name\":\"School\"", 400, -4)
                .box(
                        "area",
                        "\"type\":\"school\",\"name\":\"No 1\",\"limitKmh\":30,\"hours\":[[7,8.5],[16,18]]",
                        300,
                        -20,
                        600,
                        20)
                .box("area", "\"type\":\"elderly\",\"limitKmh\":20,\"hours\":[22,6]", 3_000, 0, 3_100, 100)
                .box("approved", "", 1_100, -20, 1_200, 20);
    }

    private final Scene scene = new Scene(zone().load(), WorldConfig.DEFAULT, s -> new Scene.Deaf());

    private Link link(final String id) {
        for (int i = 0; i < scene.world.links(); i++) {
            if (scene.world.link(i).linkId().equals(id)) {
                return scene.world.link(i);
            }
        }
        throw new AssertionError(id);
    }

    private Participant carAt(final double x, final double y) {
        scene.pass(2_500);
        scene.tick();
        scene.bsm(CAR, scene.car(CAR, x, y, 90, 10));
        return scene.only();
    }

    @Test
    void tellsWaysOnWithTheirSignalsAndLanes() {
        final Link approach = link("1");
        assertThat(approach.region()).as("of the node it leads to").isEqualTo(7);
        assertThat(link("2").region()).as("of the zone").isEqualTo(1);
        assertThat(approach.stopLineMetres()).isEqualTo(990);
        assertThat(link("2").stopLineMetres()).isEqualTo(980, within(0.1));
        assertThat(approach.movements()).hasSize(1);
        final Movement straight = approach.movements()[0];
        assertThat(straight.phaseId()).isEqualTo(5);
        assertThat(straight.maneuver()).isZero();
        assertThat(straight.node()).isEqualTo(20);
        assertThat(straight.region()).isEqualTo(7);
        assertThat(straight.remoteNode()).isEqualTo(30);
        assertThat(straight.to()).isSameAs(link("2"));
        assertThat(straight.connector()).isSameAs(link("1>2"));
        assertThat(link("1>2").movement()).isSameAs(straight);
        assertThat(straight.serves(2)).isTrue();
        assertThat(straight.serves(3)).isFalse();
        assertThat(straight.onwardLane(2)).isEqualTo(2);
        assertThat(link("3").ramp()).isEqualTo(Ramp.ON);
        assertThat(approach.ramp()).isEqualTo(Ramp.NONE);
    }

    @Test
    void tiesCrossingsAndStopsToLinks() {
        final Crossing west = scene.world.crossings()[0];
        assertThat(west.smart()).isTrue();
        assertThat(west.phaseId()).isEqualTo(9);
        assertThat(west.node()).isEqualTo(20);
        assertThat(west.alongMetres(link("1"))).as("beyond the stop line").isEqualTo(1_005, within(0.1));
        assertThat(west.alongMetres(link("1>2"))).isEqualTo(5, within(0.1));
        assertThat(west.alongMetres(link("2"))).as("before its begin: 15 m").isNaN();
        assertThat(west.links()).isEqualTo(2);
        assertThat(link("1").crossings()).containsExactly(west);
        final Crossing other = scene.world.crossings()[1];
        assertThat(other.name()).as("names tell them apart").isEqualTo("west #2");
        assertThat(other.alongMetres(link("2"))).isEqualTo(480, within(0.1));
        final BusStop stop = scene.world.busStops()[0];
        assertThat(stop.link()).isSameAs(link("1"));
        assertThat(stop.alongMetres()).isEqualTo(400);
        assertThat(stop.name()).isEqualTo("School");
    }

    @Test
    void knowsAreasByPlaceAndHour() {
        final Participant near = carAt(350, 0);
        assertThat(scene.world.areasNear(near)).containsExactly(scene.world.areas()[0]);
        final Area school = scene.world.areas()[0];
        assertThat(school.type()).isEqualTo(Area.Type.SCHOOL);
        assertThat(school.contains(near.x(), near.y())).isTrue();
        assertThat(school.contains(299, 0)).isFalse();
        assertThat(school.contains(400, 21)).isFalse();
        assertThat(school.limits()).isEqualTo(SpeedLimits.ofKmh(30));
        assertThat(school.holdsAt(7 * 60)).isTrue();
        assertThat(school.holdsAt(8 * 60 + 30)).isFalse();
        assertThat(school.holdsAt(17 * 60)).isTrue();
        final Area elderly = scene.world.areas()[1];
        assertThat(elderly.holdsAt(23 * 60)).isTrue();
        assertThat(elderly.holdsAt(5 * 60 + 59)).isTrue();
        assertThat(elderly.holdsAt(6 * 60)).isFalse();
        assertThat(Area.minuteOfDay(0, 480)).isEqualTo(480);
        assertThat(Area.minuteOfDay(-1, 0)).isEqualTo(1_439);
        assertThat(scene.world.areasNear(carAt(1_900, 0))).isEmpty();
        assertThat(scene.world.areasNear(carAt(3_050, 50))).as("off the roads").hasSize(2);
    }

    @Test
    void knowsWhatIsApproved() {
        assertThat(scene.world.anyApproved()).isTrue();
        assertThat(scene.world.isApproved(carAt(350, 0))).as("approved link").isTrue();
        assertThat(scene.world.isApproved(carAt(1_050, 0))).isFalse();
        assertThat(scene.world.isApproved(carAt(1_150, 0)))
                .as("approved surface")
                .isTrue();
        final Scene open = new Scene();
        open.bsm(CAR, open.car(CAR, 500, 300, 90, 10));
        assertThat(open.world.anyApproved()).isFalse();
        assertThat(open.world.isApproved(open.only())).as("nothing is said").isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            link     | "linkId":"x","lanes":0                                  | (link linkId x): lanes = 0: must be a number from 1 to 32
            link     | "linkId":"x","lanes":1.5                                | lanes = 1.5: must be a whole number
            link     | "linkId":"x","lanes":"2"                                | lanes = "2": must be a whole number
            link     | "linkId":"x","laneWidthM":-1                            | laneWidthM = -1: must be a number from 0 to 20
            link     | "linkId":"x","speedLimitKmh":500                        | speedLimitKmh = 500: must be a number from 0 to 200
            link     | "linkId":"x","stopLineM":4000                           | stopLineM = 4000: must be a number from 0 to
            link     | "linkId":"x","ramp":"up"                                | ramp = "up": must be one of none, on, off
            link     | "linkId":"x","approved":"yes"                           | approved = "yes": must be true or false
            link     | "lanes":2                                               | linkId = (none): must be given
            link     | "linkId":"1"                                            | (link linkId 1): linkId = 1: is there twice
            movement | "node":20,"fromLink":"1","toLink":"9"                   | toLink = 9: must be the linkId of a link
            movement | "node":21,"fromLink":"1","toLink":"2"                   | node = 21: must be where fromLink ends (20) and toLink begins (20)
            movement | "node":20,"fromLink":"1","toLink":"2","maneuver":"back" | maneuver = "back": must be one of straight, left, right, uturn
            movement | "node":20,"fromLink":"1","toLink":"2","phaseId":256     | phaseId = 256: must be a number from 0 to 255
            movement | "node":20,"fromLink":"1","toLink":"2","lanes":[[3,1]]   | lanes[0][0] = 3: must be a number from 1 to 2
            movement | "node":20,"fromLink":"1","toLink":"2","lanes":[[1]]     | lanes[0][1] = : must be a number from 1 to 2
            busStop  | "link":"1","alongM":5                                   | geometry.type = LineString: must be Point
            area     | "type":"school"                                         | geometry.type = LineString: must be Polygon
            crossing | "node":20,"phaseId":-1                                  | phaseId = -1: must be a number from 0 to 255
            """)
    void namesFeatureFieldValueAndRule(final String kind, final String properties, final String error) {
        assertThatThrownBy(() -> zone().line(kind, properties, 0, 0, 100, 0).load())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("features[11] (" + kind)
                .hasMessageContaining(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            "type":"zoo"                    | type = "zoo": must be one of school, elderly, construction, residential, other
            "type":"school","hours":[7]     | hours = [7]: must be [from, to] or a list of such
            "type":"school","hours":[7,25]  | hours = 25: must be a number from 0 to 24
            "type":"school","limitKmh":0    | limitKmh = 0: must be a number from 1 to 200
            """)
    void namesWhatIsWrongWithAnArea(final String properties, final String error) {
        assertThatThrownBy(() -> zone().box("area", properties, 0, 0, 10, 10).load())
                .hasMessageContaining(error);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            LineString | [[106.3,29.6]]                | geometry.coordinates = 1 points: must be at least 2
            LineString | [[106.3,29.6],[29.6,106.3]]   | geometry.coordinates = [29.6,106.3]: must be [longitude, latitude] in degrees
            LineString | [[106.3,29.6],["a",29.6]]     | geometry.coordinates = ["a",29.6]: must be [longitude, latitude] in degrees
            LineString | [[106.3,29.6],[106.3,29.6]]   | geometry.coordinates = 0 m: must be longer
            """)
    void namesWhatIsWrongWithALine(final String geometry, final String coordinates, final String error) {
        assertThatThrownBy(() -> new ZoneDraft()
                        .feature("link", "\"linkId\":\"x\"", geometry, coordinates)
                        .load())
                .hasMessageContaining("features[0] (link linkId x): " + error);
    }

    /** Found by fuzzing: a parser shows the place in further lines. */
    @Test
    void whatIsNoJsonIsSaidInOneLine(@TempDir final Path directory) throws IOException {
        final Path file = Files.writeString(directory.resolve("zone.geojson"), "{\n\"type\": \u0000}");
        assertThatThrownBy(() -> ZoneMap.load(file))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith(file + " line 2: not JSON: ")
                .hasMessageNotContaining("\n");
    }
}
