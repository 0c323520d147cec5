package io.luyun.server.research;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DetectedObstacle;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.ObstacleType;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.PamNode;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.RoadSign;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.Vir;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A data directory with a record of each kind, a second apart, at one of two places, {@code A} and {@code B}; and what was warned of,
 * half a second behind the records 7, 10, 10 and 12. Alerts are {@code a1} to {@code a5}.
 */
final class RecordingTest {
    private static final long TIME_NS = 1_767_225_600_000_000_000L;
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Position A = at(100, 200);
    private static final Position B = at(-100, 300);
    private static final String ID_1 = "00000000000000a1";
    private static final String ID_2 = "00000000000000b2";

    @TempDir
    private Path directory;

    private final List<Throwable> errors = new ArrayList<>();
    private int second;

    private static Position at(final int lat, final int lon) {
        return Position.newBuilder().setLat(lat).setLon(lon).build();
    }

    @BeforeEach
    void write() {
        try (Journal journal = open("journal")) {
            for (final String id : List.of("veh-1", "veh-2", "rsu-1", "ped-1")) {
                final int device = journal.devices().indexOf(id);
                append(
                        journal,
                        "SESSION_OPENED",
                        device,
                        SessionOpened.newBuilder().setDeviceId(id));
            }
            append(journal, "SPAT", 2, spat(10)); // 5: no map yet
            append(journal, "MAP", 2, MapData.newBuilder().addNodes(node(10, A)).addNodes(node(20, B))); // 6
            append(journal, "BSM", 0, bsm(ID_1, A)); // 7
            append(journal, "BSM", 1, bsm(ID_2, B)); // 8
            append(
                    journal,
                    "RSM",
                    2,
                    Rsm.newBuilder()
                            .addParticipants(seen(17, A))
                            .addParticipants(seen(18, B).setId(bytes(ID_2)))); // 9
            append(journal, "SPAT", 2, spat(10)); // 10
            append(journal, "SPAT", 2, spat(20)); // 11
            append(
                    journal,
                    "RSI",
                    2,
                    Rsi.newBuilder()
                            .setRefPos(A)
                            .addEvents(RoadEvent.newBuilder().setPos(B))); // 12
            append(journal, "RSI", 2, Rsi.newBuilder().setRefPos(A).addEvents(RoadEvent.newBuilder())); // 13
            append(
                    journal,
                    "RSI",
                    2,
                    Rsi.newBuilder()
                            .setRefPos(B)
                            .addSigns(RoadSign.newBuilder()
                                    .addReferencePaths(ReferencePath.newBuilder()
                                            .addActivePath(B)
                                            .addActivePath(A)))); // 14
            append(journal, "PSM", 3, Psm.newBuilder().setId(bytes(ID_1)).setPos(A)); // 15
            append(
                    journal,
                    "SSM",
                    2,
                    Ssm.newBuilder()
                            .addObstacles(
                                    DetectedObstacle.newBuilder().setObsId(5).setPos(B))); // 16
            append(journal, "RSC", 2, Rsc.newBuilder().setRefPos(A)); // 17
            append(journal, "VIR", 0, Vir.newBuilder().setRefPos(B)); // 18
            append(
                    journal,
                    "PAM",
                    2,
                    Pam.newBuilder().addNodes(PamNode.newBuilder().setRefPos(A))); // 19
            append(journal, "TEST", 0, TestMsg.newBuilder()); // 20
        }
        try (Journal alerts = open("alerts")) {
            final Alert.Builder collision = Alert.newBuilder()
                    .setAlertId(100)
                    .setKind(AlertKind.ALERT_KIND_FCW)
                    .setSubject(AlertParty.newBuilder().setDeviceId("veh-1").setId(bytes(ID_1)))
                    .setPos(A)
                    .setTarget(AlertParty.newBuilder()
                            .setSeenBy("rsu-1")
                            .setPtcId(18)
                            .setPos(B));
            alert(
                    alerts,
                    9,
                    collision
                            .clone()
                            .setState(AlertState.ALERT_STATE_RAISED)
                            .addCauseSequences(9)
                            .addCauseSequences(7));
            alert(
                    alerts,
                    12,
                    collision.clone().setState(AlertState.ALERT_STATE_CLEARED).addCauseSequences(8));
            alert(
                    alerts,
                    12,
                    Alert.newBuilder()
                            .setAlertId(101)
                            .setKind(AlertKind.ALERT_KIND_HLW)
                            .setSubject(AlertParty.newBuilder().setDeviceId("veh-2"))
                            .setPos(B)
                            .setTarget(AlertParty.newBuilder().setDeviceId("veh-1"))
                            .setEvent(
                                    AlertEvent.newBuilder().setDeviceId("rsu-1").setPos(A))
                            .addCauseSequences(12)
                            .addCauseSequences(8));
            alert(
                    alerts,
                    14,
                    Alert.newBuilder()
                            .setAlertId(102)
                            .setKind(AlertKind.ALERT_KIND_SIGNAL_CONFLICT)
                            .setSubject(AlertParty.newBuilder().setDeviceId("rsu-1"))
                            .setNode(reference(20))
                            .addCauseSequences(11));
            alert(
                    alerts,
                    16,
                    Alert.newBuilder()
                            .setAlertId(103)
                            .setKind(AlertKind.ALERT_KIND_ROAD_OBSTACLE)
                            .setSubject(AlertParty.newBuilder().setDeviceId("veh-2"))
                            .setPos(B)
                            .setTarget(AlertParty.newBuilder()
                                    .setSeenBy("rsu-1")
                                    .setPtcId(5)
                                    .setObstacleType(ObstacleType.OBSTACLE_UNKNOWN)
                                    .setPos(B))
                            .addCauseSequences(16));
        }
        assertThat(errors).isEmpty();
    }

