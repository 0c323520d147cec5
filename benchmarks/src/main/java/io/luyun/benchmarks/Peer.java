package io.luyun.benchmarks;

import com.google.protobuf.TextFormat;
import io.luyun.proto.v1.Ack;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ServerFrame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/**
 * One connection of the generator, and what has come back on it: acknowledgements from the server, bytes from an echo.
 * Owned by the generator's thread; its buffer keeps the frame that has not come whole.
 */
final class Peer {
    private static final int BUFFER_BYTES = 65_536;
    private static final byte ACK_TAG = ServerFrame.ACK_FIELD_NUMBER << 3 | 2;
    private static final byte UP_TO_TAG = Ack.UP_TO_FIELD_NUMBER << 3;

    private final SocketChannel channel;
    private final boolean echo;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long sentBytes;
    private long receivedBytes;
    private long lastNumber;
    private long ackedNumber;
    private long refused;
    private String firstRefusal = "";

    Peer(final SocketChannel channel, final boolean echo) {
        this.channel = channel;
        this.echo = echo;
    }

    /** Writes the whole frame, waiting for room where there is none; returns how often it had to wait. */
    int send(final ByteBuffer frame, final long number) throws IOException {
        sentBytes += frame.remaining();
        lastNumber = number;
        int waits = 0;
        channel.write(frame);
        while (frame.hasRemaining()) {
            waits++;
            receive();
            Thread.onSpinWait();
            channel.write(frame);
        }
        return waits;
    }

    /** Reads what is there. */
    void receive() throws IOException {
        final int read = channel.read(in);
        if (read < 0) {
            throw new IOException("the server has closed the connection");
        }
        if (read == 0) {
            return;
        }
        receivedBytes += read;
        in.flip();
        if (echo) {
            in.position(in.limit());
        } else {
            takeFrames();
        }
        in.compact();
    }

    /** Whether everything sent has been answered. */
    boolean settled() {
        return echo ? receivedBytes == sentBytes : ackedNumber == lastNumber;
    }

    /** Frames answered with an error. */
    long refused() {
        return refused;
    }

    private void takeFrames() throws IOException {
        while (in.hasRemaining()) {
            final int start = in.position();
            final int length = (int) varint();
            if (length < 0 || length > in.remaining()) {
                in.position(start);
                return;
            }
            final int end = in.position() + length;
            if (length > 0 && in.get(in.position()) == ACK_TAG) {
                takeAck();
            } else {
                takeOther(ServerFrame.parseFrom(in.slice(in.position(), length)));
            }
            in.position(end);
        }
    }

    /** An acknowledgement, read here because there are many: tag, length, tag of the number, number. */
    private void takeAck() throws IOException {
        in.get();
        if (varint() < 0 || in.get() != UP_TO_TAG) {
            throw new IOException("not an acknowledgement as the server writes it");
        }
        ackedNumber = Math.max(ackedNumber, varint());
    }

    private void takeOther(final ServerFrame frame) throws IOException {
        if (frame.hasError()) {
            final Error error = frame.getError();
            refused++;
            if (firstRefusal.isEmpty()) {
                firstRefusal = TextFormat.printer().emittingSingleLine(true).printToString(error);
            }
            if (error.getCloses()) {
                throw new IOException("closed after " + refused + " refusals, the first of which: " + firstRefusal);
            }
        }
    }

    /** A varint, or -1 when it has not come whole. */
    private long varint() {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE && in.hasRemaining(); shift += 7) {
            final byte b = in.get();
            value |= (b & 0x7fL) << shift;
            if (b >= 0) {
                return value;
            }
        }
        return -1;
    }
}
