package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/**
 * A journal of 100 seconds: two vehicles that say something each second, the second one with a clock 2 s ahead, numbers and counts left
 * out and one message late, a roadside unit each ten seconds, an alert, and an hour later one more message.
 */
final class JournalSelectionTest {
    /** 2026-01-01T00:00:00Z. */
    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    private static final long SECOND_NS = 1_000_000_000L;
    private static final ByteString ID = ByteString.copyFromUtf8("12345678");

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Throwable> errors = new ArrayList<>();

    @BeforeEach
    void write() {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        try (Journal journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            for (final String id : List.of("veh-1", "veh-2", "rsu-1")) {
                opened(journal, journal.devices().indexOf(id), id);
            }
            for (int second = 0; second < 100; second++) {
                final long atNs = TIME_NS + second * SECOND_NS;
                append(journal, RecordKind.RECORD_KIND_BSM_VALUE, 0, second + 1, atNs, bsm(second, second * 1_000));
                if (second != 50) {
                    final int late = second == 70 ? 1_500 : 0;
                    final int mark = second * 1_000 + 2_000 - late;
                    append(journal, RecordKind.RECORD_KIND_BSM_VALUE, 1, second + 1, atNs, bsm(second, mark));
                }
                if (second % 10 == 0) {
                    append(journal, RecordKind.RECORD_KIND_RSM_VALUE, 2, second / 10 + 1, atNs, rsm(second / 10));
                }
            }
            append(
                    journal,
                    RecordKind.RECORD_KIND_ALERT_VALUE,
                    -1,
                    0,
                    TIME_NS + 100 * SECOND_NS,
                    Alert.newBuilder()
                            .setKind(AlertKind.ALERT_KIND_FCW)
                            .setState(AlertState.ALERT_STATE_RAISED)
                            .build());
            append(journal, RecordKind.RECORD_KIND_BSM_VALUE, 0, 101, TIME_NS + 3_600 * SECOND_NS, bsm(100, 0));
        }
        assertThat(errors).isEmpty();
    }

    private static void opened(final Journal journal, final int device, final String id) {
        final SessionOpened session = SessionOpened.newBuilder().setDeviceId(id).build();
        append(journal, RecordKind.RECORD_KIND_SESSION_OPENED_VALUE, device, 0, TIME_NS, session);
    }

