package io.luyun.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Sends BSM frames over many connections as fast as the other end takes them: what does not fit into a socket waits, and nothing is left out.
 * One thread owns everything.
 */
final class Flood implements AutoCloseable {
    private static final long SETTLE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int BUFFER_BYTES = 65_536;
    private static final int TURNS_A_LOOK = 16;

    /**
     * What went through.
     *
     * @param messages sent
     * @param seconds from the first to the answer of the last
     * @param cpuNanos what the process under test used in that time
     * @param settled everything sent was answered
     * @param refused frames answered with an error
     */
    record Outcome(long messages, double seconds, long cpuNanos, boolean settled, long refused) {}

    private final PeerGroup peers;
    private final Fleet fleet;
    private final int burst;
    private final boolean drain;
    private final ByteBuffer frames = ByteBuffer.allocateDirect(BUFFER_BYTES);

    /**
     * Connects.
     *
     * @param burst frames of one vehicle in one write
     * @param drain a {@link DrainCommand} is at the other end, not a server
     */
    Flood(final InetSocketAddress server, final int connections, final int burst, final boolean drain)
            throws IOException {
        fleet = new Fleet(connections);
        this.burst = burst;
        this.drain = drain;
        peers = drain ? PeerGroup.silent(server, connections, false) : PeerGroup.greeted(server, connections);
    }

    /** Sends so long, then waits until everything is answered. */
    Outcome run(final long durationNs, final LongSupplier cpuNanos) throws IOException {
        final long cpuBefore = cpuNanos.getAsLong();
        final long startNs = System.nanoTime();
        long messages = 0;
        for (int turn = 0; System.nanoTime() - startNs < durationNs; turn++) {
            final int vehicle = turn % fleet.size();
            final long nowNs = TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis());
            frames.clear();
            for (int i = 0; i < burst; i++) {
                frames.put(fleet.report(vehicle, nowNs).bytes());
            }
            peers.get(vehicle).send(frames.flip(), fleet.number());
            messages += burst;
            if (turn % TURNS_A_LOOK == 0) {
                peers.receive();
            }
        }
        if (drain) {
            peers.endOutput();
        }
        final boolean settled = peers.settle(SETTLE_NS);
        final double seconds = (System.nanoTime() - startNs) * 1e-9;
        return new Outcome(messages, seconds, cpuNanos.getAsLong() - cpuBefore, settled, peers.refused());
    }

    @Override
    public void close() throws IOException {
        peers.close();
    }
}
