package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Ack;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.Rsi;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import io.luyun.proto.v1.Welcome;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.awaitility.Awaitility;

/** A device over a plain socket with plain protobuf; a thread of its own collects what the server sends. */
public final class TestDevice implements AutoCloseable {
    private final Socket socket;
    private final OutputStream out;
    private final Thread reader;
    private final List<ServerFrame> frames = new ArrayList<>();
    private boolean ended;

    private TestDevice(final int port, final int receiveBufferBytes, final boolean reads) throws IOException {
        socket = new Socket();
        if (receiveBufferBytes > 0) {
            socket.setReceiveBufferSize(receiveBufferBytes);
        }
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 5_000);
        socket.setTcpNoDelay(true);
        out = socket.getOutputStream();
        reader = new Thread(this::read, "test-device");
        reader.setDaemon(true);
        if (reads) {
            reader.start();
        }
    }

    /** Connects and says hello; the session is open when this returns. */
    public static TestDevice open(final int port, final String id, final Role role, final long bootEpoch)
            throws IOException {
        final TestDevice device = new TestDevice(port, 0, true);
        device.hello(id, role, bootEpoch);
        device.welcome();
        return device;
    }

    /** Connects with small buffers and, after the welcome, reads nothing until {@link #startReading}. */
    static TestDevice deaf(final int port, final String id, final Role role) throws IOException {
        final TestDevice device = new TestDevice(port, 4_096, false);
        device.hello(id, role, 1);
        final ServerFrame first = ServerFrame.parseDelimitedFrom(device.socket.getInputStream());
        assertThat(first.hasWelcome()).isTrue();
        device.keep(first);
        return device;
    }

    void startReading() {
        reader.start();
    }

    private void hello(final String id, final Role role, final long bootEpoch) {
        send(DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(id)
                        .setRole(role)
                        .setBootEpoch(bootEpoch)
                        .setAckLevel(AckLevel.ACK_LEVEL_SYNCED)));
    }

    Welcome welcome() {
        return await(ServerFrame::hasWelcome).getWelcome();
    }

    public void send(final long number, final Bsm bsm) {
        send(DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(number).setBsm(bsm)));
    }

    public void send(final long number, final Rsi rsi) {
        send(DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(number).setRsi(rsi)));
    }

    void subscribe(final Subscribe.Builder subscribe) {
        send(DeviceFrame.newBuilder().setSubscribe(subscribe));
    }

    void send(final DeviceFrame.Builder frame) {
        try {
            frame.build().writeDelimitedTo(out);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until everything up to the number is acknowledged. */
    public void awaitAck(final long number) {
        await(frame -> frame.hasAck() && frame.getAck().getUpTo() >= number);
    }

    /** The first alert of this kind and state, which may have come before. */
    AlertDelivery awaitAlert(final AlertKind kind, final AlertState state) {
        return await(frame -> frame.hasAlert()
                        && frame.getAlert().getAlert().getKind() == kind
                        && frame.getAlert().getAlert().getState() == state)
                .getAlert();
    }

    /** The first frame that fits, which may have come before. */
    ServerFrame await(final Predicate<ServerFrame> wanted) {
        return Awaitility.await()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> frames().stream().filter(wanted).findFirst(), Optional::isPresent)
                .orElseThrow();
    }

    synchronized List<ServerFrame> frames() {
        return List.copyOf(frames);
    }

    synchronized boolean ended() {
        return ended;
    }

    List<AlertDelivery> alerts() {
        return frames().stream()
                .filter(ServerFrame::hasAlert)
                .map(ServerFrame::getAlert)
                .toList();
    }

    long lastAck() {
        return frames().stream()
                .filter(ServerFrame::hasAck)
                .map(ServerFrame::getAck)
                .mapToLong(Ack::getUpTo)
                .max()
                .orElse(0);
    }

    @Override
    public void close() {
        try {
            socket.close();
            reader.join(5_000);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        assertThat(reader.isAlive()).isFalse();
    }

    private void read() {
        try {
            ServerFrame frame = ServerFrame.parseDelimitedFrom(socket.getInputStream());
            while (frame != null) {
                keep(frame);
                frame = ServerFrame.parseDelimitedFrom(socket.getInputStream());
            }
        } catch (final IOException e) {
            // the connection has been closed, by us or by the server
        }
        end();
    }

    private synchronized void keep(final ServerFrame frame) {
        frames.add(frame);
    }

    private synchronized void end() {
        ended = true;
    }
}
