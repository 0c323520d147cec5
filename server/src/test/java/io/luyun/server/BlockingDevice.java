package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;

/**
 * A vehicle whose one thread sends and then waits for acknowledgements, for tests that send much. A refusal or a notice
 * fails the test; the end of the connection is an {@link EOFException} or a {@link java.net.SocketException}.
 */
final class BlockingDevice implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 60_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private final long lastNumber;

    private BlockingDevice(final Socket socket, final Hello hello) throws IOException {
        this.socket = socket;
        in = new BufferedInputStream(socket.getInputStream());
        out = new BufferedOutputStream(socket.getOutputStream(), 64 << 10);
        DeviceFrame.newBuilder().setHello(hello).build().writeDelimitedTo(out);
        out.flush();
        final ServerFrame welcome = read();
        assertThat(welcome.hasWelcome()).as("%s", welcome).isTrue();
        lastNumber = welcome.getWelcome().getLastNumber();
    }

    /** Connects and says hello; the session is open when this returns. */
    static BlockingDevice open(final int port, final String id, final long bootEpoch, final AckLevel level)
            throws IOException {
        final Socket socket = new Socket();
        try {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.setTcpNoDelay(true);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), TIMEOUT_MILLIS);
            return new BlockingDevice(
                    socket,
                    Hello.newBuilder()
                            .setProtocol(1)
                            .setDeviceId(id)
                            .setRole(Role.ROLE_OBU)
                            .setBootEpoch(bootEpoch)
                            .setAckLevel(level)
                            .build());
        } catch (final IOException | AssertionError e) {
            socket.close();
            throw e;
        }
    }

    /** The number the server said it had when the session opened. */
    long lastNumber() {
        return lastNumber;
    }

    /** Puts a message behind those that {@link #flush} sends. */
    void send(final long number, final Bsm bsm) throws IOException {
        DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(number).setBsm(bsm))
                .build()
                .writeDelimitedTo(out);
    }

    void flush() throws IOException {
        out.flush();
    }

    /** Waits for the next acknowledgement and returns its number. */
    long awaitAck() throws IOException {
        ServerFrame frame = read();
        while (!frame.hasAck()) {
            assertThat(frame.hasError() || frame.hasNotice()).as("%s", frame).isFalse();
            frame = read();
        }
        return frame.getAck().getUpTo();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** Waits for the next frame, whatever it is. */
    ServerFrame read() throws IOException {
        int length = 0;
        int shift = 0;
        int next = readByte();
        while (next >= 0x80) {
            length |= (next & 0x7F) << shift;
            shift += 7;
            next = readByte();
        }
        length |= next << shift;
        final byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return ServerFrame.parseFrom(bytes);
    }

    private int readByte() throws IOException {
        final int read = in.read();
        if (read < 0) {
            throw new EOFException();
        }
        return read;
    }
}