    private Journal open(final String name) {
        final JournalConfig config = new JournalConfig(
                directory.resolve(name).toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add);
    }

    private void append(final Journal journal, final String kind, final int device, final MessageLite.Builder message) {
        final int number = RecordKind.valueOf("RECORD_KIND_" + kind).getNumber();
        append(journal, number, device, TIME_NS + ++second * SECOND_NS, message);
    }

    private static void alert(final Journal journal, final int behind, final Alert.Builder alert) {
        append(journal, RecordKind.RECORD_KIND_ALERT_VALUE, -1, TIME_NS + behind * SECOND_NS + SECOND_NS / 2, alert);
    }

    private static void append(
            final Journal journal,
            final int kind,
            final int device,
            final long atNs,
            final MessageLite.Builder message) {
        final byte[] payload = message.build().toByteArray();
        final int number = kind < Records.CONTROL_KINDS ? (int) ((atNs - TIME_NS) / SECOND_NS) : 0;
        journal.writer().append(kind, device, number, atNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    private static MapNode.Builder node(final int id, final Position position) {
        return MapNode.newBuilder().setId(reference(id)).setRefPos(position);
    }

    /** Node 20 is in a region. */
    private static NodeReference reference(final int id) {
        return id == 20
                ? NodeReference.newBuilder().setRegion(3).setId(id).build()
                : NodeReference.newBuilder().setId(id).build();
    }

    private static Spat.Builder spat(final int node) {
        return Spat.newBuilder().addIntersections(IntersectionState.newBuilder().setIntersection(reference(node)));
    }

    private static Bsm.Builder bsm(final String id, final Position position) {
        return Bsm.newBuilder().setId(bytes(id)).setPos(position);
    }

    private static RsmParticipant.Builder seen(final int number, final Position position) {
        return RsmParticipant.newBuilder().setPtcId(number).setPos(position);
    }

    private static ByteString bytes(final String hex) {
        return ByteString.fromHex(hex);
    }

    /** Sequences in the order in which they come. */
    private static String read(final Records records) {
        final List<String> sequences = new ArrayList<>();
        try (records) {
            while (records.next()) {
                sequences.add((records.kind() == RecordKind.RECORD_KIND_ALERT_VALUE ? "a" : "") + records.sequence());
            }
            assertThat(records.damage()).isEmpty();
        }
        return String.join(" ", sequences);
    }

    private static Content content(final String given) {
        List<String> participants = List.of();
        List<Area> areas = List.of();
        List<String> units = List.of();
        Set<Long> ids = Set.of();
        Set<Integer> kinds = Set.of();
        for (final String part : given.split(" ")) {
            final String[] values = part.substring(part.indexOf('=') + 1).split(",");
            switch (part.substring(0, part.indexOf('='))) {
                case "participant" -> participants = List.of(values);
                case "unit" -> units = List.of(values);
                case "area" ->
                    areas = Stream.of(values)
                            .map(v -> v.equals("A") ? around(A) : around(B))
                            .toList();
                case "alert" ->
                    ids = Set.copyOf(Arrays.stream(values).map(Long::valueOf).toList());
                default ->
                    kinds = Set.of(AlertKind.valueOf("ALERT_KIND_" + values[0]).getNumber());
            }
        }
        return new Content(participants, areas, units, ids, kinds);
    }

    private static Area around(final Position position) {
        return Area.box(position.getLat() - 1, position.getLon() - 1, position.getLat() + 1, position.getLon() + 1);
    }

    @ParameterizedTest
    @CsvSource({
        "participant=veh-1, 7 a1 a2 a3",
        "participant=veh-*, 7 8 a1 a2 a3 a5",
        "participant=rsu-1/17, 9",
        "participant=rsu-1/1?, 9 a1 a2",
        "participant=*/18, 9 a1 a2",
        "participant=rsu-1/obstacle-5, 16 a5",
        "'participant=rsu-1/5', ''",
        "participant=00000000000000a1, 7 a1 a2 15",
        "participant=00000000000000B2, 8 9",
        "'participant=veh-1,ped-1', 7 a1 a2 a3 15",
        "'participant=rsu-1/obstacle-?,veh-2', 8 a3 16 a5",
        "area=A, 6 7 9 a1 10 a2 a3 13 14 15 17 19",
        "area=B, 6 8 9 a1 11 12 a2 a3 14 a4 16 a5 18",
        "'area=A,B', ''",
        "participant=veh-2 area=A, ''",
        "participant=veh-2 area=B, 8 a3 a5",
        "participant=rsu-1/17 area=B, ''",
        "participant=rsu-1/18 area=B, 9 a1 a2",
        "unit=rsu-1, 3 5 6 9 a1 10 11 12 a2 a3 13 14 a4 16 a5 17 19",
        "unit=rsu-1 participant=veh-2, a3 a5",
        "alert=100, 7 8 9 a1 a2",
        "'alert=101,102', 8 11 12 a3 a4",
        "alert=7, ''",
        "kind=FCW, 7 8 9 a1 a2",
        "kind=HLW area=B, 8 12 a3",
        "kind=FCW alert=101, ''",
    })
    void choosesWhatRecordsAreAbout(final String given, final String expected) {
        final Recording recording = Recording.open(directory);
        final Selection chosen = Selection.ALL.withContent(content(given));
        final String messages = expected.replaceAll("a\\d ?", "").strip();
        assertThat(read(recording.records(chosen))).isEqualTo(expected);
        assertThat(read(recording.messages(chosen))).as("of the journal alone").isEqualTo(messages);
        assertThat(read(RecordCursor.open(recording.journal(), chosen)))
                .as("without alerts at hand")
                .isEqualTo(chosen.content().ofAlerts() ? "" : messages);
    }

    @Test
    void aDevicesAlertsAreThoseItIsAPartOf() {
        final Selection chosen = Selection.ALL.withDevices(List.of("veh-1"));
        assertThat(read(Recording.open(directory).records(chosen))).isEqualTo("1 7 a1 a2 a3 18 20");
    }

    @Test
    void anAlertOfTheSameTimeStandsBehindTheRecord() {
        try (Journal alerts = open("alerts")) {
            final long atNs = TIME_NS + 19 * SECOND_NS;
            append(alerts, RecordKind.RECORD_KIND_ALERT_VALUE, -1, atNs, Alert.newBuilder());
        }
        assertThat(read(Recording.open(directory).records(Selection.ALL))).endsWith("18 19 a6 20");
    }

    @Test
    void alertsStandAmongTheRecordsByTime() {
        final Recording recording = Recording.open(directory);
        assertThat(read(recording.records(Selection.ALL)))
                .isEqualTo("1 2 3 4 5 6 7 8 9 a1 10 11 12 a2 a3 13 14 a4 15 16 a5 17 18 19 20");
        assertThat(recording.whole()).isTrue();
        assertThat(Recording.open(directory.resolve("journal")).whole()).isFalse();
        assertThat(recording.hasAlerts()).isTrue();
        assertThat(Recording.open(directory.resolve("alerts")).hasAlerts()).isTrue();
    }

    @Test
    void alertsAreChosenBySequenceTimeKindAndDevice() {
        final Recording recording = Recording.open(directory);
        assertThat(read(recording.records(Selection.ALL.withSequences(10, 12)))).isEqualTo("10 11 12 a2 a3");
        assertThat(read(recording.records(Selection.ALL.withSequences(20, 30)))).isEqualTo("20");
        assertThat(read(recording.records(Selection.ALL.withSequences(21, 30)))).isEmpty();
        assertThat(read(recording.records(Selection.ALL.withTimes(TIME_NS + 12 * SECOND_NS, TIME_NS + 14 * SECOND_NS))))
                .isEqualTo("12 a2 a3 13");
        assertThat(read(recording.records(Selection.ALL.withKinds(Set.of(RecordKind.RECORD_KIND_ALERT_VALUE)))))
                .isEqualTo("a1 a2 a3 a4 a5");
        assertThat(read(recording.records(Selection.ALL.withKinds(Set.of(RecordKind.RECORD_KIND_BSM_VALUE)))))
                .isEqualTo("7 8");
        assertThat(read(recording.records(Selection.ALL.withDevices(List.of("veh-2")))))
                .isEqualTo("2 8 a3 a5");
    }

    @Test
    void causesComeBeforeTheTimeThatIsChosenOfTheirAlert() {
        final Recording recording = Recording.open(directory);
        final Selection of = Selection.ALL.withContent(content("alert=100"));
        assertThat(read(recording.records(of.withTimes(TIME_NS + 8 * SECOND_NS, TIME_NS + 12 * SECOND_NS))))
                .isEqualTo("8 9 a1");
        assertThat(read(recording.records(of.withKinds(Set.of(RecordKind.RECORD_KIND_RSM_VALUE)))))
                .isEqualTo("9");
    }

    @Test
    void findsTheLastOnes() {
        final Recording recording = Recording.open(directory);
        for (final long count : new long[] {0, 1, 3, 19, 20, 21}) {
            final LastRecords last = LastRecords.of(recording::messages, 20, Selection.ALL, count);
            final String all = read(recording.messages(last.selection()));
            assertThat(all.isEmpty() ? 0 : all.split(" ").length - last.skipped())
                    .as("%d of 20", count)
                    .isEqualTo(Math.min(20, count));
        }
        final LastRecords alerts =
                LastRecords.of(recording::records, 20, Selection.ALL.withDevices(List.of("veh-2")), 3);
        assertThat(alerts.skipped()).isEqualTo(1);
    }

    @Test
    void goesOnAsBothJournalsGrow() {
        final Recording recording = Recording.open(directory);
        try (Records records = recording.follow(
                Selection.ALL.withSequences(20, Long.MAX_VALUE).withDevices(List.of("veh-2", "veh-3")))) {
            assertThat(records.next()).isFalse();
            try (Journal journal = open("journal");
                    Journal alerts = open("alerts")) {
                append(
                        journal,
                        "SESSION_OPENED",
                        journal.devices().indexOf("veh-3"),
                        SessionOpened.newBuilder().setDeviceId("veh-3"));
                append(journal, "BSM", 0, bsm(ID_1, A));
                append(journal, "BSM", journal.devices().indexOf("veh-3"), bsm(ID_1, A));
                assertThat(records.next()).isTrue();
                assertThat(records.sequence()).isEqualTo(21);
                alert(
                        alerts,
                        23,
                        Alert.newBuilder().setSubject(AlertParty.newBuilder().setDeviceId("veh-2")));
                assertThat(records.next()).isTrue();
                assertThat(records.sequence()).isEqualTo(23);
                assertThat(records.deviceId()).isEqualTo("veh-3");
                assertThat(records.next()).isTrue();
                assertThat(records.kind()).isEqualTo(RecordKind.RECORD_KIND_ALERT_VALUE);
                assertThat(records.next()).isFalse();
                assertThat(records.over()).isFalse();
            }
        }
        assertThat(errors).isEmpty();
    }

    @Test
    void knowsWhenNothingMoreIsWanted() {
        final Recording recording = Recording.open(directory);
        try (Records records = recording.follow(Selection.ALL.withSequences(18, 19))) {
            assertThat(records.next()).isTrue();
            assertThat(records.next()).isTrue();
            assertThat(records.next()).isFalse();
            assertThat(records.over()).isTrue();
        }
    }
}
