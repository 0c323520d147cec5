package io.luyun.server.mqtt;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.UperDecoder;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertEvent;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.EventSource;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.MapData;
import io.luyun.proto.v1.MapNode;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.ParticipantType;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.ReferencePath;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.RsmParticipant;
import io.luyun.proto.v1.Severity;
import io.luyun.proto.v1.SourceType;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.TimeSpan;
import io.luyun.proto.v1.VehicleSize;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What goes down, read back as a unit reads it. */
final class DownlinkTest {
    private static final Position UNIT = at(0);
    private static final Position SUBJECT = at(1_000);
    private static final Position TARGET = at(2_000);
    private static final Position EVENT = at(3_000);
    private static final long OCTETS = 0x5231_3030_3331_3031L; // R1003101
    /** Minute 600 of a year that is not a leap year: 10 o'clock on the first day. */
    private static final long RAISED_NS = ns("2026-01-01T10:00:40Z");

    private static final long NOW_NS = ns("2026-01-01T10:01:30.250Z");

    private static final Map<Integer, MessageLite> MESSAGES = Map.of(
            MessageKind.MESSAGE_KIND_RSI_VALUE,
            Rsi.newBuilder()
                    .setMsgCnt(7)
                    .setId(octets())
                    .setRefPos(UNIT)
                    .addEvents(RoadEvent.newBuilder()
                            .setEventId(3)
                            .setEventType(401)
                            .setEventSource(EventSource.EVENT_SOURCE_POLICE)
                            .setPos(EVENT)
                            .setRadius(200)
                            .addReferencePaths(ReferencePath.newBuilder()
                                    .addActivePath(SUBJECT)
                                    .addActivePath(EVENT)
                                    .setPathRadius(50)))
                    .build(),
            MessageKind.MESSAGE_KIND_RSM_VALUE,
            Rsm.newBuilder()
                    .setMsgCnt(8)
                    .setId(octets())
                    .setRefPos(UNIT)
                    .addParticipants(RsmParticipant.newBuilder()
                            .setPtcType(ParticipantType.PARTICIPANT_MOTOR)
                            .setPtcId(12)
                            .setSource(SourceType.SOURCE_VIDEO)
                            .setSecMark(30_250)
                            .setPos(TARGET)
                            .setSpeed(500)
                            .setHeading(7_200)
                            .setSize(VehicleSize.newBuilder().setWidth(180).setLength(450)))
                    .build(),
            MessageKind.MESSAGE_KIND_SPAT_VALUE,
            Spat.newBuilder()
                    .setMsgCnt(9)
                    .addIntersections(IntersectionState.newBuilder()
                            .setIntersection(
                                    NodeReference.newBuilder().setRegion(1).setId(149))
                            .setStatus(0)
                            .addPhases(Phase.newBuilder()
                                    .setId(1)
                                    .addStates(PhaseState.newBuilder().setLight(LightState.LIGHT_RED))))
                    .build(),
            MessageKind.MESSAGE_KIND_MAP_VALUE,
            MapData.newBuilder()
                    .setMsgCnt(10)
                    .addNodes(MapNode.newBuilder()
                            .setId(NodeReference.newBuilder().setRegion(1).setId(149))
                            .setRefPos(UNIT))
                    .build());

