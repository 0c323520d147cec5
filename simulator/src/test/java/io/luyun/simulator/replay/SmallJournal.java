package io.luyun.simulator.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.IntersectionState;
import io.luyun.proto.v1.LightState;
import io.luyun.proto.v1.NodeReference;
import io.luyun.proto.v1.Phase;
import io.luyun.proto.v1.PhaseState;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.RoadEvent;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.proto.v1.Spat;
import io.luyun.proto.v1.TimeSpan;
import io.luyun.proto.v1.UtcTiming;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalReader;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes small journals, and reads what became of them. Its messages are stamped with their receive times, those of veh-2 with a clock
 * that is 250 ms ahead.
 */
final class SmallJournal implements AutoCloseable {
    static final long MS = 1_000_000;
    static final long SECOND_NS = 1_000 * MS;

    /** 2026-12-31T23:59:55Z: minute, hour and year end while it runs. */
    static final long BEGIN_NS = Instant.parse("2026-12-31T23:59:55Z").getEpochSecond() * SECOND_NS;

    private static final Map<Integer, Integer> AHEAD_MS = Map.of(1, 250);
    private static final int MINUTE_MS = 60_000;

    private final List<Throwable> errors = new ArrayList<>();
    private final Map<Integer, Long> numbers = new HashMap<>();
    private final Journal journal;

    SmallJournal(final Path directory) {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 64, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        journal = Journal.open(config, () -> BEGIN_NS, new Counters(), new Latencies(), errors::add);
    }

    /** A journal of so many tenths of a second: veh-1, veh-2 and rsu-1 with BSM, SPAT and RSI, and what is no message. */
    static void write(final Path directory, final int tenths) {
        try (SmallJournal journal = new SmallJournal(directory)) {
            final int first = journal.opened("veh-1", Role.ROLE_OBU);
            final int second = journal.opened("veh-2", Role.ROLE_OBU);
            final int unit = journal.opened("rsu-1", Role.ROLE_RSU);
            for (int tenth = 0; tenth < tenths; tenth++) {
                final long atNs = BEGIN_NS + tenth * 100L * MS;
                journal.bsm(first, atNs);
                journal.bsm(second, atNs + 7 * MS);
                if (tenth % 5 == 0) {
                    journal.spat(unit, atNs + 20 * MS);
                    journal.rsi(unit, atNs + 21 * MS);
                    journal.append(RecordKind.RECORD_KIND_TICK_VALUE, -1, 0, atNs + 30 * MS, new byte[0]);
                }
            }
            journal.append(
                    RecordKind.RECORD_KIND_RAW_VALUE,
                    unit,
                    journal.number(unit),
                    BEGIN_NS + (tenths - 1) * 100L * MS + 40 * MS,
                    RawMessage.newBuilder().setReason("test").build().toByteArray());
        }
    }

    int opened(final String id, final Role role) {
        final int device = journal.devices().indexOf(id);
        final SessionOpened session =
                SessionOpened.newBuilder().setDeviceId(id).setRole(role).build();
        append(RecordKind.RECORD_KIND_SESSION_OPENED_VALUE, device, 0, BEGIN_NS, session.toByteArray());
        return device;
    }

    void bsm(final int device, final long atNs) {
        final long number = number(device);
        final Bsm bsm = Bsm.newBuilder()
                .setMsgCnt((int) (number % 128))
                .setId(ByteString.copyFromUtf8("VEHICLE" + device))
                .setSecMark(mark(device, atNs))
                .setPos(Position.newBuilder().setLat(295_000_000).setLon(1_063_000_000))
                .build();
        append(RecordKind.RECORD_KIND_BSM_VALUE, device, number, atNs, bsm.toByteArray());
    }

    void spat(final int device, final long atNs) {
        final int mark = mark(device, atNs);
        final Spat spat = Spat.newBuilder()
                .setMsgCnt(1)
                .setMoy(minute(atNs))
                .setTimeStamp(mark)
                .addIntersections(IntersectionState.newBuilder()
                        .setIntersection(NodeReference.newBuilder().setRegion(1).setId(2))
                        .setMoy(minute(atNs))
                        .setTimeStamp(mark)
                        .addPhases(Phase.newBuilder()
                                .setId(1)
                                .addStates(PhaseState.newBuilder()
                                        .setLight(LightState.LIGHT_RED)
                                        .setUtc(UtcTiming.newBuilder()
                                                .setStartTime((int) (Math.floorMod(atNs, 3_600 * SECOND_NS) / 100 / MS))
                                                .setLikelyEndTime(35_999)))))
                .build();
        append(RecordKind.RECORD_KIND_SPAT_VALUE, device, number(device), atNs, spat.toByteArray());
    }

    void rsi(final int device, final long atNs) {
        final int minute = minute(atNs);
        final Rsi rsi = Rsi.newBuilder()
                .setMsgCnt(1)
                .setMoy(minute)
                .setId(ByteString.copyFromUtf8("UNIT0001"))
                .setRefPos(Position.newBuilder().setLat(295_000_000).setLon(1_063_000_000))
                .addEvents(RoadEvent.newBuilder()
                        .setEventId(1)
                        .setEventType(401)
                        .setTimeSpan(TimeSpan.newBuilder()
                                .setStartTime(Math.max(0, minute - 3))
                                .setEndTime(minute)))
                .build();
        append(RecordKind.RECORD_KIND_RSI_VALUE, device, number(device), atNs, rsi.toByteArray());
    }

    long number(final int device) {
        return numbers.merge(device, 1L, Long::sum);
    }

    void append(final int kind, final int device, final long number, final long atNs, final MessageLite message) {
        append(kind, device, number, atNs, message.toByteArray());
    }

    void append(final int kind, final int device, final long number, final long atNs, final byte[] payload) {
        journal.writer().append(kind, device, number, atNs, new UnsafeBuffer(payload), 0, payload.length);
    }

    @Override
    public void close() {
        journal.close();
        assertThat(errors).isEmpty();
    }

    /** Millisecond of the minute by a device's clock. */
    static int mark(final int device, final long atNs) {
        return (int)
                Math.floorMod(TimeUnit.NANOSECONDS.toMillis(atNs) + AHEAD_MS.getOrDefault(device, 0), (long) MINUTE_MS);
    }

    /** Minute of the UTC year. */
    static int minute(final long atNs) {
        final var utc = Instant.ofEpochSecond(0, atNs).atZone(ZoneOffset.UTC);
        return (utc.getDayOfYear() - 1) * 1_440 + utc.getHour() * 60 + utc.getMinute();
    }

    /**
     * A record of a journal.
     *
     * @param device id of its device
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Read(int kind, String device, long number, long timeNs, byte[] payload) {}

    /** The messages of a journal, in order. */
    static List<Read> messages(final Path directory) {
        final List<String> ids = Journal.openReadOnly(directory).deviceIds();
        final List<Read> read = new ArrayList<>();
        try (JournalReader reader = Journal.openReadOnly(directory).reader(1)) {
            while (reader.next()) {
                if (reader.kind() < RecordKind.RECORD_KIND_RAW_VALUE) {
                    final byte[] payload = new byte[reader.payloadLength()];
                    reader.buffer().getBytes(reader.payloadOffset(), payload);
                    read.add(new Read(
                            reader.kind(),
                            ids.get(reader.deviceIndex()),
                            reader.number(),
                            reader.receivedAtNs(),
                            payload));
                }
            }
            assertThat(reader.damage()).isEmpty();
        }
        return read;
    }
}
