package io.luyun.server.net;

import io.luyun.server.monitor.Counter;
import io.luyun.server.session.FrameConnection;
import io.luyun.server.session.FrameSession;
import io.luyun.server.session.Session;
import io.luyun.server.session.Session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the server's own language: cuts frames out of what is read, in place; gathers what is to be sent.
 * Owned by its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes come back as events of the channel
final class DeviceChannel extends LoopChannel implements FrameConnection, FrameCutter.Sink {
    private static final int OUT_INITIAL = 256;

    private final FrameSession session;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
    private @Nullable FrameCutter cutter;
    private @Nullable ByteBuf out;
    private long frameBeganNs;
    private long bytes;
    private int frames;

    DeviceChannel(final NetLoop loop) {
        super(loop);
        this.session = loop.sessions().accept(this);
    }

    @Override
    Session session() {
        return session;
    }

    // netty

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        cutter = new FrameCutter(this, ctx.alloc(), loop.config().maxFrameBytes());
        super.handlerAdded(ctx);
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final ByteBuf in = (ByteBuf) message;
        if (deaf()) {
            in.release();
            return;
        }
        beginBurst();
        bytes += in.readableBytes();
        held.add(in);
        if (held.size() == 1) {
            takeHeld();
        }
    }

    // what the session does

    @Override
    public void send(final DirectBuffer frame, final int offset, final int length) {
        if (closing || context == null) {
            return;
        }
        if (out == null) {
            out = context.alloc().directBuffer(OUT_INITIAL);
        }
        Bytes.copy(frame, offset, length, out);
        touch();
    }

    // what the cutter does

    @Override
    public Outcome onFrame(final DirectBuffer buffer, final int offset, final int length) {
        final Outcome outcome = session.onFrame(buffer, offset, length, stampNs);
        if (outcome != Outcome.LATER) {
            frames++;
        }
        return outcome;
    }

    @Override
    public void onTooLong(final long length) {
        session.onFrameTooLong(length);
    }

    // what the loop does

    /** Takes a reference of its own. */
    @Override
    void sendShared(final ByteBuf frame) {
        if (closing || context == null) {
            return;
        }
        writeOut();
        loop.counters().add(Counter.BYTES_SENT, frame.readableBytes());
        context.write(frame.retainedDuplicate(), context.voidPromise());
        touch();
    }

    @Override
    void takeHeld() {
        final long nowNs = loop.retrying() ? loop.nanoTime() : stampNs;
        while (!paused && !held.isEmpty()) {
            if (loop.shares().refuses(account, held.peek().readableBytes(), nowNs)) {
                pause(Counter.READS_SLOWED);
            } else {
                consume(held.poll());
            }
        }
    }

    @Override
    void onStillTime(final long nowNs) {
        frameBeganNs = nowNs;
    }

    @Override
    void onLanguageTime(final long nowNs, final NetTimes times) {
        if (cutter != null && cutter.midFrame() && nowNs - frameBeganNs > times.frameNs()) {
            session.onTimeout(
                    "frame", "must be complete within " + loop.config().frameTimeoutMillis() + " ms");
        } else if (!session.beginning() && nowNs - aliveNs > times.idleNs()) {
            session.onIdle(TimeUnit.NANOSECONDS.toMillis(times.idleNs()));
        }
    }

    @Override
    void endBurst() {
        if (bytes > 0) {
            loop.counters().add(Counter.BYTES_RECEIVED, bytes);
            bytes = 0;
        }
        if (frames > 0) {
            loop.onFrames(frames);
            frames = 0;
            if (!session.beginning()) {
                aliveNs = stampNs;
            }
        }
        session.onBurstEnd(stampNs);
    }

    @Override
    void writeOut() {
        if (out != null && context != null) {
            loop.counters().add(Counter.BYTES_SENT, out.readableBytes());
            context.write(out, context.voidPromise());
            out = null;
        }
    }

    @Override
    void releaseAll() {
        if (cutter != null) {
            cutter.release();
        }
        while (!held.isEmpty()) {
            held.poll().release();
        }
        if (out != null) {
            out.release();
            out = null;
        }
    }

    private void consume(final ByteBuf in) {
        Outcome outcome = Outcome.ENDED;
        try {
            final boolean midFrame = cutter != null && cutter.midFrame();
            final int before = frames;
            outcome = cutter == null ? Outcome.ENDED : cutter.cut(in);
            if (frames != before || !midFrame) {
                frameBeganNs = stampNs;
            }
        } catch (final RuntimeException e) {
            loop.onError(e);
            abort("failed");
        } finally {
            if (outcome == Outcome.LATER) {
                held.addFirst(in);
                pause(Counter.READS_PAUSED);
            } else {
                in.release();
            }
        }
    }
}
