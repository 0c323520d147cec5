package io.luyun.benchmarks.peers;

import io.luyun.benchmarks.rig.Wires;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.concurrent.Promise;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One connection: what is on the way on it, and the answer that its opening waits for. Used on the event loop, but for the opening. */
abstract class Line extends ChannelInboundHandlerAdapter {
    private final InFlight inFlight = new InFlight();
    private @Nullable ChannelHandlerContext context;
    private volatile @Nullable Promise<Object> asked;

    @Override
    public void handlerAdded(final ChannelHandlerContext added) {
        context = added;
    }

    /** Messages on this connection without an answer. */
    final InFlight inFlight() {
        return inFlight;
    }

    final ByteBufAllocator allocator() {
        return context().alloc();
    }

    /** Writes at once: each message goes out by itself, as it comes. */
    @SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel
    final void write(final Object message) {
        context().writeAndFlush(message, context().voidPromise());
    }

    /** Writes something and waits, off the event loop, until {@link #answered}. */
    final Object ask(final Wires wires, final Object message) throws IOException, InterruptedException {
        final Promise<Object> answer = wires.loop().newPromise();
        asked = answer;
        wires.loop().execute(() -> write(message));
        wires.await(answer);
        return answer.getNow();
    }

    /** Whether somebody waits for an answer. */
    final boolean isAsked() {
        return asked != null;
    }

    /** What was asked is answered so. */
    final void answered(final Object answer) {
        final Promise<Object> waiting = asked;
        asked = null;
        if (waiting != null) {
            waiting.trySuccess(answer);
        }
    }

    /** What was asked is refused. */
    final void refused(final String why) {
        final Promise<Object> waiting = asked;
        asked = null;
        if (waiting != null) {
            waiting.tryFailure(new IOException(why));
        }
    }

    /** The bytes that can be read, as an array of their own. */
    static byte[] bytes(final ByteBuf buffer) {
        final byte[] bytes = new byte[buffer.readableBytes()];
        buffer.getBytes(buffer.readerIndex(), bytes);
        return bytes;
    }

    private ChannelHandlerContext context() {
        return Objects.requireNonNull(context);
    }
}
