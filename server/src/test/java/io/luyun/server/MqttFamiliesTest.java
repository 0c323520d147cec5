package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.CountdownTiming;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.UtcTiming;
import io.luyun.proto.v1.Vpm;
import io.luyun.server.monitor.Counter;
import io.luyun.server.mqtt.DownRequests;
import io.luyun.server.net.Certificates;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every family of topics as roadside units speak it, with the Mosquitto clients against a whole server. */
final class MqttFamiliesTest {
    private static final String SECRET = "secret";
    /** A BSM in UPER with id "00143101" and millisecond 47091. */
    private static final byte[] UPER_BSM = HexFormat.of()
            .parseHex("02a4660606268666260636fe78cd1346f5d23e1c429a260606066000c5ce235f55f41fdfffe022d07d036480000000");

    private static final int UPER_SEC_MARK = 47_091;

    @TempDir
    private Path directory;

    @BeforeAll
    static void mosquitto() {
        Mosquitto.require();
    }

    @ParameterizedTest
    @CsvSource({"311, 0", "311, 1", "311, 2", "5, 0", "5, 1", "5, 2"})
    void aCanonicalMessageIsAcknowledgedAndInTheJournal(final String version, final String qos) throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final Bsm bsm = Messages.bsm(1, server.clock.secMark(), 100, 10);
            final byte[] message = Message.newBuilder().setBsm(bsm).build().toByteArray();

            final Mosquitto pub = Mosquitto.pub(
                    server.port(),
                    "-V",
                    version,
                    "-q",
                    qos,
                    "-i",
                    "car-1",
                    "-t",
                    "luyun/v1/car-1/up",
                    "-f",
                    server.file(message));

