package io.luyun.server.net;

import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Connection;
import io.luyun.server.session.Session;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * What every connection of an event loop needs, whatever it carries: one flush per burst, reading that stops while the
 * intake is full or the peer takes nothing, an end that lets the last answers arrive. Owned by its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // failed writes and closes come back as events of the channel
abstract class LoopChannel extends ChannelInboundHandlerAdapter implements Connection {
    private static final long LINGER_NS = TimeUnit.SECONDS.toNanos(1);

    /** Place in the loop's list. */
    int position;

    boolean touched;
    boolean paused;

    final Shares.Account account = new Shares.Account();

    final NetLoop loop;

    @Nullable
    ChannelHandlerContext context;

    boolean inBurst;
    boolean closing;
    long stampNs;
    long aliveNs;

    private long unwritableNs;
    private long closingNs;

    LoopChannel(final NetLoop loop) {
        this.loop = loop;
        this.aliveNs = loop.nanoTime();
    }

    /** The channel below a session's connection; null when that is not of this package. */
    static @Nullable LoopChannel of(final Connection connection) {
        return switch (connection) {
            case LoopChannel channel -> channel;
            case MqttWriter writer -> writer.channel();
            default -> null;
        };
    }

    abstract Session session();

    /** Hands what was gathered to the channel. */
    abstract void writeOut();

    /** Takes in again what had to wait. */
    abstract void takeHeld();

    /** The burst is over, or what had to wait has been taken. */
    abstract void endBurst();

    /** Lets go of every buffer held. */
    abstract void releaseAll();

    /** Looks whether something of the language has taken too long. */
    abstract void onLanguageTime(long nowNs, NetTimes times);

    /** Time has passed without the peer being able to say anything. */
    abstract void onStillTime(long nowNs);

    /** Sends a delimited ServerFrame that others get too. */
    abstract void sendShared(ByteBuf frame);

    // netty

    @Override
    public void handlerAdded(final ChannelHandlerContext ctx) {
        context = ctx;
        loop.add(this);
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
        if (event instanceof SslHandshakeCompletionEvent handshake) {
            if (handshake.isSuccess()) {
                onHandshake(ctx.pipeline().get(SslHandler.class).engine().getSession());
            } else {
                loop.counters().increment(Counter.HANDSHAKES_FAILED);
            }
        }
        ctx.fireUserEventTriggered(event);
    }

    private void onHandshake(final SSLSession proved) {
        final String name = Tls.commonName(proved);
        if (name != null) {
            session().onCertificate(name, Tls.untilMillis(proved));
            onTrustChanged();
        }
    }

    /** Whose certificates are taken may have changed. */
    final void onTrustChanged() {
        final SslHandler ssl = context == null ? null : context.pipeline().get(SslHandler.class);
        final String wrong =
                ssl == null || closing ? null : loop.distrust(ssl.engine().getSession());
        if (wrong != null) {
            session().onCertificateLost(wrong);
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        session().onDisconnected("connection closed");
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

    @Override
    public final String remote() {
        final ChannelHandlerContext ctx = context;
        return ctx != null && ctx.channel().remoteAddress() instanceof final InetSocketAddress address
                ? address.getAddress().getHostAddress() + ":" + address.getPort()
                : "";
    }

    // what the loop does

    final boolean ready() {
        return !closing && context != null && context.channel().isWritable();
    }

    /** Tries again what could not be taken. */
    final void retry() {
        paused = false;
        if (deaf()) {
            return;
        }
        takeHeld();
        endBurst();
        decideReading();
        flush();
    }

    final void flush() {
        if (context != null && !closing) {
            writeOut();
            context.flush();
        }
    }

    /** Reads, or stops reading, as things stand. */
    final void decideReading() {
        if (context != null) {
            final boolean takes = !paused && unwritableNs == 0 && !loop.draining();
            context.channel().config().setAutoRead(closing || takes);
        }
    }

    /** Looks whether something has taken too long. */
    final void onTime(final long nowNs, final NetTimes times) {
        if (closing) {
            if (nowNs - closingNs > LINGER_NS) {
                abort("");
            }
        } else if (session().certificateEnded(nowNs)) {
            session().onCertificateLost("the client certificate has ended");
        } else if (unwritableNs != 0 && nowNs - unwritableNs > times.writeStallNs()) {
            abort("takes nothing of what is sent to it");
        } else if (context != null && loop.entrance().waits(context.channel())) {
            aliveNs = nowNs;
        } else if (session().beginning() && nowNs - aliveNs > times.helloNs()) {
            session().onTimeout("hello", "must come within " + loop.config().helloTimeoutMillis() + " ms");
        } else if (paused || unwritableNs != 0) {
            aliveNs = nowNs;
            onStillTime(nowNs);
        } else {
            onLanguageTime(nowNs, times);
        }
    }

    // what the subclass does

    /** Whether what still comes in is let fall: it has not been taken, and the peer will send it again. */
    final boolean deaf() {
        return closing || loop.draining();
    }

    /** A burst has begun, unless one has already. */
    final void beginBurst() {
        if (!inBurst) {
            inBurst = true;
            stampNs = loop.nanoTime();
        }
    }

    /** Reads no more until what was held has been taken; counts why, once. */
    final void pause(final Counter why) {
        paused = true;
        if (!session().opening() && !loop.retrying()) {
            loop.counters().increment(why);
        }
        loop.addPaused(this);
        decideReading();
    }

    final void touch() {
        if (!inBurst && !touched) {
            touched = true;
            loop.addTouched(this);
        }
    }

    final void abort(final String reason) {
        session().onDisconnected(reason);
        closing = true;
        releaseAll();
        if (context != null) {
            context.close();
        }
    }
}
