package io.luyun.server.exchange.table;

import com.google.protobuf.Descriptors.FieldDescriptor;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertAcknowledged;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Clpmm;
import io.luyun.proto.v1.DamageSealed;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.Pam;
import io.luyun.proto.v1.Psm;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsc;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Rtcm;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.proto.v1.SubscriptionChanged;
import io.luyun.proto.v1.TestMsg;
import io.luyun.proto.v1.Vir;
import io.luyun.server.exchange.table.Column.Form;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All tables there are. */
public final class Tables {
    static final String SEQUENCE = "sequence of the record";
    static final String RECEIVED_AT = "when the server took it; of an alert, when it was decided";
    static final String DEVICE = "who sent it";
    static final String NUMBER = "the device's number of the message";
    static final String BOOT_EPOCH = "boot epoch the number belongs to";
    static final String SENT_AT = "when it was sent by the clock of the device, in the minute next to received_at";

    private static final int CONTROL_KINDS = 64;

    private static final List<Definition> OF_MESSAGES = List.of(
            Definition.of("bsm", "a BSM", RecordKind.RECORD_KIND_BSM_VALUE, Bsm.getDescriptor()),
            Definition.within(
                            "rsm_participants",
                            "a road user in an RSM",
                            RecordKind.RECORD_KIND_RSM_VALUE,
                            "rsm",
                            Rsm.getDescriptor())
                    .each("", "participants"),
            ssm("ssm_participants", "a road user in an SSM").each("", "participants"),
            ssm("ssm_obstacles", "an obstacle in an SSM").each("", "obstacles"),
            ssm("ssm_events", "an event in an SSM").each("", "events"),
            Definition.of("psm", "a PSM", RecordKind.RECORD_KIND_PSM_VALUE, Psm.getDescriptor()),
            Definition.within(
                            "spat_phases",
                            "a state of a phase of an intersection: the one shown (item 0) and those to come",
                            RecordKind.RECORD_KIND_SPAT_VALUE,
                            "spat",
                            Spat.getDescriptor())
                    .each("intersection", "intersections")
                    .each("phase", "phases")
                    .each("", "states"),
            rsi("rsi_events", "an event in an RSI").each("", "events"),
            rsi("rsi_signs", "a sign in an RSI").each("", "signs"),
            map("map_nodes", "a node of a MAP"),
            map("map_links", "a link that leads to a node").each("link", "in_links"),
            map("map_movements", "a way on from the end of a link")
                    .each("link", "in_links")
                    .each("", "movements"),
            map("map_lanes", "a lane of a link").each("link", "in_links").each("lane", "lanes"),
            map("map_connections", "a way from a lane to one of the next link")
                    .each("link", "in_links")
                    .each("lane", "lanes")
                    .each("to", "connects_to"),
            map("map_links_ex", "a link in lane-level detail").each("link", "in_links_ex"),
            map("map_movements_ex", "a way on from the end of such a link")
                    .each("link", "in_links_ex")
                    .each("", "movements"),
            map("map_lanes_ex", "a lane of a section of such a link")
                    .each("link", "in_links_ex")
                    .each("section", "sections")
                    .each("lane", "lanes"),
            map("map_connections_ex", "a way from such a lane")
                    .each("link", "in_links_ex")
                    .each("section", "sections")
                    .each("lane", "lanes")
                    .each("to", "connects_to"),
            Definition.of("vir", "a VIR", RecordKind.RECORD_KIND_VIR_VALUE, Vir.getDescriptor()),
            Definition.within(
                            "vir_requests",
                            "what a VIR asks for",
                            RecordKind.RECORD_KIND_VIR_VALUE,
                            "vir",
                            Vir.getDescriptor())
                    .each("", "int_and_req", "reqs"),
            rsc("rsc_vehicles", "what an RSC asks a vehicle to do").each("", "coordinates"),
            rsc("rsc_lanes", "what an RSC asks those on a lane to do").each("", "lane_coordinates"),
            Definition.of("clpmm", "a CLPMM", RecordKind.RECORD_KIND_CLPMM_VALUE, Clpmm.getDescriptor()),
            pam("pam_nodes", "a node of a parking area").each("node", "nodes"),
            pam("pam_drives", "a drive of a parking area").each("node", "nodes").each("drive", "in_drives"),
            pam("pam_slots", "a slot of a parking area")
                    .each("node", "nodes")
                    .each("drive", "in_drives")
                    .each("", "parking_slots"),
            pam("pam_guides", "the way to a slot for a vehicle").each("", "parking_area_guidance"),
            Definition.within(
                            "rtcm",
                            "a correction message for satellite positioning",
                            RecordKind.RECORD_KIND_RTCM_VALUE,
                            "rtcm",
                            Rtcm.getDescriptor())
                    .each("", "corrections"),
            Definition.of("test", "a TEST message", RecordKind.RECORD_KIND_TEST_VALUE, TestMsg.getDescriptor()),
            Definition.of(
                    "raw", "what was kept as it came", RecordKind.RECORD_KIND_RAW_VALUE, RawMessage.getDescriptor()),
            Definition.of(
                    "server_starts",
                    "a server began to write",
                    RecordKind.RECORD_KIND_SERVER_STARTED_VALUE,
                    ServerStarted.getDescriptor()),
            Definition.of(
                    "sessions_opened",
                    "a session began",
                    RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                    SessionOpened.getDescriptor()),
            Definition.of(
                    "sessions_closed",
                    "a session ended",
                    RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE,
                    SessionClosed.getDescriptor()),
            Definition.of(
                    "subscriptions",
                    "a subscription began or ended",
                    RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE,
                    SubscriptionChanged.getDescriptor()),
            Definition.of(
                    "alerts_acknowledged",
                    "an operator acknowledged an alert",
                    RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE,
                    AlertAcknowledged.getDescriptor()),
            Definition.of(
                    "damage_sealed",
                    "a damaged range was found at a start",
                    RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE,
                    DamageSealed.getDescriptor()),
            Definition.of(
                    "device_wills",
                    "what a device wanted kept when its connection broke",
                    RecordKind.RECORD_KIND_DEVICE_WILL_VALUE,
                    RawMessage.getDescriptor()));

