package io.luyun.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
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

    private final PeerGroup peers;
    private final Fleet fleet;
    private final ByteBuffer frame = ByteBuffer.allocateDirect(FRAME_BYTES);
    private final double nanosPerMessage;
    private long sent;
    private long lagNs;

    Generator(final InetSocketAddress server, final int connections, final int rate, final boolean echo)
            throws IOException {
        fleet = new Fleet(connections);
        nanosPerMessage = 1e9 / rate;
        peers = echo ? PeerGroup.silent(server, connections, true) : PeerGroup.greeted(server, connections);
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
        final boolean settled = peers.settle(SETTLE_NS);
        return new Outcome(messages, cpu, measureNs * 1e-9, lagNs / 1_000, settled, peers.refused());
    }

    @Override
    public void close() throws IOException {
        peers.close();
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
            peers.receive();
            elapsed = System.nanoTime() - start;
        }
    }

    private void sendNext(final long nowNs) throws IOException {
        final int index = fleet.next(nowNs);
        frame.clear().put(fleet.bytes()).flip();
        peers.get(index).send(frame, fleet.number());
        sent++;
    }
}
