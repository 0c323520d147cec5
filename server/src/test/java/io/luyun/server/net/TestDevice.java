package io.luyun.server.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.ErrorCode;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.NoticeCode;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Welcome;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;

/** A device with a blocking socket, speaking through protobuf-java alone. */
final class TestDevice implements AutoCloseable {
    private static final int READ_TIMEOUT_MILLIS = 5_000;

    private final Socket socket;
    private final InputStream in;
    private final OutputStream out;
    private Welcome welcome = Welcome.getDefaultInstance();

    TestDevice(final Socket socket) throws IOException {
        this.socket = socket;
        socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
        out = socket.getOutputStream();
    }

    static TestDevice connect(final int port) throws IOException {
        return new TestDevice(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static Hello.Builder helloOf(final String id, final Role role) {
        return Hello.newBuilder().setProtocol(1).setDeviceId(id).setRole(role).setBootEpoch(7);
    }

    static Bsm.Builder bsm(final int secMark) {
        return Bsm.newBuilder()
                .setMsgCnt(1)
                .setId(ByteString.copyFrom(new byte[] {1, 2, 3, 4, 5, 6, 7, 8}))
                .setSecMark(secMark)
                .setPos(Position.newBuilder().setLat(296000000).setLon(1063000000))
                .setSpeed(500)
                .setHeading(1000);
    }

    static DeviceFrame frame(final long number, final Bsm.Builder bsm) {
        return DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(number).setBsm(bsm))
                .build();
    }

    static byte[] bytes(final DeviceFrame... frames) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (final DeviceFrame frame : frames) {
            frame.writeDelimitedTo(bytes);
        }
        return bytes.toByteArray();
    }

    TestDevice hello(final String id, final Role role) throws IOException {
        return hello(helloOf(id, role));
    }

    TestDevice hello(final String id, final Role role, final AckLevel level) throws IOException {
        return hello(helloOf(id, role).setAckLevel(level));
    }

    TestDevice hello(final Hello.Builder hello) throws IOException {
        sendHello(hello);
        final ServerFrame frame = read();
        assertThat(frame.hasWelcome()).as("%s", frame).isTrue();
        welcome = frame.getWelcome();
        return this;
    }

    void sendHello(final Hello.Builder hello) throws IOException {
        send(DeviceFrame.newBuilder().setHello(hello).build());
    }

    Welcome welcome() {
        return welcome;
    }

    void send(final DeviceFrame... frames) throws IOException {
        send(bytes(frames));
    }

    void send(final byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    ServerFrame read() throws IOException {
        final ServerFrame frame = ServerFrame.parseDelimitedFrom(in);
        assertThat(frame).as("a frame, not the end").isNotNull();
        return frame;
    }

    void expectAck(final long upTo) throws IOException {
        long last = 0;
        while (last < upTo) {
            final ServerFrame frame = read();
            assertThat(frame.hasAck()).as("%s", frame).isTrue();
            assertThat(frame.getAck().getUpTo()).isGreaterThan(last);
            last = frame.getAck().getUpTo();
        }
        assertThat(last).isEqualTo(upTo);
    }

    Error expectError(final ErrorCode code) throws IOException {
        ServerFrame frame = read();
        while (frame.hasAck()) {
            frame = read();
        }
        assertThat(frame.getError().getCode()).as("%s", frame).isEqualTo(code);
        return frame.getError();
    }

    void expectNotice(final NoticeCode code) throws IOException {
        ServerFrame frame = read();
        while (frame.hasAck()) {
            frame = read();
        }
        assertThat(frame.getNotice().getCode()).as("%s", frame).isEqualTo(code);
    }

    void expectClosed() throws IOException {
        try {
            ServerFrame frame = ServerFrame.parseDelimitedFrom(in);
            while (frame != null && frame.hasAck()) {
                frame = ServerFrame.parseDelimitedFrom(in);
            }
            assertThat(frame).as("the end").isNull();
        } catch (final SocketException e) {
            assertThat(e).hasMessageContaining("reset");
        }
    }

    void expectSilence(final int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            assertThat(in.read()).as("nothing to be read").isEqualTo(-2);
        } catch (final java.net.SocketTimeoutException e) {
            assertThat(e).isNotNull();
        } finally {
            socket.setSoTimeout(READ_TIMEOUT_MILLIS);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
