package io.luyun.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import com.sun.management.ThreadMXBean;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.RecordKind;
import io.luyun.proto.v1.Role;
import io.luyun.server.monitor.Counters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A good message costs the session no allocation, from the frame to the acknowledgement. */
@Tag("compiled")
final class SessionAllocationTest {
    private static final int MESSAGES = 200_000;
    private static final int MOST_ROUNDS = 12;
    private static final long NOW_NS = 1_800_000_000_000_000_000L;

    private final TakingLine line = new TakingLine();
    private final CountingConnection connection = new CountingConnection();
    private final Sessions sessions = new Sessions(
            3,
            new Sessions.Environment(
                    new SessionConfig(10_000, 100, 60_000, 30_000, "SYNCED", 0, 16),
                    DeviceRegistry.everyone(),
                    line,
                    new ControlRecords(line),
                    () -> NOW_NS,
                    new Counters(),
                    true,
                    65_536,
                    "test"));
    private long sequence;

    @Test
    void fromFrameToAcknowledgement() {
        final FrameSession session = open();
        final List<UnsafeBuffer> frames = new ArrayList<>();
        final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        int next = 0;
        double each = Double.MAX_VALUE;
        // until the compiler is done with it, which on a busy machine comes later
        for (int round = 0; round < MOST_ROUNDS && (each >= 1 || round < 3); round++) {
            frames.clear();
            for (int number = next + 1; number <= next + MESSAGES; number++) {
                frames.add(frame(number));
            }
            final long before = threads.getCurrentThreadAllocatedBytes();
            run(session, frames, next);
            each = (threads.getCurrentThreadAllocatedBytes() - before) / (double) MESSAGES;
            next += MESSAGES;
        }
        System.out.printf("SessionAllocationTest: %.4f B/message%n", each);
        assertThat(each).isLessThan(1);
        assertThat(line.taken()).isEqualTo(next + 1);
        assertThat(connection.frames).isEqualTo(next + 1);
    }

    private void run(final FrameSession session, final List<UnsafeBuffer> frames, final int from) {
        for (int i = 0; i < MESSAGES; i++) {
            final UnsafeBuffer frame = frames.get(i);
            if (session.onFrame(frame, 0, frame.capacity(), NOW_NS) != Session.Outcome.TAKEN) {
                throw new AssertionError("message " + (i + 1) + " was not taken");
            }
            session.onBurstEnd(NOW_NS);
            sessions.onAppended(session.id(), RecordKind.RECORD_KIND_BSM_VALUE, from + i + 1, ++sequence, false);
            sessions.onSynced(sequence);
        }
    }

    private FrameSession open() {
        final FrameSession session = sessions.accept(connection);
        final UnsafeBuffer hello = new UnsafeBuffer(DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId("obu-1")
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(1))
                .build()
                .toByteArray());
        assertThat(session.onFrame(hello, 0, hello.capacity(), NOW_NS)).isEqualTo(Session.Outcome.TAKEN);
        assertThat(Sessions.loopOf(session.id())).isEqualTo(3);
        sessions.onAppended(session.id(), RecordKind.RECORD_KIND_SESSION_OPENED_VALUE, 0, ++sequence, false);
        sessions.onSynced(sequence);
        assertThat(connection.frames).isEqualTo(1);
        return session;
    }

    private static UnsafeBuffer frame(final long number) {
        return new UnsafeBuffer(DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder()
                        .setNumber(number)
                        .setBsm(Bsm.newBuilder()
                                .setMsgCnt(1)
                                .setId(ByteString.copyFromUtf8("12345678"))
                                .setSecMark((int) (NOW_NS / 1_000_000 % 60_000))
                                .setPos(Position.newBuilder().setLat(296000000).setLon(1063000000))))
                .build()
                .toByteArray());
    }

    private static final class CountingConnection implements FrameConnection {
        private long frames;

        @Override
        public void send(final DirectBuffer frame, final int offset, final int length) {
            frames++;
        }

        @Override
        public void close() {
            throw new AssertionError("closed");
        }

        @Override
        public void resume() {}

        @Override
        public void opened(final long sessionId) {}

        @Override
        public void execute(final Runnable task) {
            task.run();
        }
    }
}
