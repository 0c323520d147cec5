package io.luyun.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.data.Offset.offset;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.luyun.proto.uper.Dialect;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.Ssm;
import io.luyun.server.LuyunServer;
import io.luyun.server.ServerConfig;
import io.luyun.server.research.Recording;
import io.luyun.server.research.Selection;
import io.luyun.simulator.link.LinkConfig;
import io.luyun.simulator.replay.SmallJournal.Read;
import io.luyun.simulator.scenario.TinyServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.SystemNanoClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A small journal played to servers over real sockets: what they have afterwards. */
@Timeout(60)
final class ReplayTest {
    private static final long MS = SmallJournal.MS;
    private static final int TENTHS = 20;
    private static final int BSMS = 2 * TENTHS;
    private static final int MESSAGES = BSMS + 2 * TENTHS / 5;
    private static final long MINUTE_MS = 60_000;

    @TempDir
    private Path directory;

    private Path journal;
    private double rate = 4;
    private boolean now = true;
    private boolean freshIds;
    private boolean loop;
    private boolean envelopes;
    private Dialect dialect = Dialect.PHASE_2;
    private Remap remap = Remap.NONE;
    private Selection selection = Selection.ALL;

    @BeforeEach
    void write() {
        journal = directory.resolve("recorded");
        SmallJournal.write(journal, TENTHS);
    }

    private ReplayRun prepare(final String to) {
        final TargetAddress target = TargetAddress.of(to);
        final ReplayPlan plan = new ReplayPlan(
                target,
                LinkConfig.plain(target.host(), target.port()),
                Tokens.NONE,
                dialect,
                envelopes,
                false,
                rate,
                Long.MAX_VALUE,
                0,
                Long.MAX_VALUE,
                loop,
                false,
                now,
                freshIds,
                remap,
                10_000);
        final Recording recording = Recording.open(journal);
        return new ReplayRun(plan, recording, selection, SystemNanoClock.INSTANCE, SystemEpochNanoClock.INSTANCE);
    }

    private ReplayResult play(final String to) throws IOException, InterruptedException {
        return prepare(to).run(_ -> {});
    }

    /** A server whose registry has these lines, or that takes everybody. */
    private LuyunServer server(final String... devices) throws IOException {
        final boolean registry = devices.length > 0;
        Files.writeString(directory.resolve("registry.yaml"), "devices:\n  - " + String.join("\n  - ", devices) + "\n");
        return LuyunServer.launch(ServerConfig.parse(
                "test", """
                data: data
                net: {port: 0, insecure: true%s}
                udp: {enabled: %s, port: 0}
                ops: {port: 0}
                session: {clockToleranceMillis: 29999}
                mqtt: {enabled: true, port: 0}
                journal: {diskLowMiB: 1, diskHighMiB: 2, touchAheadMiB: 0}
                """.formatted(registry ? ", registry: registry.yaml" : "", registry), directory));
    }

    private List<Read> taken() {
        return SmallJournal.messages(directory.resolve("data/journal"));
    }

    /** Each message is there once, in the order of its device, and says the same but for its times. */
    private void assertTakenOnce(final List<Read> taken) throws Exception {
        final List<Read> recorded = SmallJournal.messages(journal);
        assertThat(taken).hasSameSizeAs(recorded);
        for (final String device : Set.of("veh-1", "veh-2", "rsu-1")) {
            final List<Read> was = recorded.stream()
                    .filter(read -> read.device().equals(device))
                    .toList();
            final List<Read> is =
                    taken.stream().filter(read -> read.device().equals(device)).toList();
            assertThat(is).as(device).hasSameSizeAs(was);
            for (int i = 0; i < was.size(); i++) {
                assertThat(is.get(i).number()).isEqualTo(i + 1);
                assertThat(is.get(i).kind()).isEqualTo(was.get(i).kind());
                assertMoved(was.get(i), is.get(i));
            }
        }
    }