    private static void append(
            final Journal journal,
            final int kind,
            final int device,
            final long number,
            final long atNs,
            final MessageLite message) {
        final byte[] payload = message.toByteArray();
        journal.writer().append(kind, device, number, atNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    private static Bsm bsm(final int count, final int mark) {
        return Bsm.newBuilder()
                .setMsgCnt(count % 128)
                .setId(ID)
                .setSecMark(mark % 60_000)
                .setPos(Position.newBuilder().setLat(1).setLon(2))
                .build();
    }

    private static Rsm rsm(final int count) {
        return Rsm.newBuilder().setMsgCnt(count).setId(ID).build();
    }

    private int run(final String... arguments) {
        return new CommandLine(new JournalCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private int cat(final ByteArrayOutputStream bytes, final String options) {
        final List<String> arguments = new ArrayList<>(List.of(directory.toString()));
        if (!options.isEmpty()) {
            arguments.addAll(List.of(options.split(" ")));
        }
        return new CommandLine(new JournalCatCommand(new StandardOut(bytes, false)))
                .setErr(new PrintWriter(err))
                .execute(arguments.toArray(new String[0]));
    }

    private List<String> cat(final String options) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(cat(bytes, options)).as(err.toString()).isZero();
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 214",
        "--kind BSM, 200",
        "-k rsm -k alert, 11",
        "'-k RSM,ALERT', 11",
        "--device veh-1, 102",
        "--device veh-*, 202",
        "--device ???-1, 113",
        "--device veh-1 --kind BSM, 101",
        "--from 4 --to 6, 3",
        "--start 2026-01-01T00:00:10Z --end 2026-01-01T00:00:20Z, 21",
        "--start 2026-01-01T08:00:10+08:00 --end 2026-01-01T08:00:20+08:00, 21",
        "--start +10s --end +20, 21",
        "--start +1m --end +61500ms, 5",
        "--start -1ms, 1",
        "--start -1h --end +1s, 6",
        "--start +2h, 0",
        "--limit 7, 7",
        "--participant veh-?, 200",
        "--participant 3132333435363738, 200",
        "'--box 0.0000001,0.0000002,1,1', 200",
        "'--box 0.0000002,0,1,1', 0",
        "'--box 0.0000002,0,1,1 --box -1,-1,0.0000001,1', 200",
        "--unit rsu-*, 11",
    })
    void choosesRecords(final String options, final int records) {
        assertThat(cat(options)).hasSize(records);
    }

    @Test
    void knowsWhoseARecordIsThoughItBeginsBehindTheSession() {
        assertThat(cat("--start +99s --end +100s --device veh-2"))
                .singleElement()
                .asString()
                .contains("BSM device=veh-2 number=100");
    }

    @Test
    void printsLinesForMachines() throws Exception {
        final JsonNode json = new ObjectMapper()
                .readTree(cat("--kind BSM --limit 1 -o ndjson").getFirst());
        assertThat(json.path("device").asText()).isEqualTo("veh-1");
        assertThat(json.path("payload").path("pos").path("lon").asInt()).isEqualTo(2);
        assertThat(cat("--kind BSM --limit 1 --output csv"))
                .containsExactly(
                        "sequence,time,kind,device,number,boot_epoch,payload",
                        "4,2026-01-01T00:00:00Z,BSM,veh-1,1,0,\"{\"\"msg_cnt\"\":0,\"\"id\"\":\"\"3132333435363738\"\","
                                + "\"\"sec_mark\"\":0,\"\"pos\"\":{\"\"lat\"\":1,\"\"lon\"\":2}}\"");
        assertThat(cat("--kind RSM --limit 1 --hex").getFirst())
                .endsWith(java.util.HexFormat.of().formatHex(rsm(0).toByteArray()));
    }

    /** As a program would read it: frames one behind the other, each with the CRC-32C of all before that. */
    @Test
    void writesRecordsWhole() {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(cat(bytes, "--raw --kind RSM,BSM")).isZero();
        final ByteBuffer raw = ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        int frames = 0;
        long sequence = 0;
        while (raw.hasRemaining()) {
            final int start = raw.position();
            assertThat(raw.getInt(start)).isEqualTo(0x314A_594C);
            final int length = raw.getInt(start + 4);
            assertThat(raw.getLong(start + 8)).isGreaterThan(sequence);
            sequence = raw.getLong(start + 8);
            assertThat((int) raw.getShort(start + 44)).isIn(1, 2);
            final int end = start + 48 + (length + 3) / 4 * 4;
            final CRC32C crc = new CRC32C();
            crc.update(bytes.toByteArray(), start, end - start);
            assertThat(raw.getInt(end)).isEqualTo((int) crc.getValue());
            raw.position(end + 4);
            frames++;
        }
        assertThat(frames).isEqualTo(210);
    }

    @Test
    void saysWhatItAmountsTo() throws Exception {
        assertThat(run("stats", directory.toString(), "--json")).isZero();
        final JsonNode stats = new ObjectMapper().readTree(out.toString());
        assertThat(stats.path("records").asInt()).isEqualTo(214);
        assertThat(stats.path("from").asText()).isEqualTo("2026-01-01T00:00:00Z");
        assertThat(stats.path("to").asText()).isEqualTo("2026-01-01T01:00:00Z");
        assertThat(stats.path("kinds").path("BSM").path("records").asInt()).isEqualTo(200);
        assertThat(stats.path("alerts").path("FCW").asInt()).isEqualTo(1);
        assertThat(stats.path("hours").path("2026-01-01T00:00:00Z").asInt()).isEqualTo(213);
        assertThat(stats.path("hours").path("2026-01-01T01:00:00Z").asInt()).isEqualTo(1);
        assertThat(stats.path("devices").findValuesAsText("id")).containsExactly("rsu-1", "veh-1", "veh-2");
        final JsonNode second = stats.path("devices").path(2);
        assertThat(second.path("messages").asInt()).isEqualTo(99);
        assertThat(second.path("missingNumbers").asInt()).isEqualTo(1);
        assertThat(second.path("missingCounts").asInt()).isEqualTo(1);
        assertThat(second.path("late").asInt()).isEqualTo(1);
        assertThat(second.path("clockAheadMillis").asInt()).isEqualTo(2_000);
        assertThat(stats.path("devices").path(0).has("clockAheadMillis"))
                .as("an RSM has no time of its own")
                .isFalse();
    }

    @Test
    void drawsWhenItWas() {
        assertThat(run("stats", directory.toString(), "--devices", "--end", "+100s"))
                .isZero();
        assertThat(out.toString())
                .contains("records   212 (1 to 212)")
                .contains("devices   3; numbers left out 1, counts left out 1, late messages 1")
                .containsPattern("BSM +199 +2\\.0 +\\d+\n")
                .containsPattern("veh-2 +99 +1\\.0 +1 +1 +1 +\\+2000");
    }

    @ParameterizedTest
    @CsvSource({
        "--kind XYZ, '--kind XYZ: must be one of BSM, RSM'",
        "--start yesterday, '--start yesterday: must be RFC 3339, +30s or +1.5h after the first record, -10m before the last'",
        "--output xml, '--output xml: must be text, ndjson or csv'",
        "'--box 1,2,3', '--box 1,2,3: must be SOUTH,WEST,NORTH,EAST in degrees, south below north and west below east'",
        "'--box 3,2,1,4', '--box 3,2,1,4: must be SOUTH,WEST,NORTH,EAST'",
        "'--box 1,4,3,2', '--box 1,4,3,2: must be SOUTH,WEST,NORTH,EAST'",
        "'--box 1,2,91,4', '--box 1,2,91,4: must be SOUTH,WEST,NORTH,EAST'",
        "'--box 1,2,NaN,4', '--box 1,2,NaN,4: must be SOUTH,WEST,NORTH,EAST'",
        "'--box 1,2,x,4', '--box 1,2,x,4: must be SOUTH,WEST,NORTH,EAST'",
        "--polygon /nowhere, '--polygon /nowhere: cannot be read'",
        "--alert x, '--alert x: must be the number of an alert'",
        "--alert-kind XYZ, '--alert-kind XYZ: must be one of FCW, EBW'",
        "--alert 5, '--alert, --alert-kind: need the alerts of the journal; '",
        "--limit -1, '--limit -1: must be 0 or more'",
    })
    void namesOptionValueAndRule(final String options, final String message) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        assertThat(cat(bytes, options)).isEqualTo(2);
        assertThat(err.toString()).startsWith("luyun: " + message);
        assertThat(bytes.size()).isZero();
    }
}
