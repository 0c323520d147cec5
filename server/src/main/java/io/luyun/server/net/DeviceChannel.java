package io.luyun.server.net;

import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Connection;
import io.luyun.server.session.Session;
import io.luyun.server.session.Session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.agrona.DirectBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One connection: cuts frames out of what is read, in place; gathers what is to be sent and flushes once per burst;
 * stops reading while the intake is full or the peer takes nothing. Owned by its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes and closes come back as events of the channel
final class DeviceChannel extends ChannelInboundHandlerAdapter implements Connection, FrameCutter.Sink {
    private static final int OUT_INITIAL = 256;
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    /** Place in the loop's list. */
    int position;

    boolean touched;
    boolean paused;

    private final NetLoop loop;
    private final Session session;
    private final ArrayDeque<ByteBuf> held = new ArrayDeque<>(2);
    private @Nullable ChannelHandlerContext context;
    private @Nullable FrameCutter cutter;
    private @Nullable ByteBuf out;
    private boolean inBurst;
    private boolean closing;
    private long stampNs;
    private long aliveNs;
    private long frameBeganNs;
    private long unwritableNs;
    private long closingNs;
    private long bytes;
    private int frames;

    DeviceChannel(final NetLoop loop) {
        this.loop = loop;
        this.session = loop.sessions().accept(this);
        this.aliveNs = loop.nanoTime();
    }

    // netty

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        context = ctx;
        cutter = new FrameCutter(this, ctx.alloc(), loop.config().maxFrameBytes());
        loop.add(this);
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final ByteBuf in = (ByteBuf) message;
        if (closing) {
            in.release();
            return;
        }
        if (!inBurst) {
            inBurst = true;
            stampNs = loop.nanoTime();
        }
        bytes += in.readableBytes();
        if (held.isEmpty()) {
            consume(in);
        } else {
            held.add(in);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        if (inBurst) {
            endBurst();
            inBurst = false;
        }
        flush();
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext ctx) {
        unwritableNs = ctx.channel().isWritable() ? 0 : loop.nanoTime();
        decideReading();
        ctx.fireChannelWritabilityChanged();
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext ctx, final Object event) {
        if (event instanceof SslHandshakeCompletionEvent handshake && handshake.isSuccess()) {
            final SslHandler ssl = ctx.pipeline().get(SslHandler.class);
            final String name = ssl == null ? null : Tls.commonName(ssl.engine().getSession());
            if (name != null) {
                session.onCertificate(name);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        session.onDisconnected("connection closed");
        closing = true;
        releaseAll();
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext ctx) {
        channelInactive(ctx);
        loop.remove(this);
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        if (!(cause instanceof IOException) && !(cause.getCause() instanceof SSLException)) {
            loop.onError(cause);
        }
        abort("connection failed");
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

    @Override
    public void close() {
        final ChannelHandlerContext ctx = context;
        if (closing || ctx == null) {
            return;
        }
        flush();
        closing = true;
        closingNs = loop.nanoTime();
        releaseAll();
        paused = false;
        decideReading();
        final SslHandler ssl = ctx.pipeline().get(SslHandler.class);
        final ChannelFuture sent = ssl == null ? ctx.writeAndFlush(Unpooled.EMPTY_BUFFER) : ssl.closeOutbound();
        // Only our half is closed: closing both while the peer still sends would make the kernel reset the connection
        // and the last frames be lost.
        sent.addListener(done -> {
            if (ctx.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
                duplex.shutdownOutput();
            }
        });
    }

    @Override
    public void resume() {
        if (paused) {
            loop.resumeSoon(this);
        }
    }

    @Override
    public void opened(final long sessionId) {
        aliveNs = loop.nanoTime();
        loop.opened(sessionId, this);
    }

    @Override
    public void execute(final Runnable task) {
        loop.execute(task);
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

    Session session() {
        return session;
    }

    boolean ready() {
        return !closing && context != null && context.channel().isWritable();
    }

    /** Sends a frame that others get too; takes a reference of its own. */
    void sendShared(final ByteBuf frame) {
        if (closing || context == null) {
            return;
        }
        writeOut();
        loop.counters().add(Counter.BYTES_SENT, frame.readableBytes());
        context.write(frame.retainedDuplicate(), context.voidPromise());
        touch();
    }

    /** Tries again what could not be taken. */
    void retry() {
        paused = false;
        if (closing) {
            return;
        }
        while (!paused && !held.isEmpty()) {
            consume(held.poll());
        }
        endBurst();
        decideReading();
        flush();
    }

    void flush() {
        if (context != null && !closing) {
            writeOut();
            context.flush();
        }
    }

    /** Looks whether something has taken too long. */
    void onTime(final long nowNs, final NetTimes times) {
        if (closing) {
            if (nowNs - closingNs > LINGER_NS) {
                abort("");
            }
        } else if (unwritableNs != 0 && nowNs - unwritableNs > times.writeStallNs()) {
            abort("takes nothing of what is sent to it");
        } else if (session.beginning() && nowNs - aliveNs > times.helloNs()) {
            session.onTimeout("hello", "must come within " + loop.config().helloTimeoutMillis() + " ms");
        } else if (paused || unwritableNs != 0) {
            aliveNs = nowNs;
            frameBeganNs = nowNs;
        } else if (cutter != null && cutter.midFrame() && nowNs - frameBeganNs > times.frameNs()) {
            session.onTimeout(
                    "frame", "must be complete within " + loop.config().frameTimeoutMillis() + " ms");
        } else if (!session.beginning() && nowNs - aliveNs > times.idleNs()) {
            session.onIdle();
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
                pause();
            } else {
                in.release();
            }
        }
    }

    private void pause() {
        paused = true;
        if (!session.opening() && !loop.retrying()) {
            loop.counters().increment(Counter.READS_PAUSED);
        }
        loop.addPaused(this);
        decideReading();
    }

    private void endBurst() {
        if (bytes > 0) {
            loop.counters().add(Counter.BYTES_RECEIVED, bytes);
            bytes = 0;
        }
        if (frames > 0) {
            loop.counters().add(Counter.FRAMES_RECEIVED, frames);
            frames = 0;
            if (!session.beginning()) {
                aliveNs = stampNs;
            }
            loop.lineSoon();
        }
        session.onBurstEnd(stampNs);
    }

    private void decideReading() {
        if (context != null) {
            context.channel().config().setAutoRead(closing || (!paused && unwritableNs == 0));
        }
    }

    private void touch() {
        if (!inBurst && !touched) {
            touched = true;
            loop.addTouched(this);
        }
    }

    private void writeOut() {
        if (out != null && context != null) {
            loop.counters().add(Counter.BYTES_SENT, out.readableBytes());
            context.write(out, context.voidPromise());
            out = null;
        }
    }

    private void abort(final String reason) {
        session.onDisconnected(reason);
        closing = true;
        releaseAll();
        if (context != null) {
            context.close();
        }
    }

    private void releaseAll() {
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
}
