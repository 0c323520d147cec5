package io.luyun.server.exchange.table;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.Message;
import io.luyun.proto.codec.MessageClock;
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
import io.luyun.server.research.ListedRecords;
import io.luyun.server.research.RoadUsers;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet files as DuckDB reads them, against what protobuf-java reads in the same bytes. */
final class TableExportTest {
    private static final long START_NS = 1_796_007_220_974_373_530L;

    /** What the records of each kind hold. */
    static final Map<Integer, Message> KINDS = new TreeMap<>(Map.ofEntries(
            Map.entry(RecordKind.RECORD_KIND_BSM_VALUE, Bsm.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_RSM_VALUE, Rsm.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_RSI_VALUE, Rsi.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_SPAT_VALUE, Spat.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_MAP_VALUE, MapData.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_TEST_VALUE, TestMsg.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_RTCM_VALUE, Rtcm.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_RSC_VALUE, Rsc.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_SSM_VALUE, Ssm.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_VIR_VALUE, Vir.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_PAM_VALUE, Pam.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_PSM_VALUE, Psm.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_CLPMM_VALUE, Clpmm.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_RAW_VALUE, RawMessage.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_SERVER_STARTED_VALUE, ServerStarted.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_SESSION_OPENED_VALUE, SessionOpened.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE, SessionClosed.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_SUBSCRIPTION_CHANGED_VALUE, SubscriptionChanged.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_ALERT_ACKNOWLEDGED_VALUE, AlertAcknowledged.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_DAMAGE_SEALED_VALUE, DamageSealed.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_DEVICE_WILL_VALUE, RawMessage.getDefaultInstance()),
            Map.entry(RecordKind.RECORD_KIND_ALERT_VALUE, Alert.getDefaultInstance())));

    /** Columns that are not fields of the message. */
    private static final Set<String> OF_THE_RECORD =
            Set.of("sequence", "received_at", "device", "number", "sent_at", "item", "latency_s");

    @TempDir
    Path directory;

    private static List<Table> tables() {
        return Tables.all(new ReceiveTimes());
    }