    private final TopicTable topics = TopicTable.load("");
    private final Downlink downlink = new Downlink(topics);
    private final UperDecoder decoder = new UperDecoder();
    private final ExpandableArrayBuffer decoded = new ExpandableArrayBuffer();

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void everyKindIsReadBackFromItsFrameAndItsEnvelope(final Dialect dialect) {
        for (final String topic : new String[] {"rscu/u/v2x/down", "V2X.RSU.%s.u.DOWN"}) {
            for (final Map.Entry<Integer, MessageLite> entry : MESSAGES.entrySet()) {
                final String name = MessageKind.forNumber(entry.getKey()).name().substring("MESSAGE_KIND_".length());
                final byte[] payload = bytes(downlink.message(
                        rule(topic.formatted(name)),
                        entry.getKey(),
                        entry.getValue().toByteArray(),
                        unit(dialect),
                        NOW_NS));
                final UnsafeBuffer in = new UnsafeBuffer(payload);
                int offset = 0;
                int length = payload.length;
                if (topic.startsWith("V2X")) {
                    final RsuEnvelope envelope = new RsuEnvelope();
                    assertThat(envelope.wrap(in, 0, payload.length, false)).isTrue();
                    assertThat(envelope.idAsLong()).isEqualTo(OCTETS);
                    assertThat(envelope.timestampMillis()).isEqualTo(TimeUnit.NANOSECONDS.toMillis(NOW_NS));
                    assertThat(envelope.next()).isTrue();
                    offset = envelope.frameOffset();
                    length = envelope.frameLength();
                }
                assertThat(decode(dialect, in, offset, length))
                        .as(topic + " " + name)
                        .isEqualTo(entry.getValue().toByteString());
                assertThat(decoder.messageKind()).isEqualTo(entry.getKey());
            }
        }
    }

    @Test
    void whatCannotBeSaidIsSaidSo() {
        final byte[] rsi = Objects.requireNonNull(MESSAGES.get(MessageKind.MESSAGE_KIND_RSI_VALUE))
                .toByteArray();
        assertThat(why("rscu/u/v2x/down", rsi, unit(null))).isEqualTo("the registry names no dialect");
        final byte[] wide =
                Rsi.newBuilder().setId(octets()).setMsgCnt(128).build().toByteArray();
        assertThat(why("rscu/u/v2x/down", wide, unit(Dialect.PHASE_2))).contains("msg_cnt");
        assertThat(downlink.message(
                                rule("rsu/u/rsm/down"),
                                MessageKind.MESSAGE_KIND_MAP_VALUE,
                                new byte[0],
                                unit(null),
                                NOW_NS)
                        .why())
                .contains("no JSON form");
    }

    /** Kind, event type, where, radius, class; as the table says. */
    @ParameterizedTest
    @CsvSource({
        "HLW, 409, 3000, 200, AbnormalTraffic",
        "EBW, 902, 2000, 500, AbnormalVehicle",
        "SLW, 901, 1000, 500, AbnormalVehicle"
    })
    void anAlertIsAnEventOfRsi(
            final String kind, final int type, final int place, final int radius, final String eventClass)
            throws InvalidProtocolBufferException {
        final AlertDelivery alert = alert(kind, "rsu-9", AlertState.ALERT_STATE_RAISED);
        final byte[] payload =
                bytes(downlink.alert(rule("rscu/u/v2x/down"), alert, unit(Dialect.PHASE_1_2019), 130, NOW_NS));
        final Rsi rsi = Rsi.parseFrom(decode(Dialect.PHASE_1_2019, new UnsafeBuffer(payload), 0, payload.length));
        assertThat(rsi)
                .isEqualTo(Rsi.newBuilder()
                        .setMsgCnt(2)
                        .setMoy(601)
                        .setId(octets())
                        .setRefPos(UNIT)
                        .addEvents(RoadEvent.newBuilder()
                                .setEventId(5)
                                .setEventType(type)
                                .setEventSource(EventSource.EVENT_SOURCE_DETECTION)
                                .setPos(at(place))
                                .setRadius(radius)
                                .setDescription(kind)
                                .setTimeSpan(
                                        TimeSpan.newBuilder().setStartTime(600).setEndTime(602))
                                .setPriority(5))
                        .build());
        final String json = new String(
                bytes(downlink.alert(rule("rsu/u/rsi/down"), alert, unit(null), 0, NOW_NS)), StandardCharsets.UTF_8);
        assertThat(json)
                .contains("\"eventType\":" + type)
                .contains("\"eventClass\":\"" + eventClass + '"')
                .contains("\"eventRadius\":" + radius)
                .contains("\"lat\":" + at(place).getLat())
                .contains("\"alertID\":\"261\"");
    }

