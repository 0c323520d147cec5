package io.luyun.simulator.link;

import com.google.protobuf.InvalidProtocolBufferException;
import io.luyun.proto.v1.ServerFrame;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * Cuts what the server sends into frames and hands them to its client. Acknowledgements, nearly all of them, are read in
 * place; everything else goes through protobuf-java. Holds the bytes of a frame that has not come in whole.
 */
@SuppressWarnings("FutureReturnValueIgnored") // closing has no other outcome
final class FrameReader extends ChannelInboundHandlerAdapter {
    private static final int MAX_FRAME_BYTES = 4 << 20;
    private static final int INCOMPLETE = -1;
    private static final int ACK_TAG = ServerFrame.ACK_FIELD_NUMBER << 3 | 2;
    private static final int UP_TO_TAG = 1 << 3;

    private final DeviceClient client;
    private final int connection;
    private @Nullable ByteBuf rest;
    private long varint;

    /** For the connection of that number; the client pays no heed to one that is not its latest. */
    FrameReader(final DeviceClient client, final int connection) {
        this.client = client;
        this.connection = connection;
    }

    @Override
    public void channelActive(final ChannelHandlerContext context) {
        if (!client.usesTls()) {
            client.onConnected(connection, context.channel());
        }
    }

    @Override
    public void userEventTriggered(final ChannelHandlerContext context, final Object event) {
        if (event instanceof SslHandshakeCompletionEvent done && done.isSuccess()) {
            client.onConnected(connection, context.channel());
        }
    }

    @Override
    public void channelRead(final ChannelHandlerContext context, final Object message) throws Exception {
        ByteBuf in = (ByteBuf) message;
        if (rest != null) {
            rest.writeBytes(in);
            in.release();
            in = rest;
            rest = null;
        }
        client.onReadStart();
        try {
            while (client.listensTo(connection) && readFrame(in)) {
                // one frame each time
            }
            if (in.isReadable()) {
                rest = context.alloc().buffer(in.readableBytes() + 256).writeBytes(in);
            }
        } finally {
            in.release();
        }
    }

    @Override
    public void channelWritabilityChanged(final ChannelHandlerContext context) {
        client.onWritable();
    }

    @Override
    public void channelInactive(final ChannelHandlerContext context) {
        client.onDisconnected(connection, "the server closed the connection");
    }

    @Override
    public void exceptionCaught(final ChannelHandlerContext context, final Throwable cause) {
        if (cause.getCause() instanceof final SSLException refused) {
            client.onUntrusted(connection, DeviceClient.text(root(refused)));
        } else {
            client.onDisconnected(connection, DeviceClient.text(cause));
        }
        context.close();
    }

    @Override
    public void handlerRemoved(final ChannelHandlerContext context) {
        if (rest != null) {
            rest.release();
            rest = null;
        }
    }

    /** OpenSSL's adapter wraps what is wrong with a certificate in words that say nothing. */
    private static Throwable root(final Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }

    private boolean readFrame(final ByteBuf in) throws InvalidProtocolBufferException {
        final int start = in.readerIndex();
        final int after = readVarint(in, start, in.writerIndex());
        if (after == INCOMPLETE) {
            return false;
        }
        if (varint < 0 || varint > MAX_FRAME_BYTES) {
            throw new InvalidProtocolBufferException("a frame of " + varint + " bytes");
        }
        final int length = (int) varint;
        final int end = after + length;
        if (end > in.writerIndex()) {
            return false;
        }
        in.readerIndex(end);
        if (!readAck(in, after, end)) {
            client.onFrame(ServerFrame.parseFrom(in.nioBuffer(after, length)));
        }
        return true;
    }

    /** Exactly {@code ack { up_to }} and nothing else; anything else is left to protobuf. */
    private boolean readAck(final ByteBuf in, final int start, final int end) {
        if (end - start < 4
                || in.getByte(start) != ACK_TAG
                || in.getByte(start + 1) != end - start - 2
                || in.getByte(start + 2) != UP_TO_TAG
                || readVarint(in, start + 3, end) != end) {
            return false;
        }
        client.onAck(varint);
        return true;
    }

    /** Leaves the value in {@link #varint} and returns the index after it. */
    private int readVarint(final ByteBuf in, final int start, final int end) {
        long value = 0;
        for (int at = start, shift = 0; at < end && shift < Long.SIZE; at++, shift += 7) {
            final byte octet = in.getByte(at);
            value |= (octet & 0x7fL) << shift;
            if (octet >= 0) {
                varint = value;
                return at + 1;
            }
        }
        return INCOMPLETE;
    }
}
