package io.luyun.benchmarks.torture.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between clients and a server and does to their bytes what the {@link Weather} says. Each direction of a connection has a
 * virtual thread of its own; weather and ends may come from any thread.
 */
public final class TcpRelay implements Closeable {
    private static final int CHUNK = 8 << 10;
    private static final int BACKLOG = 4_096;
    private static final long HELD_LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
    private static final double NANOS = 1e9;

    private final Upstream upstream;
    private final ServerSocket listener;
    private final Random random;
    private final Set<Pair> pairs = ConcurrentHashMap.newKeySet();
    /** Sockets whose other side has vanished: open, and silent, until the relay is closed. */
    private final Set<Socket> vanished = ConcurrentHashMap.newKeySet();

    private final AtomicLong connections = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private volatile Weather weather = Weather.FAIR;

    /** Opens the far side of a connection. */
    public interface Upstream {
        Socket open() throws IOException;
    }

    /** How a connection ends. */
    public enum End {
        /** Both sides are reset. */
        RESET,
        /** The client is reset; the server never hears of it. */
        VANISH
    }

    /** Two sockets and how many bytes may still pass between them. */
    private static final class Pair {
        final Socket client;
        final Socket server;
        final AtomicLong left;

        Pair(final Socket client, final Socket server, final long left) {
            this.client = client;
            this.server = server;
            this.left = new AtomicLong(left);
        }
    }

    public TcpRelay(final Upstream upstream, final long seed) throws IOException {
        this.upstream = upstream;
        random = new Random(seed);
        listener = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("relay").start(this::accept);
    }

    /** To a server on this port of loopback. */
    static TcpRelay to(final int port, final long seed) throws IOException {
        return new TcpRelay(() -> new Socket(InetAddress.getLoopbackAddress(), port), seed);
    }

    public InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), listener.getLocalPort());
    }

    public void weather(final Weather next) {
        weather = next;
    }

    /** Connections taken until now. */
    public long connections() {
        return connections.get();
    }

    /** Connections the relay has ended. */
    public long ended() {
        return ended.get();
    }

    /** Ends all connections there are. */
    public void end(final End how) {
        for (final Pair pair : pairs) {
            end(pair, how);
        }
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                final Socket client = listener.accept();
                connections.incrementAndGet();
                Thread.ofVirtual().name("relay-connect").start(() -> join(client));
            } catch (final IOException e) {
                if (!listener.isClosed()) {
                    throw new IllegalStateException("the relay takes no more connections", e);
                }
            }
        }
    }

    private void join(final Socket client) {
        try {
            awaitRelease();
            final Socket server = upstream.open();
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            final int within = weather.cutWithinBytes();
            final Pair pair = new Pair(client, server, within == 0 ? Long.MAX_VALUE : 1 + draw(within));
            pairs.add(pair);
            Thread.ofVirtual().name("relay-up").start(() -> pump(pair, client, server));
            pump(pair, server, client);
        } catch (final IOException e) {
            // the server is gone: so is this client's connection, as it would be without a relay
            reset(client);
        }
    }

    private synchronized int draw(final int below) {
        return random.nextInt(below);
    }

    private void pump(final Pair pair, final Socket from, final Socket to) {
        final byte[] chunk = new byte[CHUNK];
        try {
            final InputStream in = from.getInputStream();
            final OutputStream out = to.getOutputStream();
            for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
                awaitRelease();
                final Weather now = weather;
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(now.delayMillis()));
                if (now.bytesPerSecond() > 0) {
                    LockSupport.parkNanos((long) (NANOS * length / now.bytesPerSecond()));
                }
                final long before = pair.left.getAndAdd(-length);
                out.write(chunk, 0, Math.clamp(before, 0, length));
                if (before <= length) {
                    end(pair, End.RESET);
                    return;
                }
            }
            to.shutdownOutput();
        } catch (final IOException e) {
            // one side is gone; the other is told in the same way
            if (pairs.contains(pair)) {
                end(pair, End.RESET);
            }
        }
    }

    private void awaitRelease() throws IOException {
        while (weather.held()) {
            if (listener.isClosed()) {
                throw new IOException("the relay is closed");
            }
            LockSupport.parkNanos(HELD_LOOK_NANOS);
        }
    }

    private void end(final Pair pair, final End how) {
        if (pairs.remove(pair)) {
            ended.incrementAndGet();
        }
        reset(pair.client);
        if (how == End.VANISH) {
            vanished.add(pair.server);
        } else {
            reset(pair.server);
        }
    }

    private static void reset(final Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (final IOException e) {
            // it was closed before, which is all that is wanted
            return;
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        end(End.RESET);
        vanished.forEach(TcpRelay::reset);
    }
}