    @Test
    void anAlertThatIsOverEndsItsEventAndOneBetweenTwoStaysInJson() throws InvalidProtocolBufferException {
        final byte[] payload = bytes(downlink.alert(
                rule("rscu/u/v2x/down"),
                alert("HLW", "rsu-9", AlertState.ALERT_STATE_CLEARED),
                unit(Dialect.PHASE_2),
                0,
                NOW_NS));
        final Rsi rsi = Rsi.parseFrom(decode(Dialect.PHASE_2, new UnsafeBuffer(payload), 0, payload.length));
        assertThat(rsi.getEvents(0).getTimeSpan().getEndTime()).isEqualTo(601);

        final AlertDelivery fcw = alert("FCW", "", AlertState.ALERT_STATE_RAISED);
        assertThat(downlink.alert(rule("rscu/u/v2x/down"), fcw, unit(Dialect.PHASE_2), 0, NOW_NS))
                .isEqualTo(Downlink.Payload.NONE);
        assertThat(bytes(downlink.alert(rule("rscu/u/event/down"), fcw, unit(null), 0, NOW_NS)))
                .asString(StandardCharsets.UTF_8)
                .contains("\"eventDescription\":\"FCW\"");
    }

    @Test
    void aUnitIsNotToldOfTheEventItHasReported() {
        final AlertDelivery own = alert("HLW", "u", AlertState.ALERT_STATE_RAISED);
        for (final String topic : new String[] {"rscu/u/v2x/down", "rsu/u/rsi/down", "V2X.RSU.RSI.u.DOWN"}) {
            assertThat(downlink.alert(rule(topic), own, unit(Dialect.PHASE_2), 0, NOW_NS))
                    .as(topic)
                    .isEqualTo(Downlink.Payload.NONE);
        }
        assertThat(bytes(downlink.alert(rule("luyun/v1/u/alert"), own, unit(null), 0, NOW_NS)))
                .isEqualTo(own.toByteArray());
    }

    private String why(final String topic, final byte[] rsi, final Unit unit) {
        final Downlink.Payload payload =
                downlink.message(rule(topic), MessageKind.MESSAGE_KIND_RSI_VALUE, rsi, unit, NOW_NS);
        return Objects.requireNonNull(payload.why());
    }

    private TopicRule rule(final String topic) {
        return Objects.requireNonNull(topics.find(topic, "u"), topic);
    }

    private ByteString decode(final Dialect dialect, final UnsafeBuffer in, final int offset, final int length) {
        final int size = decoder.decode(dialect, in, offset, length, decoded, 0);
        assertThat(size).as("%s", decoder.violation()).isNotNegative();
        final byte[] bytes = new byte[size];
        decoded.getBytes(0, bytes);
        return ByteString.copyFrom(bytes);
    }

    private static AlertDelivery alert(final String kind, final String reporter, final AlertState state) {
        return AlertDelivery.newBuilder()
                .setAlert(Alert.newBuilder()
                        .setAlertId(261)
                        .setKind(AlertKind.valueOf("ALERT_KIND_" + kind))
                        .setState(state)
                        .setSeverity(Severity.SEVERITY_WARNING)
                        .setPos(SUBJECT)
                        .setTarget(AlertParty.newBuilder().setPos(TARGET))
                        .setEvent(AlertEvent.newBuilder()
                                .setDeviceId(reporter)
                                .setCode(409)
                                .setPos(EVENT)
                                .setRadius(200))
                        .setRaisedAtNs(RAISED_NS)
                        .setAtNs(NOW_NS))
                .build();
    }

    private static Unit unit(final @Nullable Dialect dialect) {
        return new Unit("u", dialect, OCTETS, UNIT);
    }

    private static byte[] bytes(final Downlink.Payload payload) {
        assertThat(payload.why()).isNull();
        return Objects.requireNonNull(payload.bytes());
    }

    private static ByteString octets() {
        return ByteString.copyFromUtf8("R1003101");
    }

    private static Position at(final int north) {
        return Position.newBuilder()
                .setLat(296_000_000 + north)
                .setLon(1_063_000_000)
                .build();
    }

    private static long ns(final String time) {
        return TimeUnit.MILLISECONDS.toNanos(Instant.parse(time).toEpochMilli());
    }
}
