package io.luyun.benchmarks.torture.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/** Connections that say nothing, as many as there are to be had. One thread. */
final class Swarm implements Closeable {
    private static final int CONNECT_MILLIS = 500;

    private final List<Socket> sockets = new ArrayList<>();
    private long failed;

    /** Opens so many more to this port of loopback; those that do not come about are counted. */
    void grow(final int port, final int count) {
        final InetSocketAddress server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        for (int i = 0; i < count; i++) {
            final Socket socket = new Socket();
            try {
                socket.connect(server, CONNECT_MILLIS);
                sockets.add(socket);
            } catch (final IOException e) {
                failed++;
                close(socket);
            }
        }
    }

    int size() {
        return sockets.size();
    }

    long failed() {
        return failed;
    }

    @Override
    public void close() {
        sockets.forEach(Swarm::close);
        sockets.clear();
    }

    private static void close(final Socket socket) {
        try (socket) {
            socket.setSoLinger(true, 0);
        } catch (final IOException e) {
            // the server was first, which is its right
            return;
        }
    }
}
