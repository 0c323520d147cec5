package io.luyun.benchmarks;

import io.luyun.proto.codec.ServerFrameWriter;
import io.luyun.proto.v1.Ack;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.server.net.FrameCutter;
import io.luyun.server.session.Session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The edge of the socket: a read is cut into frames in place; an acknowledgement is written. */
@State(Scope.Thread)
public class FrameBenchmark {
    private static final int MAX_FRAME_BYTES = 65_536;

    private final Fleet fleet = new Fleet(1_000);
    private final ByteBuf read = Unpooled.directBuffer(8_192);
    private final Sink sink = new Sink();
    private final FrameCutter cutter = new FrameCutter(sink, UnpooledByteBufAllocator.DEFAULT, MAX_FRAME_BYTES);
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[ServerFrameWriter.MAX_ACK_LENGTH]);
    private long nowNs;
    private long number = BsmFrame.FIRST_NUMBER;

    /** One frame of a read with 32; the reference is {@link NettyBenchmark#drain}. */
    @Benchmark
    @OperationsPerInvocation(NettyBenchmark.BURST)
    public long cut() {
        read.clear();
        for (int i = 0; i < NettyBenchmark.BURST; i++) {
            nowNs += Fleet.PERIOD_NS / fleet.size();
            fleet.next(nowNs);
            read.writeBytes(fleet.bytes());
        }
        if (cutter.cut(read) != Outcome.TAKEN) {
            throw new IllegalStateException("not taken");
        }
        return sink.bytes;
    }

    /** One acknowledgement. */
    @Benchmark
    public int ack() {
        return ServerFrameWriter.ack(out, 0, ++number);
    }

    /** Reference: the same by protobuf-java. */
    @Benchmark
    public int ackProtobufJava() {
        return ServerFrame.newBuilder()
                .setAck(Ack.newBuilder().setUpTo(++number))
                .build()
                .toByteArray()
                .length;
    }

    @TearDown
    public void close() {
        cutter.release();
        read.release();
    }

    private static final class Sink implements FrameCutter.Sink {
        private long bytes;

        @Override
        public Outcome onFrame(final DirectBuffer buffer, final int offset, final int length) {
            bytes += length;
            return Outcome.TAKEN;
        }

        @Override
        public void onTooLong(final long length) {
            throw new IllegalStateException(length + " bytes");
        }
    }
}
