package io.luyun.server.exchange.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.ObstacleType;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.PathHistory;
import io.luyun.proto.v1.PathHistoryPoint;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.server.research.ListedRecords;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in which file. */
final class TableFilesTest {
    private static final long START_NS = 1_796_007_220_974_373_530L;
    private static final int BSM = RecordKind.RECORD_KIND_BSM_VALUE;

    @TempDir
    Path directory;

    private final ListedRecords records = new ListedRecords();

    private static Bsm.Builder bsm(final int count, final int latitude) {
        return Bsm.newBuilder()
                .setMsgCnt(count)
                .setPos(Position.newBuilder().setLat(latitude).setLon(-5));
    }

    private void export(final Predicate<String> wanted) throws Exception {
        try (TableExporter exporter = TableExporter.parquet(directory, wanted)) {
            exporter.about(Map.of("luyun.format", "parquet"));
            while (records.next()) {
                exporter.add(records);
            }
        }
    }

    private List<String> files() throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private String from(final String table) {
        return " from read_parquet('" + directory.resolve(table + ".parquet") + "')";
    }

    @Test
    void tablesWithoutRowsHaveNoFileAndThoseOfAnEarlierExportGo() throws Exception {
        Files.writeString(directory.resolve("psm.parquet"), "old");
        Files.writeString(directory.resolve("psm.2.parquet"), "old");
        Files.writeString(directory.resolve("notes.txt"), "mine");
        Files.writeString(directory.resolve("results.parquet"), "mine");
        records.add(BSM, "veh-1", START_NS, bsm(1, 7).build().toByteArray());
        records.add(RecordKind.RECORD_KIND_TICK_VALUE, "", START_NS, new byte[0]);
        export(_ -> true);
        assertThat(files())
                .containsExactly("bsm.parquet", "messages.parquet", "notes.txt", "results.parquet", "tracks.parquet");
    }

    @Test
    void writesWantedTablesAlone() throws Exception {
        records.add(BSM, "veh-1", START_NS, bsm(1, 7).build().toByteArray());
        export("tracks"::equals);
        assertThat(files()).containsExactly("tracks.parquet");
    }

    @Test
    void manyRowsStandInOrderInGroupsWithBounds() throws Exception {
        final int rows = 70_000;
        for (int i = 0; i < rows; i++) {
            final Bsm.Builder message = bsm(i % 128, i);
            if (i >= 69_000) {
                message.setSpeed(i % 8_000);
            }
            records.add(BSM, "veh-" + i % 1_000, START_NS + i, message.build().toByteArray());
        }
        export("bsm"::equals);
        try (Duck duck = new Duck()) {
            final Map<String, Object> found = duck.rows("select count(*) n, min(sequence) a, max(sequence) b,"
                            + " count(speed_mps) speeds, sum(speed_raw) total, count(distinct device) devices,"
                            + " count(*) filter (latitude_raw = sequence - 1) good,"
                            + " count(*) filter (abs(latitude_deg * 1e7 - latitude_raw) < 1e-3) same,"
                            + " count(*) filter (device = 'veh-' || ((sequence - 1) % 1000)) theirs"
                            + from("bsm"))
                    .getFirst();
            long total = 0;
            for (int i = 69_000; i < rows; i++) {
                total += i % 8_000;
            }
            assertThat(found)
                    .containsEntry("n", (long) rows)
                    .containsEntry("a", 1L)
                    .containsEntry("b", (long) rows)
                    .containsEntry("speeds", 1_000L)
                    .containsEntry("devices", 1_000L)
                    .containsEntry("good", (long) rows)
                    .containsEntry("same", (long) rows)
                    .containsEntry("theirs", (long) rows);
            assertThat(found.get("total")).hasToString(Long.toString(total));
            assertThat(duck.rows("select row_group_num_rows n, stats_min a, stats_max b, stats_null_count nulls"
                            + " from parquet_metadata('" + directory.resolve("bsm.parquet")
                            + "') where path_in_schema = 'sequence' order by row_group_id"))
                    .containsExactly(
                            Map.of("n", 65_536L, "a", "1", "b", "65536", "nulls", 0L),
                            Map.of("n", 4_464L, "a", "65537", "b", "70000", "nulls", 0L));
            assertThat(duck.value("select decode(value) from parquet_kv_metadata('" + directory.resolve("bsm.parquet")
                            + "') where decode(key) = 'luyun.format'"))
                    .isEqualTo("parquet");
        }
    }

