package io.luyun.simulator.link;

import com.google.protobuf.CodedOutputStream;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.EventLoop;
import io.netty.util.ReferenceCountUtil;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who means harm: connects, does the same again and again, and comes again whenever the server closes. All methods are called on its
 * event loop; its counts are read there, too.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of a channel comes back as its events
public final class Intruder {
    private static final int GARBAGE_BYTES = 512;
    private static final int GIANT_BYTES = 1 << 30;
    private static final int SLOW_BYTES = 1_000;
    private static final long NANOS = 1_000_000_000;

    private final ClientLoops loops;
    private final EventLoop loop;
    private final Manner manner;
    private final Random random;
    private final long everyNs;
    private @Nullable Channel channel;
    private boolean connecting;
    private boolean closed;
    private long connections;
    private long thrownOut;

    /** What is done on a connection. */
    public enum Deed {
        /** Random bytes. */
        GARBAGE,
        /** The length of a frame, and then a byte now and then. */
        SLOW_FRAME,
        /** The length of a frame that is longer than any. */
        GIANT_FRAME,
        /** A hello with a token that is wrong. */
        WRONG_TOKEN,
        /** Nothing. */
        SILENT
    }

    /**
     * How one behaves.
     *
     * @param deed what is done
     * @param perSecond how often, and how often it tries to connect at most
     * @param seed of what is random
     * @param deviceId whom it pretends to be
     */
    public record Manner(Deed deed, double perSecond, long seed, String deviceId) {}

    Intruder(final ClientLoops loops, final EventLoop loop, final Manner manner) {
        this.loops = loops;
        this.loop = loop;
        this.manner = manner;
        random = new Random(manner.seed());
        everyNs = (long) (NANOS / manner.perSecond());
    }

    /** Begins, at some time within its period. */
    public void start() {
        loop.schedule(this::turn, (long) (random.nextDouble() * everyNs), TimeUnit.NANOSECONDS);
    }

    /** Ends. */
    public void close() {
        closed = true;
        if (channel != null) {
            channel.close();
        }
    }

    /** Connections it has had. */
    public long connections() {
        return connections;
    }

    /** Connections the server has closed. */
    public long thrownOut() {
        return thrownOut;
    }

    private void turn() {
        if (closed) {
            return;
        }
        if (connecting) {
            loop.schedule(this::turn, everyNs, TimeUnit.NANOSECONDS);
            return;
        }
        if (channel == null) {
            connecting = true;
            loops.connect(loop, pipeline -> pipeline.addLast(new Watch())).addListener(done -> {
                if (!done.isSuccess()) {
                    connecting = false;
                }
            });
        } else {
            channel.writeAndFlush(bytes(false));
        }
        loop.schedule(this::turn, everyNs, TimeUnit.NANOSECONDS);
    }

    private ByteBuf bytes(final boolean first) {
        return switch (manner.deed()) {
            case GARBAGE -> garbage();
            case SLOW_FRAME -> first ? length(SLOW_BYTES) : Unpooled.wrappedBuffer(new byte[1]);
            case GIANT_FRAME -> length(GIANT_BYTES);
            case WRONG_TOKEN -> Frames.of(loops.allocator(), hello());
            case SILENT -> Unpooled.EMPTY_BUFFER;
        };
    }

    private ByteBuf garbage() {
        final byte[] bytes = new byte[GARBAGE_BYTES];
        random.nextBytes(bytes);
        return Unpooled.wrappedBuffer(bytes);
    }

    private static ByteBuf length(final int value) {
        final byte[] bytes = new byte[CodedOutputStream.computeUInt32SizeNoTag(value)];
        int rest = value;
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ((rest & 0x7F) | (i < bytes.length - 1 ? 0x80 : 0));
            rest >>>= 7;
        }
        return Unpooled.wrappedBuffer(bytes);
    }

    private DeviceFrame hello() {
        return DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(manner.deviceId())
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(1)
                        .setToken("wrong")
                        .setAgent("luyun intruder"))
                .build();
    }

    /** Hears of its connection's end; what the server says it does not care for. */
    private final class Watch extends ChannelInboundHandlerAdapter {
        @Override
        public void channelActive(final ChannelHandlerContext context) {
            connecting = false;
            if (closed) {
                context.close();
                return;
            }
            connections++;
            channel = context.channel();
            context.writeAndFlush(bytes(true));
        }

        @Override
        public void channelRead(final ChannelHandlerContext context, final Object message) {
            ReferenceCountUtil.release(message);
        }

        @Override
        public void channelInactive(final ChannelHandlerContext context) {
            if (context.channel().equals(channel)) {
                channel = null;
                thrownOut += closed ? 0 : 1;
            }
        }

        @Override
        public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
            context.close(); // a reset is an end like any other here
        }
    }
}
