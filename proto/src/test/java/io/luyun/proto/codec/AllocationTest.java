package io.luyun.proto.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.MessageKind;
import io.luyun.proto.v1.Rsm;
import io.luyun.proto.v1.Spat;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Nothing on the way of a good message allocates. */
class AllocationTest {
    private static final int ROUNDS = 100_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final RandomMessages messages = new RandomMessages(20260802, 1);

    @Test
    void readersAllocateNothing() {
        final UnsafeBuffer bsm =
                new UnsafeBuffer(messages.like(Bsm.getDefaultInstance()).toByteArray());
        final UnsafeBuffer rsm =
                new UnsafeBuffer(messages.like(Rsm.getDefaultInstance()).toByteArray());
        final UnsafeBuffer spat =
                new UnsafeBuffer(messages.like(Spat.getDefaultInstance()).toByteArray());
        final BsmReader bsmReader = new BsmReader();
        final RsmReader rsmReader = new RsmReader();
        final SpatReader spatReader = new SpatReader();
        assertAllocatesNothing(() -> bsmReader.wrap(bsm, 0, bsm.capacity()) ? bsmReader.latE7() : 0);
        assertAllocatesNothing(() -> {
            int sum = rsmReader.wrap(rsm, 0, rsm.capacity()) ? 1 : 0;
            while (rsmReader.next()) {
                sum += rsmReader.latE7();
            }
            return sum;
        });
        assertAllocatesNothing(() -> {
            int sum = spatReader.wrap(spat, 0, spat.capacity()) ? 1 : 0;
            while (spatReader.nextIntersection()) {
                while (spatReader.nextPhase()) {
                    while (spatReader.nextState()) {
                        sum += spatReader.likelyEndTime();
                    }
                }
            }
            return sum;
        });
        assertAllocatesNothing(() -> MessageClock.secMark(MessageKind.MESSAGE_KIND_BSM_VALUE, bsm, 0, bsm.capacity()));
        assertAllocatesNothing(() -> MessageClock.secMark(MessageKind.MESSAGE_KIND_RSM_VALUE, rsm, 0, rsm.capacity()));
    }

    @Test
    void framesAllocateNothing() {
        final UnsafeBuffer frame = new UnsafeBuffer(DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(1).setBsm(messages.like(Bsm.getDefaultInstance())))
                .build()
                .toByteArray());
        final DeviceFrameReader reader = new DeviceFrameReader();
        assertAllocatesNothing(() -> reader.wrap(frame, 0, frame.capacity()) ? reader.bodyLength() : 0);
        final UnsafeBuffer out = new UnsafeBuffer(new byte[64]);
        assertAllocatesNothing(() -> ServerFrameWriter.ack(out, 0, 123_456));
        assertAllocatesNothing(() -> ServerFrameWriter.heartbeatReply(out, 0, 1, 2, 3));
    }

    @Test
    void theValidatorAllocatesNothing() {
        final MessageValidator validator = new MessageValidator();
        for (int kind = 1; kind <= Samples.KINDS.length; kind++) {
            final int messageKind = kind;
            final UnsafeBuffer buffer =
                    new UnsafeBuffer(messages.like(Samples.KINDS[kind - 1]).toByteArray());
            assertThat(validator.check(kind, buffer, 0, buffer.capacity())).isNull();
            final int rounds = Math.min(ROUNDS, 1 + 15_000_000 / buffer.capacity());
            assertAllocatesNothing(
                    () -> validator.check(messageKind, buffer, 0, buffer.capacity()) == null ? 1 : 0, rounds);
        }
    }

    private void assertAllocatesNothing(IntSupplier work) {
        assertAllocatesNothing(work, ROUNDS);
    }

    private void assertAllocatesNothing(IntSupplier work, int rounds) {
        int sum = run(work, rounds / 2);
        final long before = threads.getCurrentThreadAllocatedBytes();
        sum += run(work, rounds);
        final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat((double) allocated / rounds)
                .as("bytes per call, sum %d", sum)
                .isLessThan(1);
    }

    private static int run(IntSupplier work, int rounds) {
        int sum = 0;
        for (int i = 0; i < rounds; i++) {
            sum += work.getAsInt();
        }
        return sum;
    }
}
