package io.luyun.benchmarks;

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

    private final SocketChannel channel;
    private final boolean echo;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER_BYTES);
    private long sentBytes;
    private long receivedBytes;
    private long lastNumber;
    private long ackedNumber;
    private long refused;

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

    long refused() {
        return refused;
    }

    private void takeFrames() throws IOException {
        while (in.hasRemaining()) {
            final int start = in.position();
            final int length = varint();
            if (length < 0 || length > in.remaining()) {
                in.position(start);
                return;
            }
            final ServerFrame frame = ServerFrame.parseFrom(in.slice(in.position(), length));
            in.position(in.position() + length);
            if (frame.hasAck()) {
                ackedNumber = Math.max(ackedNumber, frame.getAck().getUpTo());
            } else if (frame.hasError()) {
                final Error error = frame.getError();
                refused++;
                if (error.getCloses()) {
                    throw new IOException("refused: " + error);
                }
            }
        }
    }

    /** The length in front of a frame, or -1 when it has not come whole. */
    private int varint() {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE && in.hasRemaining(); shift += 7) {
            final byte b = in.get();
            value |= (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        return -1;
    }
}
