package io.luyun.benchmarks.torture.crowd;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Heartbeat;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import io.luyun.proto.v1.Subscribe;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Subscribers to everything, which read it, or stop to: every other one then reads a byte a second and the rest nothing, while all give
 * signs of life. Whoever is shown out comes again. A virtual thread each.
 */
public final class Laggards implements AutoCloseable {
    private static final int RECEIVE_BYTES = 16 << 10;
    private static final int CHUNK = 64 << 10;
    private static final int TIMEOUT_MILLIS = 30_000;
    private static final long SIGN_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long TURN_NANOS = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long END_MILLIS = 5_000;
    private static final double NANOS = 1e9;

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong shownOut = new AtomicLong();
    private final AtomicLong unjust = new AtomicLong();
    private final AtomicLong longestNs = new AtomicLong();
    private final AtomicInteger reading = new AtomicInteger();
    private final InetSocketAddress server;
    private volatile boolean lagging;
    private volatile boolean ending;

    /** So many, who read. */
    public Laggards(final int port, final int count) {
        server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofVirtual().unstarted(new Laggard(i)));
        }
        threads.forEach(Thread::start);
    }

    /** How many read now. */
    int reading() {
        return reading.get();
    }

    /** From now on they do not read, or they read again, over new connections. */
    public void lag(final boolean now) {
        lagging = now;
    }

    /** How often one that did not read was shown out. */
    public long shownOut() {
        return shownOut.get();
    }

    /** How often one that did read was. */
    long unjust() {
        return unjust.get();
    }

    /** The longest time one that did not read was borne, whether it was shown out then or not; s. */
    double longestSeconds() {
        return longestNs.get() / NANOS;
    }

    private final class Laggard implements Runnable {
        private final int index;
        private final byte[] chunk = new byte[CHUNK];
        private long epoch = System.currentTimeMillis();
        private long signNs;

        Laggard(final int index) {
            this.index = index;
        }

        @Override
        public void run() {
            while (!ending) {
                boolean good = true;
                try (Socket socket = new Socket()) {
                    socket.setReceiveBufferSize(RECEIVE_BYTES);
                    socket.connect(server, TIMEOUT_MILLIS);
                    socket.setSoTimeout(TIMEOUT_MILLIS);
                    begin(socket);
                    reading.incrementAndGet();
                    try {
                        read(socket);
                    } finally {
                        reading.decrementAndGet();
                    }
                    good = false;
                    lag(socket);
                } catch (final IOException e) {
                    // shown out while it read is a trouble; otherwise it is what must happen
                    if (good && !ending) {
                        unjust.incrementAndGet();
                    }
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        private void begin(final Socket socket) throws IOException {
            final OutputStream out = socket.getOutputStream();
            DeviceFrame.newBuilder()
                    .setHello(Hello.newBuilder()
                            .setProtocol(1)
                            .setDeviceId("laggard-" + index)
                            .setRole(Role.ROLE_OBSERVER)
                            .setBootEpoch(++epoch)
                            .setAckLevel(AckLevel.ACK_LEVEL_RECEIVED))
                    .build()
                    .writeDelimitedTo(out);
            final @Nullable ServerFrame welcome = ServerFrame.parseDelimitedFrom(socket.getInputStream());
            if (welcome == null || !welcome.hasWelcome()) {
                throw new IOException("laggard-" + index + " is not welcome: " + welcome);
            }
            DeviceFrame.newBuilder()
                    .setSubscribe(Subscribe.newBuilder().setSubscriptionId(1))
                    .build()
                    .writeDelimitedTo(out);
        }

        private void read(final Socket socket) throws IOException {
            final InputStream in = socket.getInputStream();
            while (!lagging && !ending) {
                if (in.read(chunk) < 0) {
                    throw new EOFException();
                }
                sign(socket);
            }
        }

        private void lag(final Socket socket) throws IOException {
            final long beganNs = System.nanoTime();
            try {
                while (lagging && !ending) {
                    LockSupport.parkNanos(TURN_NANOS);
                    if (sign(socket)
                            && index % 2 == 0
                            && socket.getInputStream().read() < 0) {
                        throw new EOFException();
                    }
                }
            } catch (final IOException e) {
                shownOut.incrementAndGet();
                throw e;
            } finally {
                longestNs.accumulateAndGet(System.nanoTime() - beganNs, Math::max);
            }
        }

        /** A sign of life a second; true when it was time for one. */
        private boolean sign(final Socket socket) throws IOException {
            final long nowNs = System.nanoTime();
            if (nowNs - signNs < SIGN_NANOS) {
                return false;
            }
            signNs = nowNs;
            DeviceFrame.newBuilder()
                    .setHeartbeat(Heartbeat.newBuilder().setDeviceTimeNs(nowNs))
                    .build()
                    .writeDelimitedTo(socket.getOutputStream());
            return true;
        }
    }

    @Override
    public void close() {
        ending = true;
        lagging = true;
        try {
            for (final Thread thread : threads) {
                thread.join(Duration.ofMillis(END_MILLIS));
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