            assertThat(pub.exitCode()).as(pub.text()).isZero();
            switch (qos) {
                case "1" -> assertThat(pub.text()).contains("received PUBACK");
                case "2" -> assertThat(pub.text()).contains("received PUBREC").contains("received PUBCOMP");
                default ->
                    Awaitility.await()
                            .until(() -> !server.journaled(RecordKind.RECORD_KIND_BSM)
                                    .isEmpty());
            }
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM)).containsExactly(hex(bsm.toByteArray()));
        }
    }

    @ParameterizedTest
    @CsvSource({"311, 1, V2X.RSU.BSM.UP", "5, 2, rsu/rsu-1/bsm/up"})
    void anEnvelopeOfUperFramesIsDecoded(final String version, final String qos, final String topic) throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            atMillisecond(server, UPER_SEC_MARK);
            final Mosquitto pub = publish(server, version, qos, topic, envelope(2));

            assertThat(pub.exitCode()).as(pub.text()).isZero();
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM)).hasSize(2);
            final Bsm bsm = Bsm.parseFrom(HexFormat.of()
                    .parseHex(server.journaled(RecordKind.RECORD_KIND_BSM).getFirst()));
            assertThat(bsm.getId().toStringUtf8()).isEqualTo("00143101");
            assertThat(bsm.getSecMark()).isEqualTo(UPER_SEC_MARK);
        }
    }

    /** Vehicle payment of phase II with the addition 0xCAFE nobody knows, from the payer's unit "PAYER-01". */
    @ParameterizedTest
    @CsvSource({
        "rscu/rsu-3/v2x/up, frame",
        "V2X.RSU.LOG.UP, frame",
        "V2X.RSU.LOG.UP, envelope",
        "V2X.RSU.LOG.UP, message"
    })
    void aPaymentIsRefusedAndNothingOfItStaysBehind(final String topic, final String form) throws Exception {
        final byte[] frame = HexFormat.of().parseHex("801200110f852000a082b28aa45a6062020595fc");
        final byte[] vpm = switch (form) {
            case "envelope" ->
                ByteBuffer.allocate(18 + frame.length)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .put(new byte[8])
                        .putLong(0)
                        .putShort((short) frame.length)
                        .put(frame)
                        .array();
            case "message" ->
                Message.newBuilder()
                        .setVpm(Vpm.newBuilder().setMsgCnt(1))
                        .build()
                        .toByteArray();
            default -> frame;
        };
        try (MqttServer server = MqttServer.insecure(directory)) {
            final Mosquitto pub = publish(server, "rsu-3", "5", "1", topic, vpm);

            assertThat(pub.text()).contains("RC:135");
            assertThat(server.count(Counter.REFUSED_NOT_ALLOWED)).isOne();
            assertThat(server.count(Counter.RAW_KEPT)).isZero();
            assertThat(server.raw(RecordKind.RECORD_KIND_RAW)).isEmpty();
        }
    }

    @Test
    void participantsInMetresBecomeRsm() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final String json = """
                    {"ack": true, "seqNum": 7, "participants": [
                      {"timestamp": %d, "ptcType": 1, "ptcId": 12, "sourceType": 4, "longitude": 106.3, "latitude": 29.6,
                       "speed": 10.0, "heading": 90, "length": 4.5, "width": 1.8, "height": 1.5, "shape": "odd"}]}
                    """.formatted(TimeUnit.NANOSECONDS.toMillis(server.clock.nanoTime()));
            final Mosquitto pub =
                    publish(server, "5", "1", "rscu/rsu-1/participant/up", json.getBytes(StandardCharsets.UTF_8));

            assertThat(pub.exitCode()).as(pub.text()).isZero();
            final Rsm rsm = Rsm.parseFrom(HexFormat.of()
                    .parseHex(server.journaled(RecordKind.RECORD_KIND_RSM).getFirst()));
            assertThat(rsm.getParticipants(0).getSpeed()).isEqualTo(500);
            assertThat(rsm.getParticipants(0).getHeading()).isEqualTo(7_200);
            assertThat(rsm.getParticipants(0).getPos().getLon()).isEqualTo(1_063_000_000);
            assertThat(rsm.getParticipants(0).getSize().getHeight()).isEqualTo(30);
            assertThat(rsm.getParticipants(0).getSourceValue()).isEqualTo(6);
            assertThat(server.raw(RecordKind.RECORD_KIND_RAW).getFirst().getReason())
                    .contains("shape");
            assertThat(server.count(Counter.RAW_KEPT)).isOne();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "311, 1, rsu/rsu-1/rsi/up, '{\"alertID\":3,\"eventClass\":\"AbnormalTraffic\",\"eventType\":401,\"eventPosition\":[{\"lat\":296000000,\"lon\":1063000000}],\"eventRadius\":200}', RSI, 0",
        "5, 2, V2X/RSU/rsu-1/RSI/UP, '{\"rsiDatas\":[{\"alertID\":3,\"eventType\":401,\"eventPosition\":{\"lat\":296000000,\"lon\":1063000000}}]}', RSI, 0",
        "5, 0, rscu/rsu-1/event/up, '[{\"eventId\":3,\"eventType\":401,\"latitude\":29.6,\"longitude\":106.3,\"priority\":4}]', RSI, 0",
        "5, 1, V2X/RSU/rsu-1/RSM/UP, '{\"refPos\":{\"lat\":296000000,\"lon\":1063000000},\"participants\":[{\"ptcType\":1,\"ptcId\":5,\"pos\":{\"lat\":296000000,\"lon\":1063000000},\"speed\":8191}]}', RSM, 0",
        "311, 2, rscu/rsu-1/lamp/up, '{\"crossId\":12,\"lampRealInfos\":[{\"phaseId\":1,\"lightStatus\":6,\"countDown\":12},{\"phaseId\":260,\"lightStatus\":3}]}', SPAT, 1",
        "5, 0, V2X/RSU/rsu-1/SPAT/UP, '{\"name\":\"x\",\"intersections\":[{\"intersectionId\":12,\"status\":true,\"phases\":[{\"phaseId\":3,\"phaseStates\":{\"light\":3,\"timing\":\"2026-01-01 00:00:00\"}}]}]}', SPAT, 1",
        "5, 1, rsu/rsu-1/spat/up, '{\"intersections\":[{\"intersectionId\":{\"region\":1,\"id\":301},\"timeStamp\":1639812051683,\"phases\":[{\"phaseId\":11,\"phaseStates\":[{\"light\":\"3\",\"timing\":{\"counting\":{\"startTime\":{\"timeMark\":0},\"likelyEndTime\":{\"timeMark\":120}}}},{\"light\":6}]}]}]}', SPAT, 0",
        "5, 1, V2X/RSU/rsu-1/MAP/UP, '{\"mapSlice\":\"a\",\"map\":{},\"eTag\":\"b\"}', RAW, 1",
        "5, 1, rscu/rsu-1/traffic/up, '{\"periodTime\":4,\"trafficFlow\":12}', RAW, 1",
        "311, 0, V2X.RSU.HB.UP, '{\"rsuId\":\"rsu-1\"}', RAW, 1",
        "5, 2, V2X/RSU/RunningInfo/UP, '{\"cpu\":{\"load\":0.5}}', RAW, 1",
        "311, 1, rsu/rsu-1/info/up, '{\"rsuId\":\"rsu-1\",\"ack\":false}', RAW, 1"
    })
    void jsonBecomesMessagesAndWhatHasNoneIsKept(
            final String version,
            final String qos,
            final String topic,
            final String json,
            final String kind,
            final int raw)
            throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final Mosquitto pub = publish(server, version, qos, topic, json.getBytes(StandardCharsets.UTF_8));

            assertThat(pub.exitCode()).as(pub.text()).isZero();
            // quality 0 is not answered: it may be on its way to the journal still
            Awaitility.await().untilAsserted(() -> {
                assertThat(server.journaled(RecordKind.valueOf("RECORD_KIND_" + kind)))
                        .hasSize(1);
                assertThat(server.raw(RecordKind.RECORD_KIND_RAW)).hasSize(raw);
            });
            if (raw > 0) {
                assertThat(server.raw(RecordKind.RECORD_KIND_RAW).getFirst().getTopic())
                        .isEqualTo(topic);
                assertThat(server.raw(RecordKind.RECORD_KIND_RAW)
                                .getFirst()
                                .getPayload()
                                .toStringUtf8())
                        .isEqualTo(json);
            }
        }
    }

    /** In steps of the standard, and as one form of the several that are in use has them. */
    @Test
    void signalsInJsonKeepTheirTimes() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final String json = """
                    {"intersections":[{"intersectionId":{"region":1,"id":301},"phases":[{"phaseId":11,"phaseStates":[
                      {"light":3,"timing":{"counting":{"startTime":0,"likelyEndTime":{"timeMark":120},"nextDuration":7}}},
                      {"light":6,"timing":{"utcTiming":{"startUTCTime":35000,"likelyEndUtcTime":{"timeMark":36000}}}}]}]}]}
                    """;
            publish(server, "5", "1", "V2X/RSU/rsu-1/SPAT/UP", json.getBytes(StandardCharsets.UTF_8));
            final IntersectionState state = Spat.parseFrom(HexFormat.of()
                            .parseHex(server.journaled(RecordKind.RECORD_KIND_SPAT)
                                    .getFirst()))
                    .getIntersections(0);
            assertThat(state.getIntersection())
                    .isEqualTo(
                            NodeReference.newBuilder().setRegion(1).setId(301).build());
            assertThat(state.getPhases(0))
                    .isEqualTo(Phase.newBuilder()
                            .setId(11)
                            .addStates(PhaseState.newBuilder()
                                    .setLight(LightState.LIGHT_RED)
                                    .setCounting(CountdownTiming.newBuilder()
                                            .setStartTime(0)
                                            .setLikelyEndTime(120)
                                            .setNextDuration(7)))
                            .addStates(PhaseState.newBuilder()
                                    .setLight(LightState.LIGHT_PROTECTED_GREEN)
                                    .setUtc(UtcTiming.newBuilder()
                                            .setStartTime(35_000)
                                            .setLikelyEndTime(36_000)))
                            .build());
        }
    }

    @Test
    void anElementThatIsWrongIsLeftOutCountedAndTold() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final long millis = TimeUnit.NANOSECONDS.toMillis(server.clock.nanoTime());
            final String json = """
                    [{"timestamp": %1$d, "ptcType": 1, "ptcId": 1, "longitude": 106.3, "latitude": 29.6},
                     {"timestamp": %1$d, "ptcType": 1, "ptcId": 2, "longitude": 29.6, "latitude": 106.3},
                     {"ptcType": 1, "ptcId": 3, "longitude": 106.3, "latitude": 29.6},
                     {"timestamp": %1$d, "ptcType": 1, "ptcId": 4, "longitude": 106.3, "latitude": 29.6}]
                    """.formatted(millis);
            final Mosquitto pub =
                    publish(server, "5", "1", "rscu/rsu-1/participant/up", json.getBytes(StandardCharsets.UTF_8));
            assertThat(pub.text()).contains("RC:153");
            assertThat(server.count(Counter.REFUSED_OUT_OF_RANGE)).isOne();
            assertThat(server.count(Counter.REFUSED_MISSING)).isOne();
            assertThat(server.count(Counter.SWAPPED_COORDINATES)).isOne();
            final Rsm rsm = Rsm.parseFrom(HexFormat.of()
                    .parseHex(server.journaled(RecordKind.RECORD_KIND_RSM).getFirst()));
            assertThat(rsm.getParticipantsList())
                    .extracting(RsmParticipant::getPtcId)
                    .containsExactly(1, 4);
            assertThat(server.status().path("families").path("rscu").toString())
                    .isEqualTo("{\"publishes\":1,\"messages\":1,\"rawKept\":0,\"refused\":2,\"sent\":0}");

            atMillisecond(server, UPER_SEC_MARK);
            final byte[] envelope = envelope(2);
            envelope[envelope.length - UPER_BSM.length] = (byte) 0xF0;
            publish(server, "5", "1", "V2X.RSU.BSM.UP", envelope);
            assertThat(server.journaled(RecordKind.RECORD_KIND_BSM)).hasSize(1);
            assertThat(server.status().path("families").path("dots").toString())
                    .isEqualTo("{\"publishes\":1,\"messages\":1,\"rawKept\":0,\"refused\":1,\"sent\":0}");
        }
    }

    @Test
    void onATopicOfAllUnitsAUnitSpeaksForItselfOnly() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final String topic = "V2X/RSU/HB/UP";
            final byte[] foreign = "{\"rsuId\":\"rsu-2\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(publish(server, "5", "1", topic, foreign).text()).contains("RC:135");
            final byte[] own = "{\"rsuId\":7,\"rsuEsn\":\"rsu-1\"}".getBytes(StandardCharsets.UTF_8);
            assertThat(publish(server, "5", "1", topic, own).text()).doesNotContain("RC:135");
            assertThat(server.raw(RecordKind.RECORD_KIND_RAW)).hasSize(1);
            assertThat(server.count(Counter.REFUSED_NOT_ALLOWED)).isOne();
        }
    }

    @Test
    void anAlertComesBackInTheLanguageOfTheUnit() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory);
                Mosquitto unit = subscribe(server, "rsu-1", "rsu/rsu-1/rsi/down");
                Mosquitto binary = subscribe(server, "rsu-3", "V2X.RSU.RSI.rsu-3.DOWN", "-F", "%x");
                TestDevice other = TestDevice.open(server.devicePort(), "rsu-9", Role.ROLE_RSU, 1);
                TestDevice car = TestDevice.open(server.devicePort(), "car-1", Role.ROLE_OBU, 1)) {
            other.send(1, Messages.event(300));
            other.awaitAck(1);
            for (int number = 1; number <= 10; number++) {
                car.send(number, Messages.bsm(1, server.clock.secMark(), 150 + number, 15));
                car.awaitAck(number);
                server.clock.passMillis(100);
            }
            unit.awaitLine("\"eventType\":401");
            assertThat(unit.text()).contains("\"eventDescription\":\"HLW\"");
            // the envelope: id of the unit; the frame behind it: RSI
            binary.awaitLine(hex("rsu-3".getBytes(StandardCharsets.US_ASCII)) + "000000");
            assertThat(rsi(binary, Dialect.PHASE_2).getEvents(0))
                    .returns(401, RoadEvent::getEventType)
                    .returns(200, RoadEvent::getRadius)
                    .returns(Messages.position(300), RoadEvent::getPos);

            assertThat(server.mqtt()
                            .send(
                                    "rsu-1",
                                    "RSI",
                                    MessageKind.MESSAGE_KIND_RSI_VALUE,
                                    Messages.event(300).toByteArray())
                            .get(5, TimeUnit.SECONDS))
                    .isOne();
            unit.awaitLine("\"eventDescription\":\"thrown object\"");
        }
    }

    @Test
    void aRequestIsSentAgainUntilTheUnitAcknowledgesIt() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final CompletableFuture<DownRequests.Ack> answer;
            try (Mosquitto unit = subscribe(server, "rsu-1", "rsu/rsu-1/config/down")) {
                answer = server.mqtt()
                        .request("rsu-1", "CONFIG", number -> "{\"ack\":true,\"seqNum\":" + number + ",\"hbRate\":60}");
                unit.awaitLine("\"seqNum\":1");
                server.clock.passMillis(2_100);
                Awaitility.await()
                        .atMost(5, TimeUnit.SECONDS)
                        .until(() -> unit.text().split("hbRate", -1).length - 1 >= 2);
            }
            publish(
                    server,
                    "311",
                    "1",
                    "rsu/rsu-1/config/down/ack",
                    "{\"seqNum\":1,\"errorCode\":0,\"errorDesc\":\"ok\"}".getBytes(StandardCharsets.UTF_8));
            assertThat(answer.get(5, TimeUnit.SECONDS)).isEqualTo(new DownRequests.Ack(0, "ok"));
        }
    }

    @Test
    void aMapIsKeptForTheUnitThatSubscribesLater() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            final byte[] map = {};
            assertThat(server.mqtt()
                            .send("rsu-1", "MAP", MessageKind.MESSAGE_KIND_MAP_VALUE, map)
                            .get(5, TimeUnit.SECONDS))
                    .isZero();
            try (Mosquitto unit = subscribe(server, "rsu-1", "luyun/v1/rsu-1/down")) {
                unit.awaitLine("PUBLISH (d0, q1, r1");
            }
        }
    }

    @Test
    void aClientCertificateProvesTheUnit() throws Exception {
        final Certificates certificates = Certificates.make(directory);
        certificates.client("rsu-1");
        final String tls = "host: localhost, tls: {enabled: true, certificate: server.pem, key: server.key, "
                + "clientCa: ca.pem, clientAuth: want}";
        try (MqttServer server = new MqttServer(directory, tls)) {
            // rsu-2 has no certificate in the registry, rsu-3 one of its own name
            for (final String id : new String[] {"rsu-1", "rsu-2", "rsu-3"}) {
                final Mosquitto pub = Mosquitto.pub(
                        server.port(),
                        "-V",
                        "5",
                        "-q",
                        "1",
                        "-i",
                        id,
                        "-t",
                        "rsu/" + id + "/info/up",
                        "-m",
                        "{}",
                        "--cafile",
                        directory.resolve("ca.pem").toString(),
                        "--cert",
                        directory.resolve("rsu-1.pem").toString(),
                        "--key",
                        directory.resolve("rsu-1.key").toString(),
                        "--insecure");
                assertThat(pub.exitCode() == 0).as(pub.text()).isEqualTo(id.equals("rsu-1"));
            }
            assertThat(server.count(Counter.REFUSED_NOT_AUTHENTICATED)).isEqualTo(2);
        }
    }

    @Test
    void badInputIsRefusedWithAReasonAndCountedAndAGoodUnitDoesNotNotice() throws Exception {
        try (MqttServer server = MqttServer.insecure(directory)) {
            assertThat(Mosquitto.pub(
                                    server.port(),
                                    "-V",
                                    "5",
                                    "-i",
                                    "rsu-1",
                                    "-u",
                                    "x",
                                    "-P",
                                    "wrong",
                                    "-t",
                                    "a",
                                    "-m",
                                    "b")
                            .exitCode())
                    .isNotZero();
            final Mosquitto old = Mosquitto.pub(
                    server.port(), "-V", "311", "-i", "rsu-1", "-u", "x", "-P", "wrong", "-t", "a", "-m", "b");
            assertThat(old.text()).containsIgnoringCase("bad user name or password");
            assertThat(server.count(Counter.REFUSED_NOT_AUTHENTICATED)).isEqualTo(2);

            assertThat(publish(server, "5", "1", "rsu/rsu-2/info/up", "{}".getBytes(StandardCharsets.UTF_8))
                            .text())
                    .contains("RC:135");
            assertThat(server.count(Counter.REFUSED_NOT_ALLOWED)).isOne();

            assertThat(publish(server, "5", "2", "rsu/rsu-1/rsi/up", "{\"alertID\":".getBytes(StandardCharsets.UTF_8))
                            .text())
                    .contains("Payload format invalid");
            assertThat(server.count(Counter.REFUSED_MALFORMED)).isOne();

            final String swapped = "[{\"eventId\":3,\"eventType\":401,\"latitude\":106.3,\"longitude\":29.6}]";
            assertThat(publish(server, "5", "1", "rscu/rsu-1/event/up", swapped.getBytes(StandardCharsets.UTF_8))
                            .text())
                    .contains("RC:153");
            assertThat(server.count(Counter.SWAPPED_COORDINATES)).isOne();
            final String far =
                    "[{\"eventId\":3,\"eventType\":401,\"latitude\":29.6,\"longitude\":106.3,\"priority\":9}]";
            assertThat(publish(server, "5", "1", "rscu/rsu-1/event/up", far.getBytes(StandardCharsets.UTF_8))
                            .text())
                    .contains("RC:153");
            assertThat(server.count(Counter.REFUSED_OUT_OF_RANGE)).isEqualTo(2);

            publish(server, "311", "1", "rsu/rsu-1/info/up", new byte[70_000]);
            server.awaitCount(Counter.REFUSED_FRAME_TOO_LONG, 1);

            final Mosquitto good =
                    publish(server, "311", "2", "rsu/rsu-1/info/up", "{}".getBytes(StandardCharsets.UTF_8));
            assertThat(good.exitCode()).as(good.text()).isZero();
            assertThat(server.journaled(RecordKind.RECORD_KIND_RSI)).isEmpty();
            assertThat(server.journaled(RecordKind.RECORD_KIND_RAW)).hasSize(1);
            final JsonNode status = server.status();
            assertThat(status.path("port").asInt()).isEqualTo(server.port());
            assertThat(status.path("rawKept").asInt()).isOne();
            assertThat(status.path("swappedCoordinates").asInt()).isOne();
            assertThat(status.path("families").path("rsu").toString())
                    .isEqualTo("{\"publishes\":2,\"messages\":0,\"rawKept\":1,\"refused\":1,\"sent\":0}");
            assertThat(status.path("families").path("rscu").path("refused").asInt())
                    .isEqualTo(2);
            assertThat(status.path("refused").toString())
                    .isEqualTo("{\"frame_too_long\":1,\"malformed\":1,\"not_allowed\":1,\"not_authenticated\":2,"
                            + "\"out_of_range\":2}");
        }
    }

    private static Mosquitto publish(
            final MqttServer server, final String version, final String qos, final String topic, final byte[] payload)
            throws Exception {
        return publish(server, "rsu-1", version, qos, topic, payload);
    }

    private static Mosquitto publish(
            final MqttServer server,
            final String id,
            final String version,
            final String qos,
            final String topic,
            final byte[] payload)
            throws Exception {
        return Mosquitto.pub(
                server.port(),
                "-V",
                version,
                "-q",
                qos,
                "-i",
                id,
                "-u",
                "unit",
                "-P",
                SECRET,
                "-t",
                topic,
                "-f",
                server.file(payload));
    }

    private static Mosquitto subscribe(
            final MqttServer server, final String id, final String topic, final String... more) throws Exception {
        final List<String> arguments =
                new ArrayList<>(List.of("-V", "5", "-q", "1", "-i", id, "-u", "unit", "-P", SECRET, "-t", topic));
        arguments.addAll(List.of(more));
        return Mosquitto.sub(server.port(), arguments.toArray(String[]::new));
    }

    /** The first envelope a subscriber has written down in hexadecimal. */
    private static Rsi rsi(final Mosquitto unit, final Dialect dialect) throws Exception {
        final String line = unit.text()
                .lines()
                .filter(text -> text.matches("[0-9a-f]{40,}"))
                .findFirst()
                .orElseThrow();
        final UnsafeBuffer in = new UnsafeBuffer(HexFormat.of().parseHex(line));
        final RsuEnvelope envelope = new RsuEnvelope();
        assertThat(envelope.wrap(in, 0, in.capacity(), false)).isTrue();
        assertThat(envelope.next()).isTrue();
        final UnsafeBuffer out = new UnsafeBuffer(new byte[4_096]);
        final int length =
                new UperDecoder().decode(dialect, in, envelope.frameOffset(), envelope.frameLength(), out, 0);
        return Rsi.parseFrom(ByteBuffer.wrap(out.byteArray(), 0, length));
    }

    private static byte[] envelope(final int frames) throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write("R1003101".getBytes(StandardCharsets.US_ASCII));
        out.write(new byte[8]);
        out.write(frames);
        for (int i = 0; i < frames; i++) {
            out.write(ByteBuffer.allocate(2)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putShort((short) UPER_BSM.length)
                    .array());
            out.write(UPER_BSM);
        }
        return out.toByteArray();
    }

    private static void atMillisecond(final MqttServer server, final int secMark) {
        server.clock.passMillis(Math.floorMod(secMark - server.clock.secMark(), 60_000));
    }

    private static String hex(final byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