    private Tables() {}

    private static Definition ssm(final String name, final String row) {
        return Definition.within(name, row, RecordKind.RECORD_KIND_SSM_VALUE, "ssm", Ssm.getDescriptor());
    }

    private static Definition rsi(final String name, final String row) {
        return Definition.within(name, row, RecordKind.RECORD_KIND_RSI_VALUE, "rsi", Rsi.getDescriptor());
    }

    private static Definition map(final String name, final String row) {
        return Definition.within(name, row, RecordKind.RECORD_KIND_MAP_VALUE, "map", MapData.getDescriptor())
                .each("node", "nodes");
    }

    private static Definition rsc(final String name, final String row) {
        return Definition.within(name, row, RecordKind.RECORD_KIND_RSC_VALUE, "rsc", Rsc.getDescriptor());
    }

    private static Definition pam(final String name, final String row) {
        return Definition.within(name, row, RecordKind.RECORD_KIND_PAM_VALUE, "pam", Pam.getDescriptor());
    }

    /** What every table has in it, in the order of the documentation. */
    public static List<TableSchema> schemas() {
        return all(new ReceiveTimes()).stream().map(Table::schema).toList();
    }

    /** All of them, with sources of their own. */
    static List<Table> all(final ReceiveTimes received) {
        final Set<FieldDescriptor> lists =
                OF_MESSAGES.stream().flatMap(table -> table.lists().stream()).collect(Collectors.toSet());
        final List<Table> tables = new ArrayList<>(List.of(messages(), tracks(), alertSteps(received)));
        OF_MESSAGES.forEach(definition -> tables.add(definition.table(lists)));
        return tables;
    }

    private static Table messages() {
        final HeadRows rows = new HeadRows("messages", "a message of a device, of whatever kind");
        return new Table(
                rows.schema(), IntStream.range(1, CONTROL_KINDS).boxed().collect(Collectors.toSet()), rows);
    }

    private static Table tracks() {
        final TrackRows rows = new TrackRows("tracks", "a road user or obstacle that a BSM, RSM, SSM or PSM tells of");
        return new Table(
                rows.schema(),
                Stream.of(
                                RecordKind.RECORD_KIND_BSM_VALUE,
                                RecordKind.RECORD_KIND_RSM_VALUE,
                                RecordKind.RECORD_KIND_SSM_VALUE,
                                RecordKind.RECORD_KIND_PSM_VALUE)
                        .collect(Collectors.toCollection(HashSet::new)),
                rows);
    }

    private static Table alertSteps(final ReceiveTimes received) {
        final TableCompiler columns = new TableCompiler(Set.of());
        final Definition steps = Definition.of(
                "alert_steps",
                "a step of an alert: raised, updated, cleared",
                RecordKind.RECORD_KIND_ALERT_VALUE,
                Alert.getDescriptor());
        final MessageRows rows = steps.rows(columns);
        final int latency = columns.column(
                "latency_s",
                Form.DOUBLE,
                SiScale.NANOS,
                null,
                "from when the newest cause was received to received_at; absent when the cause is not among the"
                        + " last records that were read",
                "s");
        return new Table(
                columns.schema(steps.name(), steps.row()),
                Set.of(RecordKind.RECORD_KIND_ALERT_VALUE),
                new AlertRows(rows, received, latency));
    }
}
