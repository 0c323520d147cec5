package io.luyun.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.server.monitor.Counter;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;

/** Connects, sends what is wrong in one of several ways, waits for the end and connects again. One thread. */
final class Nuisance {
    private static final int FORMS = 6;
    private static final int TIMEOUT_MILLIS = 60_000;

    private final int port;
    private final Random random;
    private final TestClock clock;
    private final Map<Counter, Integer> earned = new EnumMap<>(Counter.class);

    Nuisance(final int port, final Random random, final TestClock clock) {
        this.port = port;
        this.random = random;
        this.clock = clock;
    }

    /** Connects so many times. */
    void run(final int times) throws IOException {
        for (int i = 0; i < times; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                socket.setSoTimeout(TIMEOUT_MILLIS);
                send(i % FORMS, socket);
                socket.shutdownOutput();
                socket.getInputStream().transferTo(OutputStream.nullOutputStream());
            } catch (final SocketException e) {
                assertThat(e).hasMessageMatching(".*(reset|pipe).*");
            }
        }
    }

    /** How often it must have been refused, at least, and why; when the run is over. */
    Map<Counter, Integer> earned() {
        return earned;
    }

    private void send(final int form, final Socket socket) throws IOException {
        final OutputStream out = socket.getOutputStream();
        final Bsm good = Messages.bsm(9_999, clock.secMark(), 0, 0);
        switch (form) {
            case 0 -> out.write(garbage());
            case 1 -> {
                hello(socket);
                out.write(garbage());
            }
            case 2 -> {
                hello(socket);
                // 65,537 as a varint
                out.write(new byte[] {(byte) 0x81, (byte) 0x80, 0x04});
                earn(Counter.REFUSED_FRAME_TOO_LONG);
            }
            case 3 -> {
                hello(socket);
                out.write(new byte[] {3, -1, -1, -1});
                earn(Counter.REFUSED_MALFORMED);
            }
            case 4 -> {
                message(good).writeDelimitedTo(out);
                earn(Counter.REFUSED_OUT_OF_ORDER);
            }
            default -> {
                hello(socket);
                message(good.toBuilder()
                                .setSpeed(8_191 + random.nextInt(10_000))
                                .build())
                        .writeDelimitedTo(out);
                earn(Counter.REFUSED_OUT_OF_RANGE);
            }
        }
    }

    private void earn(final Counter reason) {
        earned.merge(reason, 1, Integer::sum);
    }

    private byte[] garbage() {
        final byte[] bytes = new byte[1 + random.nextInt(20_000)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static void hello(final Socket socket) throws IOException {
        DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId("nuisance")
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(1))
                .build()
                .writeDelimitedTo(socket.getOutputStream());
        assertThat(ServerFrame.parseDelimitedFrom(socket.getInputStream()).hasWelcome())
                .isTrue();
    }

    private static DeviceFrame message(final Bsm bsm) {
        return DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(Long.MAX_VALUE / 4).setBsm(bsm))
                .build();
    }
}
