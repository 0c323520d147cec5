package io.luyun.server.redecide;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.ServerStarted;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.Messages;
import io.luyun.server.alert.AlertConfig;
import io.luyun.server.core.CoreAgent;
import io.luyun.server.core.CoreConfig;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.site.SiteConfig;
import io.luyun.server.world.WorldConfig;
import io.luyun.server.world.ZoneMap;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A server's run by hand, under a clock set by hand: records into a journal, the core's alerts into an alert journal beside it, as a
 * server keeps them. Its car goes north where 40 km/h are allowed, from 30 to 60 km/h and back in six seconds, again and again.
 */
public final class LiveRun implements AutoCloseable {
    /** Of one turn of the car: up and down again. */
    public static final int STEPS = 60;

    private static final int SLOWEST_KMH = 30;
    private static final double KMH = 3.6;
    private static final long START_NS = 1_790_000_000_000_000_000L;
    private static final long STEP_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Journal journal;
    private final Journal alerts;
    private final CoreAgent core;
    private final List<Throwable> errors = new ArrayList<>();
    private final int car;
    private final int unit;
    private long nowNs;
    private int step;
    private double metres;

    /**
     * Starts a server.
     *
     * @param directory of journal and alert journal
     * @param alert the server's settings
     * @param zone the name of its zone
     * @param sha256 of its zone file
     */
    public LiveRun(final Path directory, final AlertConfig alert, final String zone, final ByteString sha256) {
        nowNs = START_NS;
        journal = open(directory.resolve("journal"));
        alerts = open(directory.resolve("alerts"));
        nowNs = Math.max(nowNs, journal.lastTimeNs() + 10 * STEP_NS);
        core = new CoreAgent(
                journal.reader(journal.writer().appendedSequence() + 1),
                config(alert),
                (_, _) -> (told, _, _) -> append(alerts.writer(), RecordKind.RECORD_KIND_ALERT, -1, told),
                new Counters(),
                errors::add);
        append(
                RecordKind.RECORD_KIND_SERVER_STARTED,
                -1,
                ServerStarted.newBuilder()
                        .setVersion("test")
                        .setZone(zone)
                        .setZoneSha256(sha256)
                        .build());
        car = session("car-1");
        unit = session("rsu-1");
    }

    /** The same in a zone without roads, with the settings of the defaults. */
    public LiveRun(final Path directory) {
        this(directory, AlertConfig.DEFAULT, "", ByteString.EMPTY);
    }

    /** What decides in a zone without roads. */
    public static CoreConfig config(final AlertConfig alert) {
        return new CoreConfig(
                ZoneMap.empty(296_000_000, 1_063_000_000), WorldConfig.DEFAULT, SiteConfig.DEFAULT, alert);
    }

    private Journal open(final Path directory) {
        return Journal.open(
                new JournalConfig(directory.toString(), 2_000, 256, 1_024, 1, "FAST_HOURLY", 1, 2, 0, 1_000_000, 0),
                () -> nowNs,
                new Counters(),
                new Latencies(),
                errors::add);
    }

    /** So many steps of a tenth of a second, looked at by the server. */
    public LiveRun drive(final int steps) {
        for (int i = 0; i < steps; i++) {
            report();
            while (core.doWork() > 0) {
                // until nothing is left
            }
        }
        return this;
    }

    /** The same, which the server takes in but ends before it looks at them. */
    public LiveRun driveUnseen(final int steps) {
        for (int i = 0; i < steps; i++) {
            report();
        }
        return this;
    }

    private void report() {
        nowNs += STEP_NS;
        if (step % STEPS == 0) {
            append(RecordKind.RECORD_KIND_RSI, unit, Messages.limit(40, -100, 100_000));
        }
        final int phase = step++ % STEPS;
        final double mps = (SLOWEST_KMH + Math.min(phase, STEPS - phase)) / KMH;
        metres += mps / 10;
        final int secMark = (int) (TimeUnit.NANOSECONDS.toMillis(nowNs) % 60_000);
        append(RecordKind.RECORD_KIND_BSM, car, Messages.bsm(1, secMark, metres, mps));
        append(RecordKind.RECORD_KIND_TICK, -1, ServerStarted.getDefaultInstance());
    }

    /** Nothing is sent for so long. */
    public LiveRun pause(final long pauseNs) {
        nowNs += pauseNs;
        return this;
    }

    /** When the next step will be, less a tenth of a second. */
    public long nowNs() {
        return nowNs;
    }

    /** Sequence of the last record. */
    public long sequence() {
        return journal.writer().appendedSequence();
    }

    private int session(final String id) {
        final int device = journal.devices().indexOf(id);
        append(
                RecordKind.RECORD_KIND_SESSION_OPENED,
                device,
                SessionOpened.newBuilder()
                        .setSessionId(16L + device)
                        .setDeviceId(id)
                        .setBootEpoch(1)
                        .build());
        return device;
    }

    private void append(final RecordKind kind, final int device, final MessageLite payload) {
        append(journal.writer(), kind, device, payload);
    }

    private void append(
            final JournalWriter writer, final RecordKind kind, final int device, final MessageLite payload) {
        final byte[] bytes = payload.toByteArray();
        writer.append(kind.getNumber(), device, 0, nowNs, new UnsafeBuffer(bytes), 0, bytes.length);
    }

    /** The server ends. */
    @Override
    public void close() {
        core.close();
        journal.close();
        alerts.close();
        assertThat(errors).as("errors of the server itself").isEmpty();
    }
}
