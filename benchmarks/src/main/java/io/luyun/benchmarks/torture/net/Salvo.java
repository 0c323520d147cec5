package io.luyun.benchmarks.torture.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bombs thrown at once, a connection each: what the server does not show out is held for a while, then taken back. Whoever throws
 * waits.
 */
final class Salvo {
    private static final int CONNECT_MILLIS = 10_000;
    private static final int CHUNK = 4_096;
    private static final long IN_AFTER_MILLIS = 5_000;

    private final List<Socket> sockets = new ArrayList<>();
    private final AtomicInteger shownOut = new AtomicInteger();
    private int cameIn;

    /**
     * A bomb.
     *
     * @param port of loopback
     * @param bytes all that is sent
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Bomb(int port, byte[] bytes) {}

    /** Throws them; none is there any more when this returns. */
    void fly(final List<Bomb> bombs, final Duration held) throws InterruptedException {
        final List<Thread> threads = new ArrayList<>();
        final CountDownLatch in = new CountDownLatch(bombs.size());
        for (final Bomb bomb : bombs) {
            final Socket socket = new Socket();
            sockets.add(socket);
            threads.add(Thread.startVirtualThread(() -> fly(bomb, socket, in)));
        }
        // Who is slowed down by the server may not come in at all.
        cameIn = in.await(IN_AFTER_MILLIS, TimeUnit.MILLISECONDS) ? bombs.size() : bombs.size() - (int) in.getCount();
        final long deadlineNs = System.nanoTime() + held.toNanos();
        for (final Thread thread : threads) {
            final long leftNs = deadlineNs - System.nanoTime();
            if (thread.isAlive() && (leftNs <= 0 || !thread.join(Duration.ofNanos(leftNs)))) {
                break;
            }
        }
        sockets.forEach(Salvo::close);
        for (final Thread thread : threads) {
            thread.join();
        }
    }

    /** How many were sent to their last octet, or ended before. */
    int cameIn() {
        return cameIn;
    }

    /** How many connections the server has ended. */
    int shownOut() {
        return shownOut.get();
    }

    private void fly(final Bomb bomb, final Socket socket, final CountDownLatch in) {
        try {
            try {
                socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), bomb.port()), CONNECT_MILLIS);
                socket.getOutputStream().write(bomb.bytes());
            } finally {
                in.countDown();
            }
            final byte[] answer = new byte[CHUNK];
            int read;
            do {
                read = socket.getInputStream().read(answer);
            } while (read >= 0);
            shownOut.incrementAndGet();
        } catch (final IOException e) {
            // a reset is an end, too; our own close is none
            shownOut.addAndGet(socket.isClosed() ? 0 : 1);
        }
    }

    private static void close(final Socket socket) {
        try {
            socket.close();
        } catch (final IOException e) {
            throw new IllegalStateException("a connection cannot be closed", e);
        }
    }
}
