package io.luyun.benchmarks;

import io.luyun.proto.v1.AckLevel;
import io.luyun.proto.v1.DeviceFrame;
import io.luyun.proto.v1.Hello;
import io.luyun.proto.v1.Role;
import io.luyun.proto.v1.ServerFrame;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Sends BSM frames at a fixed rate over many connections, each frame when its time has come, whatever comes back (open
 * loop). One thread owns everything.
 */
final class Generator implements AutoCloseable {
    private static final long PAUSE_NS = 100_000;
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int FRAME_BYTES = 512;

    /**
     * What was sent while the CPU time was taken.
     *
     * @param messages sent in that time
     * @param cpuNanos what the process under test used
     * @param seconds how long it was
     * @param lagMicros most that a frame was sent after its time
     * @param settled everything sent was answered in the end
     * @param refused frames answered with an error
     */
    record Outcome(long messages, long cpuNanos, double seconds, long lagMicros, boolean settled, long refused) {}

    private final Selector selector;
    private final List<Peer> peers = new ArrayList<>();
    private final Fleet fleet;
    private final ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_BYTES);
    private final double nanosPerMessage;
    private long sent;
    private long lagNs;

    Generator(final InetSocketAddress server, final int connections, final int rate, final boolean echo)
            throws IOException {
        selector = Selector.open();
        fleet = new Fleet(connections);
        nanosPerMessage = 1e9 / rate;
        final long bootEpoch = System.currentTimeMillis();
        for (int i = 0; i < connections; i++) {
            final SocketChannel channel = SocketChannel.open(server);
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (!echo) {
                greet(channel, i, bootEpoch, AckLevel.ACK_LEVEL_SYNCED);
            }
            channel.configureBlocking(false);
            final Peer peer = new Peer(channel, echo);
            channel.register(selector, SelectionKey.OP_READ, peer);
            peers.add(peer);
        }
    }

    /** Sends for the warm-up, then for the time that counts, with the CPU time of the process under test around it. */
    Outcome run(final long warmUpNs, final long measureNs, final LongSupplier cpuNanos) throws IOException {
        final long start = System.nanoTime();
        send(start, warmUpNs);
        final long cpuBefore = cpuNanos.getAsLong();
        final long sentBefore = sent;
        lagNs = 0;
        send(start, warmUpNs + measureNs);
        final long cpu = cpuNanos.getAsLong() - cpuBefore;
        final long messages = sent - sentBefore;
        final boolean settled = settle();
        final long refused = peers.stream().mapToLong(Peer::refused).sum();
        return new Outcome(messages, cpu, measureNs * 1e-9, lagNs / 1_000, settled, refused);
    }

    @Override
    public void close() throws IOException {
        for (final SelectionKey key : selector.keys()) {
            key.channel().close();
        }
        selector.close();
    }

    private void send(final long start, final long untilNs) throws IOException {
        long elapsed = System.nanoTime() - start;
        while (elapsed < untilNs) {
            final long due = (long) (elapsed / nanosPerMessage);
            if (sent < due) {
                lagNs = Math.max(lagNs, elapsed - (long) (sent * nanosPerMessage));
                final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
                while (sent < due) {
                    sendNext(nowNs);
                }
            } else {
                LockSupport.parkNanos(PAUSE_NS);
            }
            receive();
            elapsed = System.nanoTime() - start;
        }
    }

    private void sendNext(final long nowNs) throws IOException {
        final int index = fleet.next(nowNs);
        frame.clear().put(fleet.bytes()).flip();
        peers.get(index).send(frame, fleet.number());
        sent++;
    }

    private void receive() throws IOException {
        if (selector.selectNow() > 0) {
            for (final SelectionKey key : selector.selectedKeys()) {
                ((Peer) key.attachment()).receive();
            }
            selector.selectedKeys().clear();
        }
    }

    private boolean settle() throws IOException {
        final long deadline = System.nanoTime() + SETTLE_NS;
        while (System.nanoTime() < deadline) {
            receive();
            if (peers.stream().allMatch(Peer::settled)) {
                return true;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
        return false;
    }

    /** Opens the session of a vehicle on a connection that still blocks. */
    static void greet(final SocketChannel channel, final int index, final long bootEpoch, final AckLevel level)
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
        final ServerFrame answer =
                ServerFrame.parseDelimitedFrom(channel.socket().getInputStream());
        if (answer == null || !answer.hasWelcome()) {
            throw new IOException("not welcome: " + answer);
        }
    }
}