    /** Against the time of receipt each clock stands as it stood, but for the little while a message is under way. */
    private static void assertMoved(final Read was, final Read is) throws Exception {
        switch (is.kind()) {
            case MessageKind.MESSAGE_KIND_BSM_VALUE -> {
                final Bsm moved = Bsm.parseFrom(is.payload());
                final Bsm recorded = Bsm.parseFrom(was.payload());
                assertThat(moved.toBuilder().setSecMark(recorded.getSecMark()).build())
                        .isEqualTo(recorded);
                assertThat(behind(moved.getSecMark(), is.timeNs()) - behind(recorded.getSecMark(), was.timeNs()))
                        .isBetween(-2L, 10_000L);
            }
            case MessageKind.MESSAGE_KIND_SPAT_VALUE -> {
                final Spat moved = Spat.parseFrom(is.payload());
                final long offMs = behind(moved.getTimeStamp(), is.timeNs());
                assertThat(offMs).isBetween(-2L, 10_000L);
                final long atMs = is.timeNs() / MS - offMs;
                assertThat(moved.getMoy()).isEqualTo(SmallJournal.minute(atMs * MS));
                assertThat(moved.getIntersections(0).getMoy()).isEqualTo(moved.getMoy());
                assertThat(moved.getIntersections(0).getTimeStamp()).isEqualTo(moved.getTimeStamp());
                assertThat(moved.getIntersections(0)
                                .getPhases(0)
                                .getStates(0)
                                .getUtc()
                                .getStartTime())
                        .isCloseTo((int) (atMs % 3_600_000 / 100), offset(1));
            }
            default -> {
                final Rsi moved = Rsi.parseFrom(is.payload());
                final Rsi recorded = Rsi.parseFrom(was.payload());
                assertThat(moved.getMoy())
                        .isBetween(SmallJournal.minute(is.timeNs() - 10_000 * MS), SmallJournal.minute(is.timeNs()));
                assertThat(moved.getEvents(0).getTimeSpan().getEndTime()).isEqualTo(moved.getMoy());
                final int before = Math.floorMod(
                        recorded.getMoy() - recorded.getEvents(0).getTimeSpan().getStartTime(), 525_600);
                assertThat(moved.getMoy() - moved.getEvents(0).getTimeSpan().getStartTime())
                        .isBetween(Math.max(0, before - 1), before + 1);
            }
        }
    }

    /** By how much a mark of the minute is behind a time. */
    private static long behind(final int mark, final long timeNs) {
        final long behindMs = Math.floorMod(timeNs / MS - mark, MINUTE_MS);
        return behindMs > MINUTE_MS / 2 ? behindMs - MINUTE_MS : behindMs;
    }

    @Test
    void aServerHasEachMessageOnceWithItsClockMoved() throws Exception {
        final ReplayResult result;
        try (LuyunServer server = server()) {
            result = play("127.0.0.1:" + server.devicePort());
        }
        assertThat(result.complete()).isTrue();
        assertThat(result.finished()).isTrue();
        assertThat(result.acknowledged()).isEqualTo(MESSAGES);
        assertThat(result.counts().kinds().get("BSM")).isEqualTo(new ReplayResult.Kind(BSMS, BSMS, 0, 0, Map.of()));
        assertThat(result.counts().kinds().get("RAW").notCarried()).isEqualTo(1);
        assertThat(result.counts().kinds().get("TICK").notCarried()).isEqualTo(TENTHS / 5);
        assertThat(result.counts().kinds().get("SESSION_OPENED").notCarried()).isEqualTo(3);
        assertThat(result.pace().achievedRate()).isPositive();
        assertThat(result.pace().offNs().getTotalCount()).isEqualTo(MESSAGES);
        assertTakenOnce(taken());
    }

    @Test
    void andOverMqtt() throws Exception {
        rate = ReplayPlan.MAX_RATE;
        final ReplayResult result;
        try (LuyunServer server = server()) {
            result = play("mqtt://127.0.0.1:" + server.mqttPort());
        }
        assertThat(result.complete()).as(result.toString()).isTrue();
        assertThat(result.acknowledged()).isEqualTo(MESSAGES);
        assertTakenOnce(taken());
    }

