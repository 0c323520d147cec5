package io.luyun.server.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.Datagrams;
import io.luyun.server.Messages;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.ControlRecords;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.Session.Outcome;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The desk and its sessions, driven by hand: a datagram in, records out. */
final class DatagramDeskTest {
    private static final int OPENED = RecordKind.RECORD_KIND_SESSION_OPENED_VALUE;
    private static final int CLOSED = RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE;
    private static final int BSM = RecordKind.RECORD_KIND_BSM_VALUE;
    private static final int RAW = RecordKind.RECORD_KIND_RAW_VALUE;
    private static final int CLPMM = RecordKind.RECORD_KIND_CLPMM_VALUE;
    private static final int TOLERANCE_MILLIS = 1_000;
    private static final String REGISTRY = """
            devices:
              - {id: car, role: OBU, dialect: 2019, udp: {source: 10.0.0.1}}
              - {id: car-2, role: OBU, dialect: phase2, udp: {source: 10.0.0.1, port: 4000}}
              - {id: rsu, role: RSU, dialect: 2019, kinds: [BSM, RSM], udp: {source: 10.0.0.0/24, envelopeId: R1003101}}
              - {id: rsu-2, role: RSU, dialect: phase2, kinds: [CLPMM], udp: {source: 10.0.0.1, envelopeId: R1003102}}
            """;

    @TempDir
    private Path directory;

    private final RecordingLine line = new RecordingLine();
    private final Counters counters = new Counters();
    private final long[] nowNs = {1_800_000_000_000_000_000L};
    private DeviceRegistry registry;
    private Sessions sessions;
    private DatagramDesk desk;

    @BeforeEach
    void build() throws IOException {
        registry = DeviceRegistry.load(Files.writeString(directory.resolve("registry.yaml"), REGISTRY));
        final Sessions.Environment env = new Sessions.Environment(
                new SessionConfig(TOLERANCE_MILLIS, 3, 60_000, 30_000, "SYNCED", 0, 16),
                registry,
                line,
                new ControlRecords(line),
                () -> nowNs[0],
                counters,
                false,
                65_536,
                "test");
        sessions = new Sessions(0, env);
        desk = new DatagramDesk(sessions, env, UdpConfig.on(0));
    }

    @Test
    void aBareFrameIsTakenAtOnce() throws InvalidProtocolBufferException {
        assertThat(send("10.0.0.1", 9, frame(1, 0))).isEqualTo(Outcome.TAKEN);

        assertThat(line.kinds()).containsExactly(OPENED, BSM);
        final SessionOpened opened =
                SessionOpened.parseFrom(line.taken.getFirst().payload());
        assertThat(opened.getDeviceId()).isEqualTo("car");
        assertThat(opened.getRole()).isEqualTo(Role.ROLE_OBU);
        assertThat(opened.getBeside()).isTrue();
        assertThat(line.taken.getLast().number()).isOne();
        assertThat(line.taken.getLast().payload()).isEqualTo(bsm(1, 0).toByteString());

        send("10.0.0.1", 9, frame(1, 1));
        assertThat(line.kinds()).containsExactly(OPENED, BSM, BSM);
        assertThat(line.taken.getLast().number()).isEqualTo(2);
    }

