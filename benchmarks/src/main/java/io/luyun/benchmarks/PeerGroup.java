package io.luyun.benchmarks;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Connections to one process, and what comes back on them. One thread owns it. */
final class PeerGroup implements AutoCloseable {
    private static final long PAUSE_NS = 100_000;

    /** A welcome comes when the session is on the disk; one sync serves many. */
    private static final int GREETED_AT_ONCE = 256;

    private final Selector selector;
    private final List<Peer> peers = new ArrayList<>();

    private PeerGroup() throws IOException {
        selector = Selector.open();
    }

    /** To a server, each with the session of a vehicle whose messages are acknowledged when they are on the disk. */
    static PeerGroup greeted(final InetSocketAddress server, final int connections) throws IOException {
        final PeerGroup group = new PeerGroup();
        final long bootEpoch = System.currentTimeMillis();
        final List<SocketChannel> waiting = new ArrayList<>();
        for (int i = 0; i < connections; i++) {
            final SocketChannel channel = connect(server);
            hello(channel, i, bootEpoch, AckLevel.ACK_LEVEL_SYNCED);
            waiting.add(channel);
            if (waiting.size() == GREETED_AT_ONCE || i == connections - 1) {
                for (final SocketChannel greeted : waiting) {
                    welcome(greeted);
                    group.add(greeted, false);
                }
                waiting.clear();
            }
        }
        return group;
    }

    /** To a process that wants no greeting: one that sends everything back, or one that tells at the end what it has read. */
    static PeerGroup silent(final InetSocketAddress server, final int connections, final boolean echo)
            throws IOException {
        final PeerGroup group = new PeerGroup();
        for (int i = 0; i < connections; i++) {
            group.add(connect(server), echo);
        }
        return group;
    }

    Peer get(final int index) {
        return peers.get(index);
    }

    /** Reads what is there. */
    void receive() throws IOException {
        if (selector.selectNow() > 0) {
            for (final SelectionKey key : selector.selectedKeys()) {
                ((Peer) key.attachment()).receive();
            }
            selector.selectedKeys().clear();
        }
    }

    /** Waits until everything sent has been answered; false when it has not after this time. */
    boolean settle(final long limitNs) throws IOException {
        final long deadline = System.nanoTime() + limitNs;
        while (System.nanoTime() < deadline) {
            receive();
            if (peers.stream().allMatch(Peer::settled)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return false;
    }

    /** Nothing more will be sent; what comes is still read. */
    void endOutput() throws IOException {
        for (final SelectionKey key : selector.keys()) {
            ((SocketChannel) key.channel()).shutdownOutput();
        }
    }

    /** Frames answered with an error. */
    long refused() {
        return peers.stream().mapToLong(Peer::refused).sum();
    }

    @Override
    public void close() throws IOException {
        for (final SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void add(final SocketChannel channel, final boolean echo) throws IOException {
        channel.configureBlocking(false);
        final Peer peer = new Peer(channel, echo);
        channel.register(selector, SelectionKey.OP_READ, peer);
        peers.add(peer);
    }

    private static SocketChannel connect(final InetSocketAddress server) throws IOException {
        final SocketChannel channel = SocketChannel.open(server);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        return channel;
    }

    /** Opens the session of a vehicle on a connection that still blocks. */
    static void greet(final SocketChannel channel, final int index, final long bootEpoch, final AckLevel level)
            throws IOException {
        hello(channel, index, bootEpoch, level);
        welcome(channel);
    }

    private static void hello(final SocketChannel channel, final int index, final long bootEpoch, final AckLevel level)
            throws IOException {
        DeviceFrame.newBuilder()
                .setHello(Hello.newBuilder()
                        .setProtocol(1)
                        .setDeviceId("bench-" + index)
                        .setRole(Role.ROLE_OBU)
                        .setBootEpoch(bootEpoch)
                        .setAckLevel(level)
                        .setAgent("luyun bench"))
                .build()
                .writeDelimitedTo(channel.socket().getOutputStream());
    }

    private static void welcome(final SocketChannel channel) throws IOException {
        final ServerFrame answer =
                ServerFrame.parseDelimitedFrom(channel.socket().getInputStream());
        if (answer == null || !answer.hasWelcome()) {
            throw new IOException("not welcome: " + answer);
        }
    }
}