    @Test
    void originalTimesStayToTheBit() throws Exception {
        now = false;
        rate = ReplayPlan.MAX_RATE;
        final List<Read> recorded = SmallJournal.messages(journal);
        try (LuyunServer server = server()) {
            assertThat(play("127.0.0.1:" + server.devicePort()).complete()).isTrue();
        }
        for (final String device : Set.of("veh-1", "veh-2", "rsu-1")) {
            assertThat(taken().stream()
                            .filter(read -> read.device().equals(device))
                            .map(Read::payload))
                    .containsExactlyElementsOf(recorded.stream()
                            .filter(read -> read.device().equals(device))
                            .map(Read::payload)
                            .toList());
        }
    }

    @Test
    void aCopyDrivesBesideTheOriginal() throws Exception {
        remap = Remap.of(List.of("veh-*=copy-*", "rsu-1=unit"));
        freshIds = true;
        selection = Selection.ALL.withKinds(Set.of(MessageKind.MESSAGE_KIND_BSM_VALUE));
        try (LuyunServer server = server()) {
            assertThat(play("127.0.0.1:" + server.devicePort()).complete()).isTrue();
        }
        final List<Read> taken = taken();
        assertThat(taken).hasSize(BSMS).extracting(Read::device).containsOnly("copy-1", "copy-2");
        final Map<String, List<String>> ids = taken.stream()
                .collect(Collectors.groupingBy(Read::device, Collectors.mapping(ReplayTest::id, Collectors.toList())));
        assertThat(Set.copyOf(ids.get("copy-1"))).hasSize(1).doesNotContain("VEHICLE0");
        assertThat(Set.copyOf(ids.get("copy-2"))).hasSize(1).doesNotContainAnyElementsOf(ids.get("copy-1"));
    }