    @ParameterizedTest
    @EnumSource(
            value = Layout.class,
            names = {"COUNTED", "LENGTHS_FIRST"})
    void anEnvelopeOfSeveralFramesIsOfItsUnit(final Layout layout) {
        send("10.0.0.77", 9, Datagrams.envelope(layout, "R1003101", millis(), frame(1, 0), frame(2, 7), frame(3, 9)));

        assertThat(line.kinds()).containsExactly(OPENED, BSM, BSM, BSM);
        assertThat(line.deviceOf(line.taken.getLast())).isEqualTo("rsu");
        assertThat(line.taken.stream().map(RecordingLine.Taken::number)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(counters.get(Counter.UDP_LOST))
                .as("each vehicle counts for itself")
                .isZero();
    }

    @Test
    void addressPortAndEnvelopeTellDevicesApart() {
        nowNs[0] = atMillisecond(Datagrams.CLPMM_SEC_MARK);
        final byte[] clpmm = HexFormat.of().parseHex(Datagrams.CLPMM);
        send("10.0.0.1", 4_000, clpmm);
        assertThat(device()).isEqualTo("car-2");
        send("10.0.0.1", 4_001, frame(1, 0));
        assertThat(device()).isEqualTo("car");
        send("10.0.0.1", 4_001, Datagrams.envelope(Layout.ONE_FRAME, "R1003102", millis(), clpmm));
        assertThat(device()).isEqualTo("rsu-2");
        send("10.0.0.1", 4_001, Datagrams.envelope(Layout.COUNTED, "R1003101", millis(), frame(1, 0)));
        assertThat(device()).isEqualTo("rsu");
        assertThat(counters.get(Counter.UDP_REFUSED)).isZero();
    }

    @ParameterizedTest
    @CsvSource({"10.0.1.1, R1003101", "10.0.0.2, R1003102", "10.0.0.2, R1003109", "192.168.0.1, R1003101"})
    void whatIsNobodysIsCountedAndLeavesNothing(final String address, final String id) {
        assertThat(send(address, 9, Datagrams.envelope(Layout.COUNTED, id, millis(), frame(1, 0))))
                .isEqualTo(Outcome.TAKEN);
        send(address, 9, frame(1, 0));
        send(address, 9);
        assertThat(line.taken).isEmpty();
        assertThat(counters.get(Counter.REFUSED_UNKNOWN_SOURCE)).isEqualTo(3);
        assertThat(counters.get(Counter.UDP_REFUSED)).isEqualTo(3);
        assertThat(counters.get(Counter.SESSIONS_OPENED)).isZero();
    }

    @Test
    void aBadFrameAmongGoodOnesCostsOnlyItself() {
        final byte[] bad = frame(2, 0);
        bad[bad.length - 1] |= 1;
        send("10.0.0.1", 9, Datagrams.envelope(Layout.COUNTED, "R1003101", millis(), frame(1, 0), bad, frame(3, 0)));

        assertThat(line.kinds()).containsExactly(OPENED, BSM, BSM);
        assertThat(counters.get(Counter.REFUSED_MALFORMED)).isOne();
        assertThat(counters.get(Counter.UDP_REFUSED)).isOne();
    }

    @Test
    void whatDoesNotFitIntoTheIntakeIsTakenOnceWhenThereIsRoom() {
        final byte[] datagram =
                Datagrams.envelope(Layout.COUNTED, "R1003101", millis(), frame(1, 0), frame(2, 0), frame(3, 0));
        line.room = 0;
        assertThat(send("10.0.0.1", 9, datagram)).isEqualTo(Outcome.LATER);
        line.room = 2;
        assertThat(send("10.0.0.1", 9, datagram)).isEqualTo(Outcome.LATER);
        assertThat(line.kinds()).containsExactly(OPENED, BSM);
        line.room = 1;
        assertThat(send("10.0.0.1", 9, datagram)).isEqualTo(Outcome.LATER);
        line.room = 9;
        assertThat(send("10.0.0.1", 9, datagram)).isEqualTo(Outcome.TAKEN);
        assertThat(line.kinds()).containsExactly(OPENED, BSM, BSM, BSM);
        assertThat(line.taken.stream().map(RecordingLine.Taken::number)).containsExactly(0L, 1L, 2L, 3L);
        assertThat(counters.get(Counter.UDP_REPEATED)).isZero();
    }

    @Test
    void rubbishNeitherEndsNorSilencesADevice() {
        final long seed = System.nanoTime();
        System.out.println("DatagramDeskTest: seed " + seed);
        final Random random = new Random(seed);
        send("10.0.0.1", 9, frame(1, 0));
        for (int i = 0; i < 20_000; i++) {
            final byte[] rubbish = new byte[random.nextInt(200)];
            random.nextBytes(rubbish);
            if (i % 2 == 0 && rubbish.length > 20) {
                System.arraycopy("R1003101".getBytes(StandardCharsets.US_ASCII), 0, rubbish, 0, 8);
            }
            assertThat(send("10.0.0.1", 9, rubbish)).isEqualTo(Outcome.TAKEN);
        }
        send("10.0.0.1", 9, frame(1, 1));
        assertThat(line.taken.getLast().payload()).isEqualTo(bsm(1, 1).toByteString());
        assertThat(line.kinds()).doesNotContain(CLOSED, RAW);
        assertThat(counters.get(Counter.REFUSED_ABUSE)).isZero();
        assertThat(counters.get(Counter.UDP_REFUSED)).isBetween(19_000L, 20_000L);
    }

    @Test
    void tooLongIsRefused() {
        final byte[] long32001 = new byte[32_001];
        send("10.0.0.1", 9, long32001);
        assertThat(counters.get(Counter.REFUSED_FRAME_TOO_LONG)).isOne();
        assertThat(counters.get(Counter.UDP_REFUSED)).isOne();
    }

    @Test
    void theClockOfAnEnvelopeMayLeadByThreeSeconds() {
        send("10.0.0.1", 9, Datagrams.envelope(Layout.COUNTED, "R1003101", millis() + 3_000, frame(1, 0)));
        assertThat(line.kinds()).containsExactly(OPENED, BSM);
        send("10.0.0.1", 9, Datagrams.envelope(Layout.COUNTED, "R1003101", millis() + 3_001, frame(1, 1)));
        send("10.0.0.1", 9, Datagrams.envelope(Layout.COUNTED, "R1003101", millis() - 1_001, frame(1, 2)));
        assertThat(line.kinds()).containsExactly(OPENED, BSM);
        assertThat(counters.get(Counter.REFUSED_CLOCK)).isEqualTo(2);
    }

    @Test
    void theClockOfAMessageIsHeldToTheTolerance() {
        final byte[] frame = frame(1, 0);
        nowNs[0] += TimeUnit.MILLISECONDS.toNanos(TOLERANCE_MILLIS + 1);
        send("10.0.0.1", 9, frame);
        assertThat(line.kinds()).containsExactly(OPENED);
        assertThat(counters.get(Counter.REFUSED_CLOCK)).isOne();
    }

    @Test
    void theWrongDialectIsRefused() {
        nowNs[0] = atMillisecond(Datagrams.CLPMM_SEC_MARK);
        send("10.0.0.1", 9, HexFormat.of().parseHex(Datagrams.CLPMM));
        assertThat(line.kinds()).containsExactly(OPENED);
        assertThat(counters.get(Counter.REFUSED_UNKNOWN_KIND)).isOne();
    }

    @Test
    void aKindTheRegistryDoesNotGrantIsRefused() {
        final byte[] rsi =
                Datagrams.frame(Dialect.PHASE_1_2019, MessageKind.MESSAGE_KIND_RSI, Messages.limit(60, 0, 100));
        send("10.0.0.1", 9, rsi);
        assertThat(line.kinds()).containsExactly(OPENED);
        assertThat(counters.get(Counter.REFUSED_NOT_ALLOWED)).isOne();
    }

    @Test
    void whatIsNotUnderstoodIsKeptAsItCame() throws InvalidProtocolBufferException {
        nowNs[0] = atMillisecond(Datagrams.CLPMM_SEC_MARK);
        send("10.0.0.1", 4_000, Datagrams.CLPMM_ADDITION);
        assertThat(line.kinds()).containsExactly(OPENED, CLPMM, RAW);
        final RawMessage raw = RawMessage.parseFrom(line.taken.getLast().payload());
        assertThat(raw.getPayload()).isEqualTo(ByteString.copyFrom(Datagrams.CLPMM_ADDITION));
        assertThat(raw.getTopic()).isEqualTo("udp");
        assertThat(raw.getReason()).isEqualTo("not understood: 1 extensions");
        assertThat(counters.get(Counter.RAW_KEPT)).isOne();
    }

    @Test
    void aPaymentLeavesNothing() {
        nowNs[0] = atMillisecond(Datagrams.CLPMM_SEC_MARK);
        send("10.0.0.1", 4_000, Datagrams.payment(0xC3));
        assertThat(counters.get(Counter.REFUSED_NOT_ALLOWED)).isOne();
        send(
                "10.0.0.1",
                9,
                Datagrams.envelope(
                        Layout.COUNTED,
                        "R1003102",
                        millis(),
                        Datagrams.CLPMM_ADDITION,
                        Datagrams.payment(0xC3),
                        Datagrams.CLPMM_ADDITION));
        assertThat(line.kinds()).containsExactly(OPENED, OPENED, CLPMM, CLPMM);
        assertThat(counters.get(Counter.REFUSED_NOT_ALLOWED)).isEqualTo(2);
        assertThat(counters.get(Counter.RAW_KEPT)).isZero();
    }

    @Test
    void lossIsCounted() {
        for (final int count : new int[] {1, 2, 5, 4, 5, 6, 10}) {
            send("10.0.0.1", 9, frame(1, count));
        }
        assertThat(counters.get(Counter.UDP_LOST)).isEqualTo(2 + 3);
        assertThat(counters.get(Counter.UDP_LATE)).isOne();
        assertThat(counters.get(Counter.UDP_REPEATED)).isOne();
        assertThat(line.kinds()).as("all are taken").hasSize(8);
    }

    @Test
    void whileTheJournalTakesNothingDatagramsAreCountedAndDropped() {
        line.refusal = "disk low";
        send("10.0.0.1", 9, frame(1, 0));
        assertThat(line.taken).isEmpty();
        line.refusal = null;
        send("10.0.0.1", 9, frame(1, 1));
        line.refusal = "disk low";
        send("10.0.0.1", 9, frame(1, 2));
        line.refusal = null;
        send("10.0.0.1", 9, frame(1, 3));
        assertThat(line.kinds()).containsExactly(OPENED, BSM, BSM);
        assertThat(counters.get(Counter.REFUSED_UNAVAILABLE)).isEqualTo(2);
        assertThat(counters.get(Counter.UDP_REFUSED)).isEqualTo(2);
    }

    @Test
    void anotherRegistryHoldsAtOnce() throws IOException {
        send("10.0.0.1", 9, frame(1, 0));
        Files.writeString(
                directory.resolve("registry.yaml"),
                "devices: [{id: other, role: OBU, dialect: 2019, udp: {source: 10.0.0.1}}]");
        assertThat(registry.reload()).isTrue();
        send("10.0.0.1", 9, frame(1, 1));
        assertThat(device()).isEqualTo("other");
        sessions.onRegistryChanged();
        assertThat(line.kinds()).containsExactly(OPENED, BSM, OPENED, BSM, CLOSED);
        send("10.0.0.2", 9, Datagrams.envelope(Layout.COUNTED, "R1003101", millis(), frame(1, 0)));
        assertThat(counters.get(Counter.REFUSED_UNKNOWN_SOURCE)).isOne();
    }

    @Test
    void aDeviceWhoseRightsChangeGoesOnInAnotherSession() throws IOException {
        send("10.0.0.1", 9, frame(1, 0));
        Files.writeString(directory.resolve("registry.yaml"), REGISTRY.replace("dialect: 2019", "dialect: phase2"));
        registry.reload();
        sessions.onRegistryChanged();
        send("10.0.0.1", 9, frame(1, 1));
        assertThat(line.kinds()).containsExactly(OPENED, BSM, CLOSED, OPENED, BSM);
    }

    @Test
    void everythingTakenIsSettledOnceItIsSafe() {
        send("10.0.0.1", 9, frame(1, 0));
        send("10.0.0.1", 9, new byte[] {1});
        sessions.onAppended(line.taken.get(0).sessionId(), OPENED, 0, 1, false);
        sessions.onAppended(line.taken.get(1).sessionId(), BSM, 1, 2, false);
        sessions.onSynced(1);
        assertThat(sessions.settled()).isFalse();
        sessions.onSynced(2);
        assertThat(sessions.settled()).isTrue();
        sessions.onShutdown();
        assertThat(line.kinds()).containsExactly(OPENED, BSM, CLOSED);
    }

    private Outcome send(final String address, final int port, final byte... datagram) {
        return desk.onDatagram(
                new InetSocketAddress(address, port), new UnsafeBuffer(datagram), 0, datagram.length, nowNs[0]);
    }

    private byte[] frame(final int vehicle, final int msgCnt) {
        return Datagrams.frame(Dialect.PHASE_1_2019, MessageKind.MESSAGE_KIND_BSM, bsm(vehicle, msgCnt));
    }

    private Bsm bsm(final int vehicle, final int msgCnt) {
        return Datagrams.bsm(vehicle, msgCnt, (int) (millis() % 60_000));
    }

    private long millis() {
        return TimeUnit.NANOSECONDS.toMillis(nowNs[0]);
    }

    private static long atMillisecond(final int secMark) {
        return TimeUnit.MILLISECONDS.toNanos(1_800_000_000_000L + secMark);
    }

    private String device() {
        final List<RecordingLine.Taken> messages = Stream.of(line.taken.getLast())
                .filter(taken -> taken.kind() != OPENED)
                .toList();
        assertThat(messages).hasSize(1);
        return line.deviceOf(messages.getFirst());
    }
}
