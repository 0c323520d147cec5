package io.luyun.server.net;

import io.luyun.server.datagram.DatagramDesk;
import io.luyun.server.monitor.Counter;
import io.luyun.server.session.Session.Outcome;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramPacket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The socket of datagrams: hands each to the desk, in place. While the intake is full it is not read; what comes meanwhile
 * waits in the kernel, which drops what is too much. Owned by its event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the retry lets nothing through
final class UdpChannel extends ChannelInboundHandlerAdapter {
    private static final long RETRY_MILLIS = 1;

    private final NetLoop loop;
    private final DatagramDesk desk;
    private final UnsafeBuffer view = new UnsafeBuffer(0, 0);
    /** What has been read and not taken, the oldest first. */
    private final ArrayDeque<DatagramPacket> held = new ArrayDeque<>();

    private boolean inBurst;
    private long stampNs;
    private long bytes;
    private int datagrams;

    UdpChannel(final NetLoop loop, final DatagramDesk desk) {
        this.loop = loop;
        this.desk = desk;
    }

    @Override
    public void channelRead(final ChannelHandlerContext ctx, final Object message) {
        final DatagramPacket packet = (DatagramPacket) message;
        if (loop.draining()) {
            packet.release();
            return;
        }
        if (!inBurst) {
            inBurst = true;
            stampNs = loop.nanoTime();
        }
        datagrams++;
        bytes += packet.content().readableBytes();
        if (!held.isEmpty()) {
            held.addLast(packet);
        } else if (!take(packet)) {
            held.addLast(packet);
            pause(ctx);
        }
    }

    @Override
    public void channelReadComplete(final ChannelHandlerContext ctx) {
        inBurst = false;
        if (datagrams > 0) {
            loop.counters().add(Counter.UDP_RECEIVED, datagrams);
            loop.counters().add(Counter.BYTES_RECEIVED, bytes);
            loop.onFrames(datagrams);
            datagrams = 0;
            bytes = 0;
        }
    }

    @Override
    public void channelInactive(final ChannelHandlerContext ctx) {
        releaseAll();
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext ctx, final Throwable cause) {
        if (!(cause instanceof IOException)) {
            loop.onError(cause);
        }
    }

    /** False when it has to wait; otherwise it is released. */
    private boolean take(final DatagramPacket packet) {
        Outcome outcome = Outcome.TAKEN;
        try {
            outcome = desk.onDatagram(packet.sender(), wrap(packet.content()), 0, view.capacity(), stampNs);
        } catch (final RuntimeException e) {
            loop.onError(e);
        } finally {
            if (outcome != Outcome.LATER) {
                packet.release();
            }
        }
        return outcome != Outcome.LATER;
    }

    private UnsafeBuffer wrap(final ByteBuf content) {
        final int index = content.readerIndex();
        final int length = content.readableBytes();
        if (content.hasMemoryAddress()) {
            view.wrap(content.memoryAddress() + index, length);
        } else if (content.hasArray()) {
            view.wrap(content.array(), content.arrayOffset() + index, length);
        } else {
            final ByteBuffer inside = content.internalNioBuffer(index, length);
            view.wrap(inside, inside.position(), length);
        }
        return view;
    }

    private void pause(final ChannelHandlerContext ctx) {
        loop.counters().increment(Counter.READS_PAUSED);
        ctx.channel().config().setAutoRead(false);
        loop.lineSoon();
        ctx.executor().schedule(() -> retry(ctx), RETRY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void retry(final ChannelHandlerContext ctx) {
        if (loop.draining()) {
            releaseAll();
            return;
        }
        stampNs = loop.nanoTime();
        while (!held.isEmpty()) {
            if (!take(held.peekFirst())) {
                loop.lineSoon();
                ctx.executor().schedule(() -> retry(ctx), RETRY_MILLIS, TimeUnit.MILLISECONDS);
                return;
            }
            held.removeFirst();
        }
        loop.lineSoon();
        ctx.channel().config().setAutoRead(true);
    }

    private void releaseAll() {
        while (!held.isEmpty()) {
            held.removeFirst().release();
        }
    }
}