    private static String id(final Read bsm) {
        try {
            return Bsm.parseFrom(bsm.payload()).getId().toStringUtf8();
        } catch (final IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void twoDevicesAreNotPlayedAsOne() {
        remap = Remap.of(List.of("veh-1=veh-2"));
        assertThatThrownBy(() -> prepare("127.0.0.1:1"))
                .hasMessage("--remap: veh-1 and veh-2 would both be played as veh-2");
        selection = Selection.ALL.withDevices(List.of("veh-1", "rsu-*"));
        prepare("127.0.0.1:1");
    }

    @Test
    void whatABrokenConnectionLostIsSentAgain() throws Exception {
        rate = ReplayPlan.MAX_RATE;
        try (TinyServer server = new TinyServer()) {
            server.breakAfter(7);
            final ReplayResult result = play("127.0.0.1:" + server.port());
            assertThat(result.complete()).isTrue();
            assertThat(result.acknowledged()).isEqualTo(MESSAGES);
            assertThat(result.counts().reconnects()).isPositive();
            assertThat(server.journaled()).isEqualTo(MESSAGES);
            assertThat(server.failures()).isEmpty();
        }
    }

    @Test
    void refusalsAndSilenceAreCounted() throws Exception {
        rate = ReplayPlan.MAX_RATE;
        try (TinyServer server = new TinyServer(message -> message.hasRsi()
                ? Error.newBuilder()
                        .setCode(ErrorCode.ERROR_CODE_NOT_ALLOWED)
                        .setField("message.rsi.id")
                        .build()
                : null)) {
            final ReplayResult result = play("127.0.0.1:" + server.port());
            assertThat(result.complete()).isFalse();
            assertThat(result.refused()).isEqualTo(TENTHS / 5);
            assertThat(result.unanswered()).isZero();
            assertThat(result.counts().refusals()).containsExactly(Map.entry("NOT_ALLOWED message.rsi.id", 4L));
            assertThat(result.counts().kinds().get("RSI").refused()).isEqualTo(TENTHS / 5);
        }
    }

    @Test
    void aServerThatIsNotThereIsNamed() throws Exception {
        final int port;
        try (TinyServer server = new TinyServer()) {
            port = server.port();
        }
        final ReplayResult result = play("127.0.0.1:" + port);
        assertThat(result.complete()).isFalse();
        assertThat(result.sent() + result.notSent()).isZero();
        assertThat(result.broken()).contains("Connection refused");
    }

    @Test
    void aDeviceTheServerDoesNotKnowIsCountedAndTheOthersArePlayed() throws Exception {
        final ReplayResult result;
        try (LuyunServer server = server("{id: veh-1, role: OBU}", "{id: rsu-1, role: RSU}")) {
            result = play("127.0.0.1:" + server.devicePort());
        }
        assertThat(result.complete()).isFalse();
        assertThat(result.acknowledged()).isEqualTo(MESSAGES - TENTHS);
        assertThat(result.notSent() + result.unanswered()).isEqualTo(TENTHS);
        assertThat(result.counts().notSent().keySet().toString()).contains("veh-2", "NOT_AUTHENTICATED");
    }

    @Test
    void aLoopEndsWhenItIsToldTo() throws Exception {
        loop = true;
        rate = 1_000;
        try (TinyServer server = new TinyServer()) {
            final ReplayRun run = prepare("127.0.0.1:" + server.port());
            final AtomicInteger looks = new AtomicInteger();
            final ReplayResult result = run.run(view -> {
                if (view.sent() > 3 * MESSAGES || looks.incrementAndGet() > 100) {
                    run.press(Key.QUIT);
                }
            });
            assertThat(result.finished()).isFalse();
            assertThat(result.complete()).isTrue();
            assertThat(result.sent()).isGreaterThan(3 * MESSAGES);
            final NavigableMap<Long, Message> first = server.journal().get("veh-1");
            assertThat(first.firstKey()).isEqualTo(1);
            assertThat(first.lastKey()).isEqualTo(first.size());
        }
    }

    @Test
    void keysReachThePlayer() throws Exception {
        rate = 0.01;
        try (TinyServer server = new TinyServer()) {
            final ReplayRun run = prepare("127.0.0.1:" + server.port());
            final AtomicInteger looks = new AtomicInteger();
            final ReplayResult result = run.run(view -> {
                switch (looks.getAndIncrement()) {
                    case 2 -> run.press(Key.PAUSE);
                    case 3 -> {
                        assertThat(view.state()).isEqualTo("paused");
                        run.press(Key.STEP);
                    }
                    case 4 -> {
                        for (int i = 0; i < 20; i++) {
                            run.press(Key.FASTER);
                        }
                        run.press(Key.PAUSE);
                    }
                    default -> {
                        // it plays
                    }
                }
            });
            assertThat(result.finished()).isTrue();
            assertThat(result.rate()).isEqualTo(1_000);
            assertThat(result.acknowledged()).isEqualTo(MESSAGES);
            assertThat(result.pace().offNs().getTotalCount()).isLessThan(MESSAGES);
        }
    }

    @Test
    void unitsAreHeardOverUdp() throws Exception {
        envelopes = true;
        selection = Selection.ALL.withDevices(List.of("rsu-1"));
        final String unit =
                "{id: rsu-1, role: RSU, dialect: phase2, udp: {source: 127.0.0.1, envelopeId: \"7273752d31000000\"}}";
        final ReplayResult result;
        try (LuyunServer server = server(unit)) {
            result = play("udp://127.0.0.1:" + server.udpPort());
            await().until(() -> taken().size() == 2 * TENTHS / 5);
        }
        assertThat(result.complete()).as(result.toString()).isTrue();
        assertThat(result.answers()).isFalse();
        assertThat(result.sent()).isEqualTo(2 * TENTHS / 5);
        final List<Read> recorded = SmallJournal.messages(journal).stream()
                .filter(read -> read.device().equals("rsu-1"))
                .toList();
        for (int i = 0; i < recorded.size(); i++) {
            assertThat(taken().get(i).kind()).isEqualTo(recorded.get(i).kind());
            assertMoved(recorded.get(i), taken().get(i));
        }
    }

    @Test
    void whatADialectLacksIsNamed() throws Exception {
        journal = directory.resolve("ssm");
        try (SmallJournal written = new SmallJournal(journal)) {
            final int unit = written.opened("rsu-2", Role.ROLE_RSU);
            final Ssm ssm = Ssm.newBuilder().setMsgCnt(1).build();
            written.append(RecordKind.RECORD_KIND_SSM_VALUE, unit, 1, SmallJournal.BEGIN_NS, ssm.toByteArray());
        }
        dialect = Dialect.PHASE_1_2019;
        final ReplayResult result = play("udp://127.0.0.1:9");
        assertThat(result.sent()).isZero();
        assertThat(result.counts().kinds().get("SSM").why()).containsExactly(Map.entry("UNKNOWN_KIND kind", 1L));
    }

    @Test
    void aHostThatTellsThatNobodyListensIsHeard() throws Exception {
        final int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        final ReplayResult result = play("udp://127.0.0.1:" + port);
        assertThat(result.complete()).isFalse();
        assertThat(result.refused()).isPositive();
        assertThat(result.counts().refusals()).containsOnlyKeys("nobody listens there");
    }

    @Test
    void aListenerGetsWhatDevicesSend() throws Exception {
        final Map<String, List<Message>> heard = new HashMap<>();
        final ReplayResult result;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final CompletableFuture<Void> all = CompletableFuture.runAsync(() -> hear(listener, heard));
            result = play("tcp://127.0.0.1:" + listener.getLocalPort());
            all.get(10, TimeUnit.SECONDS);
        }
        assertThat(result.complete()).isTrue();
        assertThat(result.sent()).isEqualTo(MESSAGES);
        assertThat(heard.keySet()).containsExactlyInAnyOrder("veh-1", "veh-2", "rsu-1");
        assertThat(heard.get("veh-2")).hasSize(TENTHS).allMatch(Message::hasBsm);
        for (int i = 0; i < TENTHS; i++) {
            assertThat(heard.get("veh-1").get(i).getNumber()).isEqualTo(i + 1);
        }
    }

    private static void hear(final ServerSocket listener, final Map<String, List<Message>> heard) {
        try (Socket socket = listener.accept();
                InputStream in = socket.getInputStream()) {
            String device = "";
            for (DeviceFrame frame = DeviceFrame.parseDelimitedFrom(in);
                    frame != null;
                    frame = DeviceFrame.parseDelimitedFrom(in)) {
                if (frame.hasHello()) {
                    device = frame.getHello().getDeviceId();
                } else {
                    heard.computeIfAbsent(device, _ -> new ArrayList<>()).add(frame.getMessage());
                }
            }
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aListenerThatGoesIsNamed() throws Exception {
        loop = true;
        rate = ReplayPlan.MAX_RATE;
        final ReplayResult result;
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            final CompletableFuture<Void> gone = CompletableFuture.runAsync(() -> {
                try (Socket socket = listener.accept()) {
                    assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
                } catch (final IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            result = play("tcp://127.0.0.1:" + listener.getLocalPort());
            gone.get(10, TimeUnit.SECONDS);
        }
        assertThat(result.complete()).isFalse();
        assertThat(result.broken()).contains("takes no more");
        assertThat(result.notSent()).isPositive();
    }

    @Test
    void linesAreThoseOfTheJournalsOwnTool() throws Exception {
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final Account account = new Account();
        final Read bsm = SmallJournal.messages(journal).getFirst();
        try (LineTarget target = new LineTarget("stdout", out, account)) {
            final ReplayDevice device = new ReplayDevice("veh-1", "copy-1", Role.ROLE_OBU);
            assertThat(target.send(device, bsm.kind(), bsm.payload(), 4, SmallJournal.BEGIN_NS, 0))
                    .isTrue();
            assertThat(account.sentSoFar()).isZero();
            target.flush();
        }
        assertThat(account.sentSoFar()).isEqualTo(1);
        final JsonNode line =
                new ObjectMapper().readTree(out.toString(StandardCharsets.UTF_8).strip());
        assertThat(line.get("time").asText()).isEqualTo("2026-12-31T23:59:55Z");
        assertThat(line.get("kind").asText()).isEqualTo("BSM");
        assertThat(line.get("device").asText()).isEqualTo("copy-1");
        assertThat(line.get("sequence").asLong()).isEqualTo(4);
        assertThat(line.get("payload").get("sec_mark").asInt()).isEqualTo(55_000);
    }
}
