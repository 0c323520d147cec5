package io.luyun.simulator.recording;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.UperEncoder;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalCheck;
import io.luyun.simulator.Main;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import picocli.CommandLine;

/** Files into a whole server over sockets, by the commands people type: every frame ends in the journal or in a count. */
@Isolated // takes the process's stdout
final class FeedFilesTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final int BSM = 1;
    private static final int RSM = 2;
    private static final int RSI = 3;
    private static final int SPAT = 4;
    private static final int MAP = 5;

    @TempDir
    private Path directory;

    private final ObjectMapper json = new ObjectMapper();

    @Test
    void framesOfAFileEndInTheJournalOrInACount() throws Exception {
        final Path file = Files.writeString(
                directory.resolve("frames.txt"),
                String.join(
                        "\n",
                        RoadFrames.hex("rsm-40"),
                        RoadFrames.hex("spat-261"),
                        RoadFrames.hex("rsi-79"),
                        RoadFrames.hex("map-529"),
                        RoadFrames.hex("bsm-86"), // a roadside unit may not
                        RoadFrames.hex("rsm-40").substring(0, 60),
                        "no frame",
                        ""));
        final JsonNode result;
        try (LuyunServer server = LuyunServer.launch(config(""))) {
            result = feed(0, "uper", file, server.devicePort(), "--dialect", "2019", "--rate", "200");
        }
        assertThat(result.get("frames").asInt()).isEqualTo(7);
        assertThat(result.get("journaled").asInt()).as("%s", result).isEqualTo(4);
        assertThat(result.get("refusedFrames").asInt()).isEqualTo(1);
        assertThat(result.get("refused").toString()).contains("NOT_ALLOWED");
        assertThat(result.get("refusedHere").asInt()).isEqualTo(2);
        assertThat(result.get("refusedHereBy").toString())
                .contains("\"not hexadecimal digits\":1")
                .contains("MALFORMED rsmFrame.participants[]");
        assertThat(result.get("complete").asBoolean()).isTrue();
        assertThat(result.get("secMark").asText()).isEqualTo("restamped");
        assertThat(kinds())
                .containsEntry(RSM, 1L)
                .containsEntry(SPAT, 1L)
                .containsEntry(RSI, 1L)
                .containsEntry(MAP, 1L);
        assertThat(kinds()).doesNotContainKey(BSM);
    }

    @Test
    void aCaptureIsSentWithItsPauses() throws Exception {
        final byte[] bsm = Packets.udp(7_000, RoadFrames.octets("bsm-86"));
        final byte[] rsi = Packets.udp(7_000, RoadFrames.octets("rsi-79"));
        final Path file = Files.write(
                directory.resolve("road.pcap"),
                Packets.pcap(Packets.ETHERNET, ByteOrder.LITTLE_ENDIAN, false)
                        .add(SECOND_NS, Packets.ethernet(0x0800, Packets.ipv4(17, 0, bsm)))
                        .add(2 * SECOND_NS, Packets.ethernet(0x86DD, Packets.ipv6(bsm)))
                        .add(3 * SECOND_NS, Packets.ethernet(0x0806, new byte[28]))
                        .add(5 * SECOND_NS, Packets.ethernet(0x0800, Packets.ipv4(17, 0, rsi)))
                        .bytes());
        final JsonNode result;
        try (LuyunServer server = LuyunServer.launch(config(""))) {
            result = feed(0, "pcap", file, server.devicePort(), "--role", "obu", "--rate", "10", "--device", "car-1");
        }
        assertThat(result.get("frames").asInt()).isEqualTo(4);
        assertThat(result.get("journaled").asInt()).as("%s", result).isEqualTo(2);
        assertThat(result.get("refusedHere").asInt())
                .as("ARP, and an RSI of the other dialect")
                .isEqualTo(2);
        assertThat(result.get("complete").asBoolean()).isTrue();
        assertThat(result.get("seconds").asDouble()).isBetween(0.3, 10.0);
        assertThat(kinds()).containsEntry(BSM, 2L);
    }

    @Test
    void recordedTimesAreRefusedByTheServerAndCounted() throws Exception {
        final Path file = Files.writeString(directory.resolve("frames.txt"), measuredHalfAMinuteAgo() + "\n");
        final JsonNode kept;
        final JsonNode moved;
        try (LuyunServer server = LuyunServer.launch(config(""))) {
            kept = feed(0, "uper", file, server.devicePort(), "--role", "obu", "--device", "car-1", "--keep-times");
            moved = feed(0, "uper", file, server.devicePort(), "--role", "obu", "--device", "car-2");
        }
        assertThat(kept.get("complete").asBoolean()).isTrue();
        assertThat(kept.get("secMark").asText()).isEqualTo("recorded");
        assertThat(kept.get("refused").toString()).isEqualTo("{\"CLOCK message.bsm.sec_mark\":1}");
        assertThat(moved.get("journaled").asInt()).isEqualTo(1);
    }

    private static String measuredHalfAMinuteAgo() {
        final byte[] now = new UperFrames(Dialect.PHASE_2, false)
                .read(RoadFrames.octets("bsm-86"))
                .messages()
                .get(0)
                .at(System.currentTimeMillis() - 30_000, 0);
        final UnsafeBuffer frame = new UnsafeBuffer(new byte[1_000]);
        final int length =
                new UperEncoder().encode(Dialect.PHASE_2, BSM, new UnsafeBuffer(now), 0, now.length, frame, 0);
        final byte[] octets = new byte[length];
        frame.getBytes(0, octets);
        return HexFormat.of().formatHex(octets);
    }

    @Test
    void topicsArePublishedAndAnsweredFor() throws Exception {
        final String rsm = RoadFrames.hex("rsi-79");
        final List<String> lines = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            lines.add(
                    "{\"tst\":\"2026-11-24T12:00:00.000000+0000\",\"topic\":\"rscu/rsu-1/v2x/up\",\"qos\":1,\"retain\":0,"
                            + "\"payloadHex\":\"" + rsm + "\"}");
        }
        lines.add("{\"topic\":\"rscu/rsu-1/run-status/up\",\"payload\":{\"cpu\":12}}");
        lines.add("{\"topic\":\"rscu/rsu-1/run-status/up\",\"payload\":\"{\\\"cpu\\\":13}\"}");
        lines.add("{\"topic\":\"rscu/rsu-2/run-status/up\",\"payload\":{}}");
        lines.add("{\"topic\":\"rscu/#\",\"payload\":{}}");
        lines.add("not JSON");
        final Path file = Files.write(directory.resolve("topics.ndjson"), lines);
        Files.writeString(directory.resolve("registry.yaml"), "devices:\n  - {id: rsu-1, role: RSU, dialect: 2019}\n");
        final JsonNode result;
        try (LuyunServer server = LuyunServer.launch(config("registry: registry.yaml"))) {
            result = feed(0, "mqtt-json", file, server.mqttPort(), "--device", "rsu-1", "--rate", "5000");
        }
        assertThat(result.get("lines").asInt()).isEqualTo(2_005);
        assertThat(result.get("acknowledged").asInt()).as("%s", result).isEqualTo(2_002);
        assertThat(result.get("refusedMessages").asInt()).isEqualTo(1);
        assertThat(result.get("notSent").asInt()).isEqualTo(2);
        assertThat(result.get("complete").asBoolean()).isTrue();
        assertThat(result.get("closed").isNull()).isTrue();
        assertThat(kinds()).containsEntry(RSI, 2_000L).containsEntry(63, 2L);
    }

    @Test
    void whoeverIsNotKnownPublishesNothing() throws Exception {
        final Path file = Files.writeString(directory.resolve("topics.ndjson"), "{\"topic\":\"a\",\"payload\":1}\n");
        Files.writeString(directory.resolve("registry.yaml"), "devices:\n  - {id: rsu-1, role: RSU}\n");
        try (LuyunServer server = LuyunServer.launch(config("registry: registry.yaml"))) {
            assertThat(run("mqtt-json", file, server.mqttPort(), "--device", "rsu-7").code)
                    .isEqualTo(3);
        }
        assertThat(run("mqtt-json", file, 1).code).isEqualTo(3);
    }

    @Test
    void badInputEndsWithOneLine() throws Exception {
        final Path file = Files.writeString(directory.resolve("frames.txt"), "00\n");
        assertThat(run("uper", file, 1, "--dialect", "2020").code).isEqualTo(2);
        assertThat(run("uper", file, 1, "--role", "cloud").code).isEqualTo(2);
        assertThat(run("uper", directory.resolve("nothing"), 1).code).isEqualTo(2);
        assertThat(run("uper", file, 1, "--rate", "-1").code).isEqualTo(2);
        assertThat(run("pcap", file, 1).code).isEqualTo(2);
        assertThat(run("mqtt-json", directory.resolve("nothing"), 1).code).isEqualTo(2);
        assertThat(run("uper", file, 1).code).as("nobody listens").isEqualTo(3);
    }

    private JsonNode feed(final int code, final String command, final Path file, final int port, final String... more)
            throws IOException {
        final Ended ended = run(command, file, port, more);
        assertThat(ended.code).as(ended.out).isEqualTo(code);
        return json.readTree(ended.out.strip().lines().reduce((_, last) -> last).orElseThrow());
    }

    private record Ended(int code, String out) {}

    private static Ended run(final String command, final Path file, final int port, final String... more) {
        final List<String> arguments =
                new ArrayList<>(List.of("feed", command, file.toString(), "--server", "127.0.0.1:" + port, "--json"));
        arguments.addAll(List.of(more));
        final PrintStream before = System.out;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            return new Ended(
                    new CommandLine(new Main()).execute(arguments.toArray(String[]::new)),
                    out.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(before);
        }
    }

    private ServerConfig config(final String net) {
        return ServerConfig.parse("test", """
                data: data
                net: {port: 0, insecure: true, %s}
                mqtt: {enabled: true, port: 0}
                ops: {port: 0}
                journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
                """.formatted(net), directory);
    }

    private Map<Integer, Long> kinds() {
        final JournalCheck check =
                Journal.openReadOnly(directory.resolve("data/journal")).check();
        assertThat(check.sound()).isTrue();
        return check.byKind();
    }
}
