package io.luyun.benchmarks;

import com.google.protobuf.MessageLite;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.SessionOpened;
import io.luyun.server.journal.Journal;
import io.luyun.server.journal.JournalConfig;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Journal: a message goes into the intake, is checked for a duplicate and appended, while group commits go on. */
@State(Scope.Thread)
@NullUnmarked // JMH sets up before it runs
public class JournalBenchmark {
    private static final EpochNanoClock CLOCK = SystemEpochNanoClock.INSTANCE;

    private final Fleet fleet = new Fleet(1_000);
    private final long[] sessions = new long[1_000];
    private final int[] devices = new int[1_000];
    private Scratch scratch;
    private Journal journal;
    private JournalWriter writer;
    private long nowNs;
    private long acknowledged;

    /** A journal in which every vehicle has its session. */
    @Setup(Level.Trial)
    public void open() {
        scratch = Scratch.create();
        journal = open(scratch);
        writer = journal.writer();
        writer.observe((session, kind, number, sequence, duplicate) -> acknowledged = sequence, sequence -> {});
        journal.start();
        openSessions(journal, devices, sessions);
    }

    @TearDown(Level.Trial)
    public void close() {
        journal.close();
        scratch.close();
    }

    /** One message of a burst of 32. */
    @Benchmark
    @OperationsPerInvocation(NettyBenchmark.BURST)
    public long take() {
        for (int i = 0; i < NettyBenchmark.BURST; i++) {
            nowNs += Fleet.PERIOD_NS / fleet.size();
            final int vehicle = fleet.next(nowNs);
            if (!writer.offer(
                    Fleet.KIND,
                    devices[vehicle],
                    fleet.number(),
                    sessions[vehicle],
                    CLOCK.nanoTime(),
                    fleet.buffer(),
                    fleet.frameOffset(),
                    fleet.frameLength())) {
                throw new IllegalStateException("full");
            }
        }
        work(writer);
        return acknowledged;
    }

    static Journal open(final Scratch scratch) {
        return Journal.open(
                JournalConfig.defaults(scratch.path().toString()), CLOCK, new Counters(), new Latencies(), error -> {
                    throw new IllegalStateException(error);
                });
    }

    static void openSessions(final Journal journal, final int[] devices, final long[] sessions) {
        for (int i = 0; i < sessions.length; i++) {
            devices[i] = journal.devices().indexOf("bench-" + i);
            sessions[i] = journal.devices().newSessionId();
            final MessageLite opened = SessionOpened.newBuilder()
                    .setSessionId(sessions[i])
                    .setDeviceId("bench-" + i)
                    .setRole(Role.ROLE_OBU)
                    .setBootEpoch(1)
                    .build();
            final DirectBuffer payload = new UnsafeBuffer(opened.toByteArray());
            journal.writer()
                    .offer(
                            RecordKind.RECORD_KIND_SESSION_OPENED_VALUE,
                            devices[i],
                            0,
                            sessions[i],
                            CLOCK.nanoTime(),
                            payload,
                            0,
                            payload.capacity());
            work(journal.writer());
        }
    }

    static void work(final JournalWriter writer) {
        int done = writer.doWork();
        while (done > 0) {
            done = writer.doWork();
        }
    }
}
