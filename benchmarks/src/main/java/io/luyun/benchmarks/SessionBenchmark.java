package io.luyun.benchmarks;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.ControlRecords;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.FrameConnection;
import io.luyun.server.session.FrameSession;
import io.luyun.server.session.Session;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.Sessions;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Session: a frame is decoded, checked against the schema, the registry, the clock and the numbering, offered, and in the
 * end acknowledged with its burst. The line behind takes everything, and every burst is synced at once.
 */
@State(Scope.Thread)
@NullUnmarked // JMH sets up before it runs
public class SessionBenchmark {
    private static final int VEHICLES = 1_000;
    private static final int MAX_FRAME_BYTES = 65_536;
    private static final long START_NS = 1_800_000_000_000_000_000L;

    private final Fleet fleet = new Fleet(VEHICLES);
    private final FrameSession[] sessions = new FrameSession[VEHICLES];
    private final TakingLine line = new TakingLine();
    private final Sink sink = new Sink();
    private long nowNs = START_NS;
    private Sessions all;

    @Setup(Level.Trial)
    public void open() {
        all = new Sessions(
                0,
                new Sessions.Environment(
                        SessionConfig.defaults(),
                        DeviceRegistry.everyone(),
                        line,
                        new ControlRecords(line),
                        () -> nowNs,
                        new Counters(),
                        true,
                        MAX_FRAME_BYTES,
                        "benchmark"));
        line.answers(all);
        for (int i = 0; i < VEHICLES; i++) {
            sessions[i] = all.accept(sink);
            final UnsafeBuffer hello = new UnsafeBuffer(DeviceFrame.newBuilder()
                    .setHello(Hello.newBuilder()
                            .setProtocol(1)
                            .setDeviceId("bench-" + i)
                            .setRole(Role.ROLE_OBU)
                            .setBootEpoch(1)
                            .setAckLevel(AckLevel.ACK_LEVEL_SYNCED))
                    .build()
                    .toByteArray());
            sessions[i].onFrame(hello, 0, hello.capacity(), nowNs);
            line.answer();
        }
        if (sink.opened != VEHICLES) {
            throw new IllegalStateException(sink.opened + " sessions are open");
        }
    }

    /** One message of a burst of 32, each of another vehicle. */
    @Benchmark
    @OperationsPerInvocation(NettyBenchmark.BURST)
    public long message() {
        for (int i = 0; i < NettyBenchmark.BURST; i++) {
            nowNs += Fleet.PERIOD_NS / VEHICLES;
            final FrameSession session = sessions[fleet.next(nowNs)];
            if (session.onFrame(fleet.buffer(), fleet.frameOffset(), fleet.frameLength(), nowNs)
                    != Session.Outcome.TAKEN) {
                throw new IllegalStateException("not taken");
            }
            session.onBurstEnd(nowNs);
        }
        line.answer();
        if (line.taken() > VEHICLES && sink.sent == 0) {
            throw new IllegalStateException("no acknowledgement is sent");
        }
        return sink.sent;
    }

    private static final class Sink implements FrameConnection {
        private long opened;
        private long sent;

        @Override
        public void send(final DirectBuffer frame, final int offset, final int length) {
            sent += opened < VEHICLES ? 0 : 1;
        }

        @Override
        public void close() {
            throw new IllegalStateException("closed");
        }

        @Override
        public void resume() {}

        @Override
        public void opened(final long sessionId) {
            opened++;
        }

        @Override
        public void execute(final Runnable task) {
            task.run();
        }
    }
}
