package io.luyun.server.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.VehicleSafetyExtension;
import io.luyun.proto.v1.Welcome;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class ExplainCommandTest {
    /** Read alike in both dialects. */
    private static final String BSM =
            "002ca00000000000000004a399af1aa2561471dba23a7c000de7fe87e8401fffe022587080a68000000d61471ce1"
                    + "35e355bc001000";

    /** Of the 2019 set. */
    private static final String RSI =
            "4224626466686a0000018cc8e5275d434d0c2000198f64d5c110010002001f40081f5750d0aa4664b8adc2001d5d43"
                    + "43b11992c457080075750d209c66491bac2001d5d434d0d1991ca4f080000640";

    private static final long TIME_NS = 1_767_225_600_000_000_000L;

    @TempDir
    private Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(final String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new ExplainCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    private JsonNode json(final String... arguments) throws Exception {
        final String[] all = Arrays.copyOf(arguments, arguments.length + 1);
        all[arguments.length] = "--json";
        assertThat(run(all)).isZero();
        assertThat(out.toString()).hasLineCount(1);
        return new ObjectMapper().readTree(out.toString());
    }

    private static JsonNode field(final JsonNode explanation, final String path) {
        for (final JsonNode field : explanation.get("fields")) {
            if (field.get("path").asText().equals(path)
                    && !List.of("presence", "length", "index")
                            .contains(field.get("part").asText())) {
                return field;
            }
        }
        throw new AssertionError(path + " is not in " + explanation);
    }

    private static void assertCovers(final JsonNode explanation) {
        int bit = 0;
        for (final JsonNode field : explanation.get("fields")) {
            assertThat(field.get("bit").asInt()).as("%s", field).isEqualTo(bit);
            bit += field.get("bits").asInt();
        }
        assertThat(bit).isEqualTo(8 * explanation.get("bytes").asInt());
    }

    @Test
    void saysThatAFrameFitsBothDialects() throws Exception {
        final JsonNode explanation = json(BSM);
        assertThat(explanation.get("form").asText()).isEqualTo("uper");
        assertThat(explanation.get("dialect").asText()).isEqualTo("phase2");
        assertThat(explanation.get("message").asText()).isEqualTo("BSM");
        assertThat(explanation.get("fitsAlso").toString()).isEqualTo("[\"UPER frame, 2019\"]");
        assertThat(explanation.get("violation").isNull()).isTrue();
        assertThat(field(explanation, "bsmFrame.heading").toString())
                .isEqualTo(
                        "{\"part\":\"value\",\"path\":\"bsmFrame.heading\",\"type\":\"Heading\",\"bit\":195,\"bits\":15,"
                                + "\"raw\":14239,\"resolution\":\"0.0125\",\"unit\":\"deg\",\"value\":177.9875}");
        assertThat(field(explanation, "bsmFrame.accelSet.lat").get("absent").asBoolean())
                .isTrue();
        assertCovers(explanation);
        assertThat(json(BSM, "--dialect", "2019").get("dialect").asText()).isEqualTo("2019");
    }

    @Test
    void findsTheDialectThatFits() {
        assertThat(run(RSI)).isZero();
        assertThat(out.toString()).startsWith("UPER frame, 2019: RSI, 79 bytes\nbit ");
        assertThat(out.toString())
                .containsPattern("143 +16 +rsiFrame\\.refPos\\.elevation +0 +0 m\n")
                .containsPattern("rsiFrame\\.rtes\\[0]\\.eventPos\\.lat +280988051 +28\\.0988051 deg +derived");
        assertThat(run(RSI, "--values")).isZero();
        assertThat(out.toString()).doesNotContain("presence:").contains("rsiFrame.refPos.lat");
    }

    @Test
    void showsARefusedFrameUpToTheError() {
        assertThat(run(RSI, "--dialect", "phase2")).isEqualTo(1);
        assertThat(out.toString()).contains("rsiFrame.refPos.lat", "unread: not read", "\nrefused: rsiFrame");
        assertThat(run(BSM.substring(0, 40), "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"violation\":{\"code\":\"MALFORMED\",\"field\":\"bsmFrame.pos.long\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0x00 0x2c", "00:2C", "002c\n", " 0 0 2 c "})
    void takesHexadecimalAsPeopleWriteIt(final String head) throws Exception {
        assertThat(run(head + BSM.substring(4))).isZero();
        Files.writeString(directory.resolve("frame.hex"), head + BSM.substring(4) + "\n");
        assertThat(run(directory.resolve("frame.hex").toString())).isZero();
        assertThat(out.toString()).startsWith("UPER frame, phase2: BSM");
    }

    @Test
    void takesAFileOfOctets() throws Exception {
        Files.write(directory.resolve("frame"), HexFormat.of().parseHex(BSM));
        assertThat(run(directory.resolve("frame").toString())).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void explainsEnvelopes(final Layout layout) throws Exception {
        final UnsafeBuffer frame = new UnsafeBuffer(HexFormat.of().parseHex(layout == Layout.ONE_FRAME ? RSI : BSM));
        final int frames = layout == Layout.ONE_FRAME ? 1 : 2;
        final UnsafeBuffer envelope = new UnsafeBuffer(new byte[1_000]);
        final RsuEnvelopeWriter writer =
                new RsuEnvelopeWriter().begin(envelope, 0, layout, frames, 0x5253553030303031L, TIME_NS / 1_000_000);
        for (int i = 0; i < frames; i++) {
            writer.add(frame, 0, frame.capacity());
        }
        final JsonNode explanation = json(hex(envelope, writer.length()));
        assertThat(explanation.get("form").asText()).isEqualTo("envelope");
        assertThat(field(explanation, "envelope.id").get("meaning").asText()).isEqualTo("\"RSU00001\"");
        assertThat(field(explanation, "envelope.timestamp").get("meaning").asText())
                .isEqualTo("2026-01-01T00:00:00Z");
        final String id = layout == Layout.ONE_FRAME ? ".rsiFrame.id" : ".bsmFrame.id";
        assertThat(field(explanation, "envelope.frames[" + (frames - 1) + "]" + id))
                .isNotNull();
        assertCovers(explanation);
    }

    @Test
    void showsWhichFrameOfAnEnvelopeIsRefused() {
        final byte[] bad = HexFormat.of().parseHex(BSM);
        final UnsafeBuffer envelope = new UnsafeBuffer(new byte[1_000]);
        final int length = new RsuEnvelopeWriter()
                .begin(envelope, 0, Layout.COUNTED, 2, 1, TIME_NS / 1_000_000)
                .add(new UnsafeBuffer(bad), 0, bad.length - 1)
                .add(new UnsafeBuffer(bad), 0, bad.length)
                .length();
        assertThat(run(hex(envelope, length))).isEqualTo(1);
        assertThat(out.toString())
                .contains("refused: envelope.frames[0].bsmFrame.safetyExt")
                .contains("envelope.frames[1].bsmFrame.safetyExt.lights");
    }

    @Test
    void explainsAConversation() throws Exception {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(9).setBsm(bsm()))
                .build()
                .writeDelimitedTo(bytes);
        final JsonNode one = json(HexFormat.of().formatHex(bytes.toByteArray()));
        assertThat(one.get("form").asText()).isEqualTo("protobuf");
        assertThat(field(one, "DeviceFrame.message.bsm.heading").get("value").asText())
                .isEqualTo("77.0125");
        assertThat(field(one, "DeviceFrame.message.bsm.safety_ext.events")
                        .get("meaning")
                        .asText())
                .isEqualTo("eventHardBraking");
        assertCovers(one);
        bytes.writeBytes(bytes.toByteArray());
        final JsonNode two = json(HexFormat.of().formatHex(bytes.toByteArray()));
        assertThat(field(two, "DeviceFrame[1].message.number").get("raw").asLong())
                .isEqualTo(9);
        assertCovers(two);
    }

    @Test
    void explainsWhatTheServerSays() throws Exception {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ServerFrame.newBuilder()
                .setWelcome(Welcome.newBuilder().setSessionId(-1).setServerTimeMs(TIME_NS / 1_000_000))
                .build()
                .writeDelimitedTo(bytes);
        final JsonNode explanation = json(HexFormat.of().formatHex(bytes.toByteArray()));
        assertThat(field(explanation, "ServerFrame.welcome.session_id")
                        .get("raw")
                        .asText())
                .isEqualTo("18446744073709551615");
        assertThat(field(explanation, "ServerFrame.welcome.server_time_ms")
                        .get("meaning")
                        .asText())
                .isEqualTo("2026-01-01T00:00:00Z");
    }

    @Test
    void explainsABareMessageOfAKind() throws Exception {
        final byte[] bytes = bsm().toBuilder().setSpeed(9_000).build().toByteArray();
        final JsonNode explanation = json(HexFormat.of().formatHex(bytes), "--kind", "BSM");
        assertThat(field(explanation, "bsm.speed").get("meaning").asText()).isEqualTo("outside 0..8190");
        assertCovers(explanation);
        assertThat(run(HexFormat.of().formatHex(Arrays.copyOf(bytes, bytes.length - 1)), "--kind", "bsm"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("bsm.heading", "refused: bsm.safety_ext");
    }

    /** The canonical form of a frame and the frame itself say the same. */
    @Test
    void namesTheBitsOfACanonicalMessageAsThoseOfAFrame() throws Exception {
        final UnsafeBuffer frame = new UnsafeBuffer(HexFormat.of().parseHex(BSM));
        final UnsafeBuffer canonical = new UnsafeBuffer(new byte[1_000]);
        final int length = new UperDecoder().decode(Dialect.PHASE_2, frame, 0, frame.capacity(), canonical, 0);
        final JsonNode ours = json(hex(canonical, length), "--kind", "BSM");
        final JsonNode theirs = json(BSM);
        for (final String path : List.of("heading", "brakes.brake_pedal", "size.width", "safety_ext.events")) {
            final String standard = path.replace("brake_pedal", "brakePadel").replace("safety_ext", "safetyExt");
            for (final String part : List.of("raw", "value", "unit", "meaning", "type")) {
                final JsonNode expected = field(theirs, "bsmFrame." + standard).get(part);
                final @Nullable JsonNode found = field(ours, "bsm." + path).get(part);
                if (!part.equals("raw") || !path.endsWith("events")) {
                    assertThat(found).as("%s %s", path, part).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void explainsARecordOfAJournal() throws Exception {
        write();
        final String journal = directory.resolve("journal").toString();
        final JsonNode explanation = json(journal, "--sequence", "2");
        assertThat(explanation.get("form").asText()).isEqualTo("journal");
        assertThat(explanation.get("message").asText()).isEqualTo("BSM");
        assertThat(field(explanation, "record.sequence").get("raw").asLong()).isEqualTo(2);
        assertThat(field(explanation, "record.time").get("meaning").asText())
                .isEqualTo("2026-01-01T00:00:00.000000001Z");
        assertThat(field(explanation, "record.bsm.heading").get("value").asText())
                .isEqualTo("77.0125");
        assertCovers(explanation);
        assertThat(run(journal, "--sequence", "3")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: " + journal + " has no record 3\n");
        assertThat(run(journal)).isEqualTo(2);
        assertThat(err.toString()).contains("a journal needs --sequence N");

        final StringBuilder hex = new StringBuilder();
        for (final JsonNode field : explanation.get("fields")) {
            if (field.get("path").asText().equals("record.magic")) {
                hex.append(field.get("raw").asText());
            }
        }
        assertThat(run(hex + "00")).isEqualTo(1);
        assertThat(out.toString()).startsWith("journal record: not known, 5 bytes");
    }

    @Test
    void explainsTheOctetsOfARecord() throws Exception {
        write();
        final byte[] file;
        try (var paths = Files.newDirectoryStream(directory.resolve("journal/run-00000001"), "*.cq4")) {
            file = Files.readAllBytes(paths.iterator().next());
        }
        final String content = new String(file, StandardCharsets.ISO_8859_1);
        final int begin = content.lastIndexOf("LYJ1");
        final int payload = bsm().getSerializedSize();
        final byte[] record = Arrays.copyOfRange(file, begin, begin + 48 + ((payload + 3) & ~3) + 4);
        final JsonNode explanation = json(HexFormat.of().formatHex(record));
        assertThat(field(explanation, "record.bsm.speed").get("raw").asInt()).isEqualTo(100);
        assertCovers(explanation);
    }

    @Test
    void leavesATerminalAlone() {
        final DeviceFrame frame = DeviceFrame.newBuilder()
                .setHello(io.luyun.proto.v1.Hello.newBuilder().setProtocol(1).setDeviceId("\u001b[31mred"))
                .build();
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            frame.writeDelimitedTo(bytes);
        } catch (final java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        assertThat(run(HexFormat.of().formatHex(bytes.toByteArray()))).isZero();
        assertThat(out.toString()).contains("\\x1b[31mred").doesNotContain("\u001b");
    }

    @ParameterizedTest
    @ValueSource(strings = {"xyz", "0", "0x", "", "00 0g"})
    void refusesWhatIsNoInput(final String input) {
        assertThat(run(input)).isEqualTo(2);
        assertThat(out.toString()).isEmpty();
        assertThat(err.toString())
                .isEqualTo("luyun: '" + input + "' is neither a file nor an even number of hexadecimal digits\n");
    }

    @Test
    void refusesWrongOptionsAndFiles() throws Exception {
        assertThat(run(BSM, "--dialect", "2020")).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("luyun: --dialect 2020 is not one of 2019, phase2\n");
        assertThat(run(BSM, "--as", "asn1")).isEqualTo(2);
        assertThat(err.toString()).contains("--as asn1 is not one of uper, envelope, protobuf, journal");
        assertThat(run(BSM, "--kind", "CAM")).isEqualTo(2);
        assertThat(err.toString()).contains("no kind CAM");
        Files.writeString(directory.resolve("empty"), "");
        assertThat(run(directory.resolve("empty").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is empty");
        Files.writeString(directory.resolve("text"), "this is no frame");
        assertThat(run(directory.resolve("text").toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is text, but not an even number of hexadecimal digits");
        assertThat(run(directory.resolve("nothing").toString(), "--sequence", "1"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no journal at");
        assertThat(run(BSM, "--as", "envelope")).isEqualTo(1);
        assertThat(out.toString()).contains("refused: envelope");
    }

    private static Bsm bsm() {
        return Bsm.newBuilder()
                .setMsgCnt(1)
                .setSecMark(9_500)
                .setPos(Position.newBuilder().setLat(399_764_645).setLon(1_163_509_503))
                .setSpeed(100)
                .setHeading(6_161)
                .setSafetyExt(VehicleSafetyExtension.newBuilder().setEvents(1 << 7))
                .build();
    }

    private void write() {
        final JournalConfig config = new JournalConfig(
                directory.resolve("journal").toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        final List<Throwable> errors = new java.util.ArrayList<>();
        try (Journal journal = Journal.open(config, () -> TIME_NS, new Counters(), new Latencies(), errors::add)) {
            final byte[] payload = bsm().toByteArray();
            for (int i = 0; i < 2; i++) {
                journal.writer()
                        .append(
                                RecordKind.RECORD_KIND_BSM_VALUE,
                                -1,
                                0,
                                TIME_NS + i,
                                new UnsafeBuffer(payload),
                                0,
                                payload.length);
            }
        }
        assertThat(errors).isEmpty();
    }

    private static String hex(final UnsafeBuffer buffer, final int length) {
        final byte[] bytes = new byte[length];
        buffer.getBytes(0, bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
