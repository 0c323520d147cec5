package io.luyun.server.supervise;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertParty;
import io.luyun.proto.v1.AlertReason;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RawMessage;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.SessionClosed;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.UnsafeBuffer;

/** Both journals of a server as its vehicles would make it write them, on a clock of the test. */
final class Recorded implements AutoCloseable {
    static final int LAT = 296_000_000;
    static final int LON = 1_063_000_000;
    private static final long TENTH_NS = 100_000_000L;

    final List<Throwable> errors = new ArrayList<>();
    private final Journal journal;
    private final Journal alerts;
    private final Map<String, Long> numbers = new HashMap<>();
    long nowNs;

    Recorded(final Path data, final long nowNs) {
        this.nowNs = nowNs;
        journal = open(data.resolve("journal"));
        alerts = open(data.resolve("alerts"));
    }

    private Journal open(final Path directory) {
        final JournalConfig config =
                new JournalConfig(directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0);
        return Journal.open(config, () -> nowNs, new Counters(), new Latencies(), errors::add);
    }

    void opens(final String device) {
        record(
                RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                device,
                SessionOpened.newBuilder().setDeviceId(device).build());
    }

    void closes(final String device) {
        record(RecordKind.RECORD_KIND_SESSION_CLOSED_VALUE, device, SessionClosed.getDefaultInstance());
    }

    void tells(final String device, final String topic, final String json) {
        record(
                RecordKind.RECORD_KIND_RAW_VALUE,
                device,
                RawMessage.newBuilder()
                        .setTopic(topic)
                        .setPayload(ByteString.copyFrom(json, StandardCharsets.UTF_8))
                        .build());
    }

    /** Drives so long at a speed, a BSM each tenth of a second. */
    void drives(final String device, final double seconds, final double mps) {
        drives(device, seconds, mps, UnaryOperator.identity());
    }

    void drives(final String device, final double seconds, final double mps, final UnaryOperator<Bsm.Builder> more) {
        for (int i = 0; i < Math.rint(seconds * 10); i++) {
            nowNs += TENTH_NS;
            final Bsm.Builder bsm = Bsm.newBuilder()
                    .setMsgCnt(i % 128)
                    .setId(ByteString.copyFromUtf8("12345678"))
                    .setSecMark((int) (nowNs / 1_000_000 % 60_000))
                    .setPos(Position.newBuilder().setLat(LAT).setLon(LON))
                    .setSpeed((int) Math.rint(mps / 0.02));
            record(RecordKind.RECORD_KIND_BSM_VALUE, device, more.apply(bsm).build());
        }
    }

    void off(final String device, final AlertReason reason) {
        for (final AlertState state : List.of(AlertState.ALERT_STATE_RAISED, AlertState.ALERT_STATE_CLEARED)) {
            final byte[] payload = Alert.newBuilder()
                    .setAlertId(nowNs)
                    .setKind(AlertKind.ALERT_KIND_OFF_APPROVED_ROAD)
                    .setState(state)
                    .setReason(reason)
                    .setSubject(AlertParty.newBuilder().setDeviceId(device))
                    .build()
                    .toByteArray();
            alerts.writer()
                    .append(
                            RecordKind.RECORD_KIND_ALERT_VALUE,
                            -1,
                            0,
                            nowNs,
                            new UnsafeBuffer(payload),
                            0,
                            payload.length);
        }
    }

    private void record(final int kind, final String device, final MessageLite message) {
        final byte[] payload = message.toByteArray();
        final long number = kind < 64 ? numbers.merge(device, 1L, Long::sum) : 0;
        journal.writer()
                .append(
                        kind,
                        journal.devices().indexOf(device),
                        number,
                        nowNs,
                        new UnsafeBuffer(payload),
                        0,
                        payload.length);
    }

    @Override
    public void close() {
        journal.close();
        alerts.close();
    }
}
