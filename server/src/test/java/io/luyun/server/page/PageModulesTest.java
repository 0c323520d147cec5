package io.luyun.server.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the page's modules reckon, in the browser that runs them. */
final class PageModulesTest {
    private static final String BYTES =
            "const bytes = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)).buffer;";

    @TempDir
    static Path profile;

    private static MockOps server;
    private static PageBrowser browser;
    private final ObjectMapper mapper = new ObjectMapper();

    @BeforeAll
    static void open() throws Exception {
        PageBrowser.demand();
        server = new MockOps(3, null);
        browser = new PageBrowser(profile, 800, 600);
        browser.open(server.address());
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
            server.close();
        }
    }

    @Test
    void readsAFrameOfPositionsBitByBit() throws Exception {
        final ByteBuffer frame = frame(2, 1);
        row(frame, 0xFEDC_BA98_7654_3210L, 29.6, 106.3);
        row(frame, 42, -29.6, -106.3);
        frame.putLong(7);
        final JsonNode told = json(
                "js/positions.js",
                BYTES + "const told = {rows: [], gone: []};"
                        + "module.decodePositions(bytes(values[0]), {begin: (header) => told.header = header, row: (row) => told.rows.push({...row, key: String(row.key)}),"
                        + " gone: (key) => told.gone.push(key)}); return JSON.stringify(told)",
                base64(frame));
        assertThat(told.path("header").path("snapshot").asBoolean()).isTrue();
        assertThat(told.path("header").path("atMs").asLong()).isEqualTo(1_796_007_223_982L);
        final JsonNode first = told.path("rows").get(0);
        assertThat(first.path("key").asText()).isEqualTo(Long.toUnsignedString(0xFEDC_BA98_7654_3210L));
        assertThat(first.path("lat").asDouble()).isEqualTo(29.6);
        assertThat(first.path("speedMps").asDouble()).isEqualTo(12.0);
        assertThat(first.path("headingDeg").asDouble()).isEqualTo(180.0);
        assertThat(first.path("flags").asInt()).isEqualTo(33);
        assertThat(first.path("device").asInt()).isEqualTo(5);
        assertThat(first.path("seenBy").asInt()).isEqualTo(-1);
        assertThat(first.path("ageMs").asInt()).isEqualTo(90);
        assertThat(told.path("rows").get(1).path("lon").asDouble()).isEqualTo(-106.3);
        assertThat(told.path("gone").get(0).asInt()).isEqualTo(7);
    }

    @Test
    void refusesAFrameThatIsCutShortOrOfAnotherVersion() throws Exception {
        final String body = BYTES
                + "try { module.decodePositions(bytes(values[0]), {begin() {}, row() {}, gone() {}}); return '\"taken\"' }"
                + " catch (error) { return JSON.stringify(error.message) }";
        final ByteBuffer cut = frame(2, 0);
        row(cut, 1, 29.6, 106.3);
        assertThat(json("js/positions.js", body, base64(cut)).asText()).contains("for 2 rows");
        final ByteBuffer other = frame(0, 0);
        other.put(0, (byte) 2);
        assertThat(json("js/positions.js", body, base64(other)).asText()).contains("version 1");
    }

    @Test
    void drawsBetweenTwoFramesAndForgetsWhoIsGone() throws Exception {
        final ByteBuffer first = frame(1, 0);
        row(first, 42, 29.6, 106.3);
        final ByteBuffer second = frame(1, 0);
        row(second, 42, 29.6001, 106.3);
        final ByteBuffer snapshot = frame(0, 0);
        snapshot.put(1, (byte) 1);
        final JsonNode told = json(
                "js/road.js",
                BYTES + "const road = new module.Road(); road.apply(bytes(values[0]), 1000);"
                        + "const one = road.get(42); const start = one.y; road.apply(bytes(values[1]), 1100); module.place(one, 1150); const middle = one.y;"
                        + "module.place(one, 1200); const end = one.y; module.place(one, 9000); const later = one.y; road.apply(bytes(values[2]), 9100);"
                        + "return JSON.stringify({part: (middle - start) / (end - start), moved: end - start, stays: later === end, left: road.size})",
                base64(first),
                base64(second),
                base64(snapshot));
        assertThat(told.path("part").asDouble()).isBetween(0.49, 0.51);
        assertThat(told.path("moved").asDouble()).isBetween(12.0, 13.5);
        assertThat(told.path("stays").asBoolean()).isTrue();
        assertThat(told.path("left").asInt()).isZero();
    }

    @Test
    void whoDrivesATestVehicleComesFromItsSupervision() throws Exception {
        final ByteBuffer frame = frame(1, 0);
        row(frame, 42, 29.6, 106.3);
        frame.put(24 + 22, (byte) 0);
        final JsonNode told = json(
                "js/road.js",
                BYTES
                        + "const road = new module.Road(); road.apply(bytes(values[0]), 1000); const before = road.get(42).drivingMode;"
                        + "road.modeOf = (device) => device === 5 ? 2 : 0; road.apply(bytes(values[0]), 1100);"
                        + "return JSON.stringify([before, road.get(42).drivingMode])",
                base64(frame));
        assertThat(told.toString()).isEqualTo("[0,2]");
        assertThat(json(
                                "js/questions.js",
                                "return JSON.stringify([...module.modesOf([{device: 'a', online: true, mode: 'AUTOMATED'}, {device: 'b', online: false, mode: 'MANUAL'}, {device: 'c', online: true, mode: 'UNKNOWN'}])])")
                        .toString())
                .isEqualTo("[[\"a\",2]]");
    }

    @Test
    void turnsTheShorterWay() throws Exception {
        assertThat(json(
                                "js/road.js",
                                "return JSON.stringify([module.turn(350, 10), module.turn(10, 350), module.turn(90, 90), module.turn(0, 180)])")
                        .toString())
                .isEqualTo("[20,-20,0,-180]");
    }

    @Test
    void anAddressComesBackAsItWasAndNonsenseIsLeftOut() throws Exception {
        final JsonNode told = json(
                "js/address.js",
                "const said = {view: 'devices', box: [106.1, 29.5, 106.3, 29.7], participant: '18446744073709551615', device: 'bus 07/渝&=', time: '2026-11-30T02:53:44Z', follow: true, lang: 'en', theme: 'light', wall: true};"
                        + "return JSON.stringify([said, module.readAddress(module.writeAddress(said)), module.readAddress('#view=other&box=9,9,1,1&participant=1;x&time=soon&lang=xx&theme=%3Cscript%3E')])");
        assertThat(told.get(1)).isEqualTo(told.get(0));
        assertThat(told.get(2).isEmpty()).isTrue();
    }

    @Test
    void alertsAreOneEntryForAllTheirSteps() throws Exception {
        final JsonNode told = json(
                "js/alerts.js",
                "const alerts = []; const step = (id, at, severity, state) => ({id, at, raisedAt: id === 'a' ? '2026-01-01T00:00:00Z' : '2026-01-01T00:00:05Z', severity, state, kind: 'FCW'});"
                        + "const news = [module.takeAlert(alerts, step('a', '2026-01-01T00:00:00Z', 'CAUTION', 'RAISED')), module.takeAlert(alerts, step('b', '2026-01-01T00:00:05Z', 'INFO', 'RAISED')),"
                        + " module.takeAlert(alerts, step('a', '2026-01-01T00:00:06Z', 'CRITICAL', 'UPDATED')), module.takeAlert(alerts, step('a', '2026-01-01T00:00:01Z', 'INFO', 'UPDATED')), module.takeAlert(alerts, step('a', '2026-01-01T00:00:09Z', 'CRITICAL', 'CLEARED'))];"
                        + "module.takeAcknowledgement(alerts, {alertId: 'b', by: 'x', note: '', at: ''});"
                        + "return JSON.stringify({news, ids: alerts.map((one) => one.id), state: alerts[1].state, severity: alerts[1].severity, open: module.filterAlerts(alerts, {open: true}).length, least: module.filterAlerts(alerts, {least: 'WARNING'}).map((one) => one.id)})");
        assertThat(told.path("news").toString()).isEqualTo("[true,true,true,false,false]");
        assertThat(told.path("ids").toString()).isEqualTo("[\"b\",\"a\"]");
        assertThat(told.path("state").asText()).isEqualTo("CLEARED");
        assertThat(told.path("severity").asText()).isEqualTo("CRITICAL");
        assertThat(told.path("open").asInt()).isZero();
        assertThat(told.path("least").toString()).isEqualTo("[\"a\"]");
    }

    @Test
    void theConflictIsWhereTheCoursesCross() throws Exception {
        final String two =
                "const two = [{lat: 29.6, lon: 106.3, headingDeg: 0, speedMps: 10}, {lat: 29.6 + 30 / 111195, lon: 106.3 - 30 / 111195 / Math.cos(29.6 * Math.PI / 180), headingDeg: 90, speedMps: 10}];";
        final JsonNode told = json(
                "js/scene.js",
                two + "const scene = module.sceneOf(two, 3); const [one, other] = scene.parties;"
                        + "return JSON.stringify({north: scene.conflict.y - one.y, east: scene.conflict.x - one.x, none: module.sceneOf(two, null).conflict, empty: module.sceneOf([{name: 'x'}], 3)})");
        assertThat(told.path("north").asDouble()).isBetween(29.9, 30.1);
        assertThat(told.path("east").asDouble()).isBetween(-0.1, 0.1);
        assertThat(told.path("none").isNull()).isTrue();
        assertThat(told.path("empty").isNull()).isTrue();
    }

    @Test
    void findsAPartyInWhatItOrAUnitHasSaid() throws Exception {
        final String seen =
                "{device: 'rsu-1', fields: {participants: [{ptcId: 8}, {ptcId: 9, pos: {lat: {value: '29.6', unit: 'deg'}, lon: {value: 106.3, unit: 'deg'}}, heading: {value: 90, unit: 'deg'}}]}}";
        assertThat(json(
                                "js/scene.js",
                                "const seen = " + seen
                                        + "; return JSON.stringify([module.stateIn(seen, {seenBy: 'rsu-1', numberAtUnit: 9}), module.stateIn(seen, {device: 'veh-1'})])")
                        .toString())
                .isEqualTo("[{\"lat\":29.6,\"lon\":106.3,\"headingDeg\":90},null]");
    }

    @Test
    void placesEachPhaseOverItsLanesAtTheStopLine() throws Exception {
        final JsonNode told = json(
                "js/map/geometry.js",
                "const link = (linkId, coordinates) => ({properties: {kind: 'link', linkId, upstream: 1, downstream: 2, lanes: 3, laneWidthM: 3.5}, geometry: {coordinates}});"
                        + "const zone = module.readZone({luyun: {ref: [106.3, 0], region: 1}, features: [link(1, [[106.3, 0], [106.31, 0]]), link(2, [[106.32, 0], [106.33, 0]]),"
                        + " {properties: {kind: 'movement', node: 2, fromLink: 1, toLink: 2, maneuver: 'left', phaseId: 5, lanes: [[1, 1]]}, geometry: {coordinates: [[106.31, 0], [106.32, 0]]}}]});"
                        + "const [line] = zone.stopLines.get('2:5'); const end = zone.links[0].coordinates[1];"
                        + "return JSON.stringify({atEnd: Math.abs(line.x - end[0]) < 1e-6, from: line.from, to: line.to, right: module.offsetLine([[0, 0], [10, 0]], 2)})");
        assertThat(told.path("atEnd").asBoolean()).isTrue();
        assertThat(told.path("from").asDouble()).isEqualTo(-5.25);
        assertThat(told.path("to").asDouble()).isEqualTo(-1.75);
        assertThat(told.path("right").toString()).isEqualTo("[[0,-2],[10,-2]]");
    }

    @Test
    void comesBackLaterAndLaterButWithinTenSeconds() throws Exception {
        assertThat(json(
                                "js/live.js",
                                "return JSON.stringify([0, 1, 2, 9].map((attempt) => module.backOff(attempt, 0.5)))")
                        .toString())
                .isEqualTo("[500,1000,2000,10000]");
    }

    @Test
    void sortsNumbersAsNumbersAndNamesAsPeopleDo() throws Exception {
        assertThat(json(
                                "js/views/table.js",
                                "const by = {of: (row) => row}; return JSON.stringify([module.sortRows([10, 9, 100], by, false), module.sortRows(['veh-10', 'veh-9'], by, false), module.sortRows([1, 2], by, true)])")
                        .toString())
                .isEqualTo("[[9,10,100],[\"veh-9\",\"veh-10\"],[2,1]]");
    }

    private JsonNode json(final String module, final String body, final Object... values)
            throws JsonProcessingException {
        final String told = String.valueOf(browser.module(module, body, values));
        assertThat(told).doesNotStartWith("failed");
        return mapper.readTree(told);
    }

    private static ByteBuffer frame(final int rows, final int gone) {
        final ByteBuffer frame = ByteBuffer.allocate(24 + 36 * rows + 8 * gone).order(ByteOrder.LITTLE_ENDIAN);
        return frame.put((byte) 1)
                .put((byte) (gone > 0 ? 1 : 0))
                .putShort((short) gone)
                .putInt(rows)
                .putLong(1_796_007_223_982_000_000L)
                .putInt(0)
                .putInt(0);
    }

    private static void row(final ByteBuffer frame, final long id, final double lat, final double lon) {
        frame.putLong(id).putInt((int) Math.round(lat * 1e7)).putInt((int) Math.round(lon * 1e7));
        frame.putShort((short) 600)
                .putShort((short) 14_400)
                .put((byte) 1)
                .put((byte) 10)
                .put((byte) 2)
                .put((byte) 33);
        frame.putInt(5).putInt(-1).putInt(90);
    }

    /** As far as it was written: a frame that was not filled is one that was cut short. */
    private static String base64(final ByteBuffer frame) {
        final byte[] bytes = new byte[frame.position()];
        frame.get(0, bytes);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
