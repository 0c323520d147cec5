package io.luyun.benchmarks.torture;

import com.google.protobuf.ByteString;
import com.google.protobuf.TextFormat;
import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.Bsm;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Message;
import io.luyun.proto.v1.Position;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.TransmissionState;
import io.luyun.proto.v1.VehicleSize;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A vehicle that outlives the server: it keeps what was not answered and sends it again, with the same numbers and bytes, to
 * the server that comes next. Each call of {@link #run} is one connection; one thread at a time.
 */
public final class Vehicle {
    private static final TextFormat.Printer ONE_LINE = TextFormat.printer().emittingSingleLine(true);
    private static final long BOOT_EPOCH = 7;
    private static final int WINDOW = 64;
    private static final int TIMEOUT_MILLIS = 60_000;
    private static final int MINUTE_MILLIS = 60_000;
    private static final double DEGREE_E7_PER_METRE = 90.0;

    private final int window;
    private final int vehicle;
    private final AckLevel level;
    private final Ledger ledger;
    private final Deque<byte[]> unanswered = new ArrayDeque<>();
    private volatile boolean leaving;
    private volatile @Nullable Socket socket;

    public Vehicle(final int vehicle, final AckLevel level) {
        this(vehicle, level, WINDOW);
    }

    /**
     * With more or less patience.
     *
     * @param window how many messages it sends before it waits for an answer
     */
    public Vehicle(final int vehicle, final AckLevel level, final int window) {
        this.window = window;
        this.vehicle = vehicle;
        this.level = level;
        ledger = new Ledger("torture-" + vehicle);
    }

    public Ledger ledger() {
        return ledger;
    }

    /**
     * Sends as fast as acknowledgements allow, until the connection breaks or it is told to leave.
     *
     * @param onAcknowledged hears how many messages each acknowledgement was for
     * @throws IOException why the connection broke
     */
    public void run(final InetSocketAddress server, final Meter onAcknowledged) throws IOException {
        leaving = false;
        try (Socket open = new Socket()) {
            socket = open;
            open.setSoTimeout(TIMEOUT_MILLIS);
            open.setTcpNoDelay(true);
            open.connect(server, TIMEOUT_MILLIS);
            final InputStream in = new BufferedInputStream(open.getInputStream());
            final OutputStream out = new BufferedOutputStream(open.getOutputStream(), 64 << 10);
            greet(in, out);
            int last = ledger.acknowledged();
            while (!leaving || last > ledger.acknowledged()) {
                while (!leaving && last < ledger.acknowledged() + window) {
                    send(++last, out);
                }
                out.flush();
                onAcknowledged.add(awaitAnswer(in));
            }
        } finally {
            socket = null;
        }
    }

    /** Whoever waits for acknowledgements. */
    public interface Meter {
        void add(int acknowledged);
    }

    /** Any thread: sends nothing more, and goes when everything is answered. */
    public void leave() {
        leaving = true;
    }

    /** Any thread: breaks the connection. */
    public void breakOff() throws IOException {
        final @Nullable Socket open = socket;
        if (open != null) {
            open.close();
        }
    }

    private void greet(final InputStream in, final OutputStream out) throws IOException {
        DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId(ledger.device())
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(BOOT_EPOCH)
                        .setAckLevel(level))
                .build()
                .writeDelimitedTo(out);
        out.flush();
        final ServerFrame welcome = read(in);
        if (!welcome.hasWelcome()) {
            throw new IOException(ledger.device() + " is not welcome: " + ONE_LINE.printToString(welcome));
        }
        // what the journal has need not be sent again, and is promised by that
        answered(welcome.getWelcome().getLastNumber());
    }

    private int awaitAnswer(final InputStream in) throws IOException {
        while (true) {
            final ServerFrame frame = read(in);
            if (frame.hasAck()) {
                return answered(frame.getAck().getUpTo());
            }
            if (frame.hasError()) {
                if (!frame.getError().hasNumber()) {
                    throw new IOException(ONE_LINE.printToString(frame.getError()));
                }
                ledger.onRefused(frame.getError().getNumber());
            }
        }
    }

    private int answered(final long upTo) {
        final int before = ledger.acknowledged();
        ledger.onAcknowledged(upTo);
        for (int number = before; number < upTo; number++) {
            unanswered.removeFirst();
        }
        return (int) upTo - before;
    }

    private void send(final int number, final OutputStream out) throws IOException {
        final int waiting = number - ledger.acknowledged() - 1;
        final byte[] payload;
        if (waiting < unanswered.size()) {
            payload = unanswered.stream().skip(waiting).findFirst().orElseThrow();
        } else {
            payload = bsm(number).toByteArray();
            unanswered.addLast(payload);
        }
        ledger.onSending(number, payload);
        DeviceFrame.newBuilder()
                .setMessage(Message.newBuilder().setNumber(number).setBsm(Bsm.parseFrom(payload)))
                .build()
                .writeDelimitedTo(out);
    }

    /** Every message has a place of its own, so that none can be taken for another. */
    private Bsm bsm(final int number) {
        return Bsm.newBuilder()
                .setMsgCnt(number % 128)
                .setId(ByteString.copyFrom(
                        ByteBuffer.allocate(Long.BYTES).putLong(vehicle).array()))
                .setSecMark((int) (System.currentTimeMillis() % MINUTE_MILLIS))
                .setPos(Position.newBuilder()
                        .setLat(296_000_000 + number)
                        .setLon(1_063_000_000 + (int) (vehicle * 100 * DEGREE_E7_PER_METRE)))
                .setTransmission(TransmissionState.TRANSMISSION_FORWARD_GEARS)
                .setSpeed(500)
                .setHeading(0)
                .setSize(VehicleSize.newBuilder().setWidth(180).setLength(450))
                .build();
    }

    private static ServerFrame read(final InputStream in) throws IOException {
        final @Nullable ServerFrame frame = ServerFrame.parseDelimitedFrom(in);
        if (frame == null) {
            throw new EOFException("the server has closed the connection");
        }
        return frame;
    }
}
