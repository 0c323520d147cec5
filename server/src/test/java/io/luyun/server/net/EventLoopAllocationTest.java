package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.luyun.proto.v1.Role;
import io.luyun.server.LeastAllocation;
import io.luyun.server.monitor.Counters;
import io.luyun.server.session.DeviceRegistry;
import io.luyun.server.session.SessionConfig;
import io.luyun.server.session.TakingLine;
import io.netty.util.ResourceLeakDetector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.SystemEpochNanoClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The whole event loop, from the socket to the acknowledgement, allocates next to nothing for a message. */
@Tag("compiled")
final class EventLoopAllocationTest {
    private static final int MESSAGES = 100_000;
    private static final int WARM_UP_ROUNDS = 3;
    private static final double BYTES_PER_MESSAGE = 5;

    private long sent;

    @Test
    void fromSocketToAcknowledgement() throws IOException {
        final ResourceLeakDetector.Level before = ResourceLeakDetector.getLevel();
        ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
        final CountingLine line = new CountingLine();
        final EpochNanoClock clock = new SystemEpochNanoClock();
        final List<Throwable> errors = new CopyOnWriteArrayList<>();
        final SessionConfig session = new SessionConfig(29_999, 100, 60_000, 30_000, "SYNCED", 2_000, 2);
        try (DeviceServer server = new DeviceServer(
                Rig.Configs.net(draft -> draft),
                session,
                DeviceRegistry.everyone(),
                line,
                clock,
                new Counters(),
                errors::add)) {
            line.server = server;
            server.driveLine(line::work);
            server.start();
            try (TestDevice device = TestDevice.connect(server.port()).hello("obu-1", Role.ROLE_OBU)) {
                long number = 0;
                for (int round = 0; round < WARM_UP_ROUNDS; round++) {
                    number = send(device, number);
                }
                sent = number;
                final double each = LeastAllocation.of(
                                () -> allocated(line.threadId),
                                BYTES_PER_MESSAGE * MESSAGES,
                                () -> sent = send(device, sent))
                        / (double) MESSAGES;
                System.out.printf("EventLoopAllocationTest: %.3f B/message%n", each);
                assertThat(each).isLessThan(BYTES_PER_MESSAGE);
            }
        } finally {
            ResourceLeakDetector.setLevel(before);
        }
        assertThat(errors).isEmpty();
    }

    private static long send(final TestDevice device, final long after) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        final int secMark = (int) (System.currentTimeMillis() % 60_000);
        for (int i = 1; i <= MESSAGES; i++) {
            TestDevice.frame(after + i, TestDevice.bsm(secMark)).writeDelimitedTo(bytes);
        }
        final byte[] all = bytes.toByteArray();
        final Thread sender = Thread.ofVirtual().start(() -> {
            try {
                for (int at = 0; at < all.length; at += 4_000) {
                    device.send(Arrays.copyOfRange(all, at, Math.min(all.length, at + 4_000)));
                }
            } catch (final IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        device.expectAck(after + MESSAGES);
        assertThat(sender).isNotNull();
        return after + MESSAGES;
    }

    private static long allocated(final long threadId) {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getThreadAllocatedBytes(threadId);
    }

    /** Counts what is offered, and has it appended and synced when worked. The event loop's thread. */
    private static final class CountingLine extends TakingLine {
        private static final int CAPACITY = 1_024;

        private final int[] kinds = new int[CAPACITY];
        private final long[] numbers = new long[CAPACITY];
        private final long[] sessions = new long[CAPACITY];
        private int size;
        private long sequence;
        private volatile long threadId;
        private @Nullable DeviceServer server;

        @Override
        public boolean offer(
                final int kind,
                final int deviceIndex,
                final long number,
                final long sessionId,
                final long receivedAtNs,
                final DirectBuffer buffer,
                final int offset,
                final int length) {
            if (size == CAPACITY) {
                return false;
            }
            kinds[size] = kind;
            numbers[size] = number;
            sessions[size++] = sessionId;
            return super.offer(kind, deviceIndex, number, sessionId, receivedAtNs, buffer, offset, length);
        }

        private int work() {
            if (threadId == 0) {
                threadId = Thread.currentThread().threadId();
            }
            final int count = size;
            size = 0;
            for (int i = 0; i < count; i++) {
                server.onAppended(sessions[i], kinds[i], numbers[i], ++sequence, false);
            }
            if (count > 0) {
                server.onSynced(sequence);
            }
            return count;
        }
    }
}