    @Test
    void goesOnInAnotherFileWhenOneHasManyGroups() throws Exception {
        final TableSchema schema = Tables.schemas().stream()
                .filter(table -> table.name().equals("messages"))
                .findFirst()
                .orElseThrow();
        final Rows rows = new Rows(schema);
        try (ParquetTable table = new ParquetTable(directory, schema, Map.of(), 2)) {
            for (int i = 1; i <= 5; i++) {
                rows.next();
                rows.put(0, i);
                rows.complete();
                table.write(rows);
                rows.clear(false);
            }
        }
        assertThat(files()).containsExactly("messages.2.parquet", "messages.3.parquet", "messages.parquet");
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("select sequence from read_parquet('" + directory + "/messages.*parquet') order by 1"))
                    .extracting(row -> row.get("sequence"))
                    .containsExactly(1L, 2L, 3L, 4L, 5L);
        }
    }

    @Test
    void tracksAreOfWhoTellsOfItselfAndOfWhomAUnitSees() throws Exception {
        final Position.Builder place = Position.newBuilder().setLat(10).setLon(20);
        records.add(
                BSM,
                "veh-1",
                START_NS,
                bsm(1, 7).setSpeed(650).setSecMark(1_000).build().toByteArray());
        final RsmParticipant seen = RsmParticipant.newBuilder()
                .setPtcType(ParticipantType.PARTICIPANT_PEDESTRIAN)
                .setPtcId(17)
                .setPos(place)
                .setSource(SourceType.SOURCE_VIDEO)
                .build();
        records.add(
                RecordKind.RECORD_KIND_RSM_VALUE,
                "rsu-1",
                START_NS,
                Rsm.newBuilder()
                        .addParticipants(seen)
                        .addParticipants(seen.toBuilder().setPtcId(18))
                        .build()
                        .toByteArray());
        records.add(
                RecordKind.RECORD_KIND_SSM_VALUE,
                "rsu-1",
                START_NS,
                Ssm.newBuilder()
                        .addObstacles(DetectedObstacle.newBuilder()
                                .setObsType(ObstacleType.OBSTACLE_TRAFFICCONE)
                                .setObsId(17)
                                .setPos(place))
                        .build()
                        .toByteArray());
        export(_ -> true);
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("select device, track, self, class, ptc_id, source, obstacle_type, speed_mps"
                            + from("tracks")))
                    .extracting(row -> row.values().toString())
                    .containsExactly(
                            "[veh-1, veh-1, true, VEHICLE, null, null, null, 13.0]",
                            "[rsu-1, rsu-1/17, false, PEDESTRIAN, 17, VIDEO, null, null]",
                            "[rsu-1, rsu-1/18, false, PEDESTRIAN, 18, VIDEO, null, null]",
                            "[rsu-1, rsu-1/obstacle-17, false, OBSTACLE, 17, null, TRAFFICCONE, null]");
            assertThat(duck.rows("select sequence, kind, device, msg_cnt, bytes" + from("messages")))
                    .extracting(row -> row.values().toString())
                    .containsExactly(
                            "[1, BSM, veh-1, 1, " + records.entries().get(0).payload().length + "]",
                            "[2, RSM, rsu-1, null, " + records.entries().get(1).payload().length + "]",
                            "[3, SSM, rsu-1, null, " + records.entries().get(2).payload().length + "]");
        }
    }

    @Test
    void alertsKnowHowLongAfterTheirNewestCauseTheyCame() throws Exception {
        records.add(BSM, "veh-1", START_NS, bsm(1, 7).build().toByteArray());
        records.add(BSM, "veh-1", START_NS + 1_000_000, bsm(2, 7).build().toByteArray());
        final Alert alert = Alert.newBuilder()
                .setKind(AlertKind.ALERT_KIND_FCW)
                .addCauseSequences(2)
                .addCauseSequences(1)
                .build();
        records.add(RecordKind.RECORD_KIND_ALERT_VALUE, "", START_NS + 3_500_000, alert.toByteArray());
        records.add(
                RecordKind.RECORD_KIND_ALERT_VALUE,
                "",
                START_NS + 3_500_000,
                alert.toBuilder().setCauseSequences(0, 77).build().toByteArray());
        export(_ -> true);
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("select device, kind, latency_s, cause_sequences" + from("alert_steps")))
                    .extracting(row -> row.values().toString())
                    .containsExactly("[null, FCW, 0.0025, [2,1]]", "[null, FCW, null, [77,1]]");
        }
    }

    @Test
    void listsAreInOrderThoughTheirFieldsAreNot() throws Exception {
        final PathHistoryPoint speed =
                PathHistoryPoint.newBuilder().setSpeed(50).build();
        final PathHistoryPoint latitude = PathHistoryPoint.newBuilder()
                .setPos(Position.newBuilder().setLat(15).setLon(20))
                .build();
        final PathHistoryPoint longitude = PathHistoryPoint.newBuilder()
                .setPos(Position.newBuilder().setLon(25))
                .build();
        final ByteArrayOutputStream point = new ByteArrayOutputStream();
        speed.writeTo(point);
        latitude.writeTo(point);
        longitude.writeTo(point);
        final ByteArrayOutputStream history = new ByteArrayOutputStream();
        history.write(PathHistory.POINTS_FIELD_NUMBER << 3 | 2);
        history.write(point.size());
        history.writeBytes(point.toByteArray());
        final Bsm message = bsm(1, 7)
                .setSafetyExt(VehicleSafetyExtension.newBuilder()
                        .setPathHistory(PathHistory.parseFrom(history.toByteArray())))
                .build();
        final byte[] ordered = message.toByteArray();
        final byte[] canonical =
                message.getSafetyExt().getPathHistory().getPoints(0).toByteArray();
        records.add(BSM, "veh-1", START_NS, replaced(ordered, canonical, point.toByteArray()));
        export(_ -> true);
        try (Duck duck = new Duck()) {
            assertThat(duck.value("select path_history_points" + from("bsm")))
                    .isEqualTo("[{\"latitude_deg\":0.0000015,\"longitude_deg\":0.0000025,\"speed_mps\":1.0}]");
        }
    }

    /** The innermost message, which is at the end, in another form; the lengths before it grow with it. */
    private static byte[] replaced(final byte[] message, final byte[] innermost, final byte[] other) {
        final int begin = message.length - innermost.length;
        final byte[] result = java.util.Arrays.copyOf(message, begin + other.length);
        System.arraycopy(other, 0, result, begin, other.length);
        final int more = other.length - innermost.length;
        // points, path_history and safety_ext: one octet of length each, a tag of one octet or two before it
        for (final int at : new int[] {begin - 1, begin - 3, begin - 5}) {
            result[at] += (byte) more;
        }
        return result;
    }

    @Test
    void listsOfNumbersMayBePackedOrNot() throws Exception {
        final Alert alert = Alert.newBuilder().addPhaseIds(3).addPhaseIds(300).build();
        final byte[] loose = {(byte) 0x80, 0x02, 3, (byte) 0x80, 0x02, (byte) 0xAC, 0x02};
        assertThat(Alert.parseFrom(loose)).isEqualTo(alert);
        records.add(RecordKind.RECORD_KIND_ALERT_VALUE, "", START_NS, alert.toByteArray());
        records.add(RecordKind.RECORD_KIND_ALERT_VALUE, "", START_NS, loose);
        export(_ -> true);
        try (Duck duck = new Duck()) {
            assertThat(duck.rows("select phase_ids" + from("alert_steps")))
                    .extracting(row -> row.get("phase_ids"))
                    .containsExactly("[3,300]", "[3,300]");
        }
    }

    @Test
    void csvIsOfRfc4180() throws Exception {
        records.add(
                BSM,
                "veh,1",
                START_NS,
                bsm(1, -1_234_567).setSpeed(1).setSecMark(59_999).build().toByteArray());
        records.add(
                RecordKind.RECORD_KIND_RAW_VALUE,
                "rsu-1",
                0,
                RawMessage.newBuilder()
                        .setTopic("say \"路\"\r\n")
                        .setReason("")
                        .build()
                        .toByteArray());
        try (TableExporter exporter = TableExporter.csv(directory, name -> !name.equals("messages"))) {
            while (records.next()) {
                exporter.add(records);
            }
        }
        assertThat(files()).containsExactly("bsm.csv", "raw.csv", "tracks.csv");
        assertThat(Files.readString(directory.resolve("raw.csv")).split("(?<=\n)", -1))
                .containsExactly(
                        "sequence,received_at,device,number,boot_epoch,sent_at,topic,payload,reason\r\n",
                        "2,1970-01-01T00:00:00.000000000Z,rsu-1,14,4711,,\"say \"\"路\"\"\r\n",
                        "\",,\"\"\r\n",
                        "");
        try (Duck duck = new Duck()) {
            assertThat(duck.rows(
                            "select device, sent_at, latitude_deg, latitude_raw, speed_mps, heading_deg, received_at"
                                    + " from read_csv('" + directory.resolve("bsm.csv") + "', all_varchar = true)"))
                    .extracting(row -> row.values().toString())
                    .containsExactly("[veh,1, 2026-11-30T02:53:59.999000000Z, -0.1234567, -1234567, 0.02, null,"
                            + " 2026-11-30T02:53:40.974373530Z]");
        }
    }
}
