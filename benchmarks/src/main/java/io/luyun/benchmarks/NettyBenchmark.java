package io.luyun.benchmarks;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reference: bare Netty cuts the fleet's bytes into frames and throws them away. */
@State(Scope.Thread)
public class NettyBenchmark {
    /** Frames in one read of the socket. */
    static final int BURST = 32;

    private final Fleet fleet = new Fleet(1_000);
    private final Sink sink = new Sink();
    private final EmbeddedChannel channel = new EmbeddedChannel(new FrameDrain(), sink);
    private long nowNs;

    /** One frame. */
    @Benchmark
    @OperationsPerInvocation(BURST)
    public long drain() {
        final ByteBuf read = channel.alloc().directBuffer(8_192);
        for (int i = 0; i < BURST; i++) {
            nowNs += Fleet.PERIOD_NS / fleet.size();
            fleet.next(nowNs);
            read.writeBytes(fleet.bytes());
        }
        channel.writeInbound(read);
        return sink.bytes;
    }

    @TearDown
    public void close() {
        channel.finishAndReleaseAll();
    }

    private static final class Sink extends SimpleChannelInboundHandler<ByteBuf> {
        private long bytes;

        @Override
        protected void channelRead0(final ChannelHandlerContext context, final ByteBuf frame) {
            bytes += frame.readableBytes();
        }
    }
}
