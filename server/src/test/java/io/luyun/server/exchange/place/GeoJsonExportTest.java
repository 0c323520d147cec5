package io.luyun.server.exchange.place;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsi;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class GeoJsonExportTest {
    private static final long SECOND_NS = 1_000_000_000L;

    @TempDir
    private Path directory;

    private List<JsonNode> points(final TestRecords records, final long left) throws Exception {
        final Path file = directory.resolve("points.geojson");
        assertThat(records.into(PointsExporter.open(file, false))).isEqualTo(left);
        final Path sequence = directory.resolve("points.geojsonl");
        records.into(PointsExporter.open(sequence, true));
        final List<JsonNode> features = GeoJson.collection(Files.readString(file));
        assertThat(GeoJson.sequence(Files.readString(sequence))).isEqualTo(features);
        return features;
    }

    private List<JsonNode> tracks(final TestRecords records, final int mostPoints) throws Exception {
        final Path file = directory.resolve("tracks.geojson");
        records.into(TracksExporter.open(file, false, 5 * SECOND_NS, mostPoints));
        return GeoJson.collection(Files.readString(file));
    }

    @Test
    void anObservationIsAPoint() throws Exception {
        final TestRecords records = new TestRecords()
                .bsm("veh-1", 59_990, 1, -2)
                .pedestrian("rsu-1", 60_000, 17, 5)
                .add(
                        RecordKind.RECORD_KIND_BSM_VALUE,
                        TestRecords.HOSTILE,
                        61_000,
                        Bsm.newBuilder()
                                .setPos(Position.newBuilder()
                                        .setLat(-5)
                                        .setLon(-1_799_999_999)
                                        .setElevation(-4))
                                .build())
                .add(
                        RecordKind.RECORD_KIND_BSM_VALUE,
                        "nowhere",
                        61_000,
                        Bsm.newBuilder().build());
        final List<JsonNode> features = points(records, 3);
        assertThat(features).hasSize(3);
        assertThat(features.get(0).toString())
                .isEqualTo(
                        "{\"type\":\"Feature\",\"geometry\":{\"type\":\"Point\",\"coordinates\":[106.2999998,29.6000001]},"
                                + "\"properties\":{\"track\":\"veh-1\",\"device\":\"veh-1\",\"class\":\"passenger_car\",\"self\":true,"
                                + "\"at\":\"2026-01-01T00:00:59.990Z\",\"received_at\":\"2026-01-01T00:01:00.010Z\",\"sequence\":1,"
                                + "\"speed_mps\":10.22,\"heading_deg\":177.9875}}");
        final JsonNode walker = features.get(1).path("properties");
        assertThat(walker.path("track").asText()).isEqualTo("rsu-1/17");
        assertThat(walker.path("class").asText()).isEqualTo("pedestrian");
        assertThat(walker.has("speed_mps")).isFalse();
        assertThat(features.get(2).path("properties").path("device").asText())
                .isEqualTo(TestRecords.HOSTILE.replace("\uD83D ", "\uFFFD "));
        assertThat(features.get(2).path("geometry").path("coordinates").toString())
                .isEqualTo("[-179.9999999,-5.0E-7,-0.4]");
    }

    @Test
    void alertsAndWhatUnitsTellOfTheRoadAreFeatures() throws Exception {
        final Position here =
                Position.newBuilder().setLat(296_000_000).setLon(1_063_000_000).build();
        final RoadEvent placed = RoadEvent.newBuilder()
                .setEventId(1)
                .setEventType(707)
                .setPos(here)
                .setDescription("a \"jam\"")
                .build();
        final ReferencePath path = ReferencePath.newBuilder()
                .addActivePath(here)
                .addActivePath(here)
                .build();
        final Rsi rsi = Rsi.newBuilder()
                .addEvents(placed)
                .addEvents(
                        RoadEvent.newBuilder().setEventId(2).setEventType(401).addReferencePaths(path))
                .addSigns(RoadSign.newBuilder()
                        .setSignId(2)
                        .setSignType(5)
                        .addReferencePaths(path)
                        .addReferencePaths(path))
                .addSigns(RoadSign.newBuilder().setSignId(3).setSignType(6))
                .build();
        final Rsi changed = Rsi.newBuilder()
                .addEvents(placed.toBuilder().setDescription("no jam"))
                .build();
        final Alert alert = Alert.newBuilder()
                .setAlertId(-1)
                .setKind(AlertKind.ALERT_KIND_FCW)
                .setState(AlertState.ALERT_STATE_RAISED)
                .setSubject(AlertParty.newBuilder().setDeviceId("veh-1"))
                .setTarget(AlertParty.newBuilder().setSeenBy("rsu-1").setPtcId(17))
                .setPos(here)
                .setAtNs(TestRecords.TIME_NS)
                .setTimeToCollisionMs(1_250)
                .build();
        final TestRecords records = new TestRecords()
                .add(RecordKind.RECORD_KIND_RSI_VALUE, "rsu-1", 0, rsi)
                .add(RecordKind.RECORD_KIND_RSI_VALUE, "rsu-1", 1_000, rsi)
                .add(RecordKind.RECORD_KIND_RSI_VALUE, "rsu-2", 1_500, changed)
                .add(RecordKind.RECORD_KIND_RSI_VALUE, "rsu-1", 2_000, changed)
                .add(RecordKind.RECORD_KIND_ALERT_VALUE, "", 3_000, alert)
                .add(
                        RecordKind.RECORD_KIND_ALERT_VALUE,
                        "",
                        3_000,
                        alert.toBuilder().clearPos().build());
        final List<JsonNode> features = points(records, 5);
        assertThat(Stream.of("Point", "LineString", "MultiLineString", "", "Point", "Point", "Point", "")
                        .toList())
                .isEqualTo(features.stream()
                        .map(feature -> feature.path("geometry").path("type").asText(""))
                        .toList());
        assertThat(features.get(0).path("properties").toString())
                .isEqualTo(
                        "{\"kind\":\"event\",\"device\":\"rsu-1\",\"id\":1,\"code\":707,\"description\":\"a \\\"jam\\\"\","
                                + "\"at\":\"2026-01-01T00:00:00.000Z\",\"sequence\":1}");
        assertThat(features.get(6).path("properties").toString())
                .isEqualTo("{\"kind\":\"alert\",\"alert\":\"FCW\",\"state\":\"RAISED\",\"severity\":\"UNSPECIFIED\","
                        + "\"alert_id\":\"18446744073709551615\",\"subject\":\"veh-1\",\"target\":\"rsu-1/17\","
                        + "\"at\":\"2026-01-01T00:00:00.000Z\",\"raised_at\":\"1970-01-01T00:00:00.000Z\",\"sequence\":5,"
                        + "\"time_to_collision_s\":1.25}");
    }

    @Test
    void aTrackIsALineThatEndsWhereItIsSilent() throws Exception {
        final TestRecords records = new TestRecords();
        for (int second = 0; second < 10; second++) {
            records.bsm("veh-1", second * 1_000L, second, 0);
        }
        // late, and in its place all the same
        records.bsm("veh-1", 8_500, 85, 0);
        records.bsm("veh-2", 12_000, 0, 7);
        for (int second = 20; second < 23; second++) {
            records.bsm("veh-1", second * 1_000L, second, 0);
        }
        final List<JsonNode> lines = tracks(records, 1_000);
        assertThat(lines)
                .extracting(line -> line.path("properties").path("points").asInt())
                .containsExactly(11, 1, 3);
        final JsonNode first = lines.getFirst();
        assertThat(first.path("properties").path("from").asText()).isEqualTo("2026-01-01T00:00:00.000Z");
        assertThat(first.path("properties").path("to").asText()).isEqualTo("2026-01-01T00:00:09.000Z");
        assertThat(first.path("properties").path("times").path(9).asLong())
                .isEqualTo(TestRecords.TIME_NS / 1_000_000 + 8_500);
        assertThat(first.path("geometry").path("coordinates").path(9).path(1).asDouble())
                .isEqualTo(29.6000085);
        assertThat(lines.get(1).path("geometry").path("type").asText()).isEqualTo("Point");
    }

    @Test
    void noMoreThanSoManyPointsAreHeldAndNoneIsLost() throws Exception {
        final TestRecords records = new TestRecords();
        for (int i = 0; i < 3_000; i++) {
            records.bsm("veh-" + i % 10, i * 10L, i, 0);
        }
        final List<JsonNode> lines = tracks(records, 1_000);
        assertThat(lines.size()).isGreaterThan(10);
        int points = 0;
        for (final JsonNode line : lines) {
            points += line.path("properties").path("points").asInt();
            assertThat(line.path("properties").path("points").asInt()).isLessThanOrEqualTo(1_000 - 320);
        }
        assertThat(points).isEqualTo(3_000);
    }

    @Test
    void noLineGoesRoundTheEarth() throws Exception {
        final TestRecords records = new TestRecords();
        for (int i = 0; i < 6; i++) {
            records.add(
                    RecordKind.RECORD_KIND_BSM_VALUE,
                    "ship",
                    i * 100L,
                    Bsm.newBuilder()
                            .setSecMark(i * 100)
                            .setPos(Position.newBuilder()
                                    .setLat(0)
                                    .setLon(i < 3 ? 1_799_999_990 + i : -1_799_999_990 + i))
                            .build());
        }
        assertThat(tracks(records, 1_000)).hasSize(2);
    }

    @Test
    void isPackedWhenItsNameSaysSo() throws Exception {
        final Path file = directory.resolve("points.geojson.gz");
        new TestRecords().bsm("veh-1", 0, 0, 0).into(PointsExporter.open(file, false));
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            assertThat(GeoJson.collection(new String(in.readAllBytes(), StandardCharsets.UTF_8)))
                    .hasSize(1);
        }
    }

    @Test
    void nothingIsAFileToo() throws Exception {
        assertThat(points(new TestRecords().bsm("veh-1", 0, 0, 0), 1)).hasSize(1);
        final Path file = directory.resolve("none.geojson");
        new TestRecords().into(PointsExporter.open(file, false));
        assertThat(GeoJson.collection(Files.readString(file))).isEmpty();
    }
}
