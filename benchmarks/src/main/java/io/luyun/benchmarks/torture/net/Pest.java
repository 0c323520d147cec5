package io.luyun.benchmarks.torture.net;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * One connection that is up to no good; tells how long the server has borne it.
 *
 * @param port of loopback
 * @param first sent at once
 * @param drip then sent again and again, a byte of it a second; empty for silence
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Pest(int port, byte[] first, byte[] drip) implements Callable<Double> {
    private static final int CONNECT_MILLIS = 30_000;
    private static final int PAUSE_MILLIS = 1_000;
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final int CHUNK = 4_096;

    /**
     * Stands for a connection that never came about: where many come at once the kernel may forget one that has not been accepted
     * yet. The server never hears of it, and who says nothing is never told.
     */
    static final double FORGOTTEN = -1;

    /** Seconds from its connect until the server had closed it; infinite when it never did; or {@link #FORGOTTEN}. */
    @Override
    public Double call() throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_MILLIS);
            final long beginNs = System.nanoTime();
            socket.setSoTimeout(PAUSE_MILLIS);
            if (bother(socket, beginNs)) {
                return (System.nanoTime() - beginNs) * 1e-9;
            }
            return ServerSide.has(port, socket.getLocalPort()) ? Double.POSITIVE_INFINITY : FORGOTTEN;
        }
    }

    private boolean bother(final Socket socket, final long beginNs) {
        final byte[] answer = new byte[CHUNK];
        try {
            final OutputStream out = socket.getOutputStream();
            out.write(first);
            for (int turn = 0; System.nanoTime() - beginNs < MOST_NANOS; turn++) {
                if (endsWithin(socket, answer)) {
                    return true;
                }
                if (drip.length > 0) {
                    out.write(drip[turn % drip.length]);
                }
            }
            return false;
        } catch (final IOException e) {
            // a reset is an end, too
            return true;
        }
    }

    private static boolean endsWithin(final Socket socket, final byte[] answer) throws IOException {
        try {
            int read;
            do {
                read = socket.getInputStream().read(answer);
            } while (read >= 0);
            return true;
        } catch (final SocketTimeoutException e) {
            // still there after a second
            return false;
        }
    }
}