    @Test
    void everyKindHasItsTables() {
        final Set<Integer> kinds = tables().stream()
                .flatMap(table -> table.kinds().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        for (final RecordKind kind : RecordKind.values()) {
            if (kind != RecordKind.UNRECOGNIZED
                    && kind != RecordKind.RECORD_KIND_UNSPECIFIED
                    && kind != RecordKind.RECORD_KIND_TICK
                    && kind != RecordKind.RECORD_KIND_VPM) {
                assertThat(kinds).contains(kind.getNumber());
                assertThat(KINDS).containsKey(kind.getNumber());
            }
        }
    }

    @Test
    void everyFieldHasAColumnAndEveryColumnAName() {
        for (final Map.Entry<Integer, Message> kind : KINDS.entrySet()) {
            final Set<String> told = new TreeSet<>();
            for (final Table table : tables()) {
                if (table.kinds().contains(kind.getKey()) && table.kinds().size() == 1) {
                    table.schema().columns().forEach(column -> told.add(column.field()));
                }
            }
            final Set<String> fields = new TreeSet<>();
            leaves(kind.getValue().getDescriptorForType(), "", told, fields);
            assertThat(told).as("kind " + kind.getKey()).containsAll(fields);
        }
        for (final Table table : tables()) {
            final List<String> names =
                    table.schema().columns().stream().map(Column::name).toList();
            assertThat(names).as(table.schema().name()).doesNotHaveDuplicates();
            assertThat(names).allMatch(name -> name.matches("[a-z][a-z0-9]*(_[a-z0-9]+)*"));
        }
    }

    @Test
    void namesAreNoWordsOfSql() throws Exception {
        try (Duck duck = new Duck()) {
            final String names = tables().stream()
                    .flatMap(table -> table.schema().columns().stream())
                    .map(column -> "'" + column.name() + "'")
                    .distinct()
                    .collect(Collectors.joining(", "));
            assertThat(duck.rows("select keyword_name from duckdb_keywords()"
                            + " where keyword_category in ('reserved', 'type_function') and keyword_name in (" + names
                            + ")"))
                    .isEmpty();
        }
    }

    /** Paths of all that is told, where a list that is told as a whole is one. */
    private static void leaves(
            final Descriptor type, final String path, final Set<String> told, final Set<String> found) {
        for (final FieldDescriptor field : type.getFields()) {
            final String own = path + field.getName();
            final boolean message = field.getJavaType() == FieldDescriptor.JavaType.MESSAGE;
            if (message && !told.contains(own)) {
                // a list within single messages is named alone where its elements have rows
                final boolean alone = field.isRepeated()
                        && told.stream().anyMatch(column -> column.startsWith(field.getName() + "."));
                leaves(field.getMessageType(), (alone ? field.getName() : own) + ".", told, found);
            } else {
                found.add(own);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsWhatProtobufReads(final boolean inPieces) throws Exception {
        final long seed = inPieces ? 20_261_130 : 20_261_129;
        System.out.println("seed " + seed);
        final Random random = new Random(seed);
        final ListedRecords records = new ListedRecords();
        final RandomMessages messages = new RandomMessages(random, true);
        final RandomMessages pieces = new RandomMessages(random, false);
        long atNs = START_NS;
        for (int i = 0; i < 12; i++) {
            for (final Map.Entry<Integer, Message> kind : KINDS.entrySet()) {
                final Descriptor type = kind.getValue().getDescriptorForType();
                final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                bytes.writeBytes(messages.of(type).toByteArray());
                if (inPieces) {
                    // what follows merges with what is before, as protobuf has it
                    bytes.writeBytes(pieces.of(type).toByteArray());
                }
                records.add(kind.getKey(), "device-" + random.nextInt(3), atNs, bytes.toByteArray());
                atNs += random.nextLong(3_000_000_000L);
            }
        }
        try (TableExporter exporter = TableExporter.parquet(directory, _ -> true)) {
            while (records.next()) {
                exporter.add(records);
            }
            assertThat(exporter.written())
                    .isBetween(200L, (long) records.entries().size());
        }
        try (Duck duck = new Duck()) {
            for (final Table table : tables()) {
                if (table.kinds().size() == 1) {
                    compare(table, records, duck.table(directory, table.schema()));
                }
            }
        }
    }

    private static void compare(final Table table, final ListedRecords records, final List<Map<String, Object>> rows)
            throws Exception {
        final int kind = table.kinds().iterator().next();
        final Message prototype = KINDS.get(kind);
        final List<String> lists = ExpectedRows.lists(table.schema(), prototype);
        int at = 0;
        for (final ListedRecords.Entry entry : records.entries()) {
            if (entry.kind() != kind) {
                continue;
            }
            final Message message = DynamicMessage.parseFrom(prototype.getDescriptorForType(), entry.payload());
            for (final List<Message> expected : ExpectedRows.of(message, lists)) {
                assertThat(rows).as(table.schema().name()).hasSizeGreaterThan(at);
                compare(table.schema(), entry, expected, lists, rows.get(at++));
            }
        }
        assertThat(rows).as(table.schema().name()).hasSize(at);
    }

    private static void compare(
            final TableSchema schema,
            final ListedRecords.Entry entry,
            final List<Message> expected,
            final List<String> lists,
            final Map<String, Object> row)
            throws Exception {
        final boolean message = entry.kind() < 64;
        assertThat(row).containsEntry("sequence", entry.sequence()).containsEntry("received_at", entry.receivedAtNs());
        assertThat(row).containsEntry("device", entry.device());
        if (message) {
            assertThat(row).containsEntry("number", entry.number()).containsEntry("boot_epoch", entry.bootEpoch());
            assertThat(row).containsEntry("sent_at", sentAt(entry));
        }
        for (final Column column : schema.columns()) {
            if (OF_THE_RECORD.contains(column.name())
                    || (message && column.name().equals("boot_epoch"))) {
                continue;
            }
            final Object wanted = ExpectedRows.value(column, expected, lists);
            final Object found = row.get(column.name());
            final String where = schema.name() + "." + column.name() + " of " + entry.sequence();
            if (wanted instanceof JsonNode json) {
                final ObjectMapper mapper = new ObjectMapper();
                assertThat(mapper.readTree((String) found)).as(where).isEqualTo(mapper.readTree(json.toString()));
            } else {
                assertThat(found).as(where).isEqualTo(wanted);
            }
        }
    }

    private static Long sentAt(final ListedRecords.Entry entry) {
        final int mark =
                MessageClock.secMark(entry.kind(), new UnsafeBuffer(entry.payload()), 0, entry.payload().length);
        return mark == MessageClock.ABSENT ? null : RoadUsers.atNs(entry.receivedAtNs(), mark);
    }
}
