package io.luyun.benchmarks.torture.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The way of one sender's datagrams to a server: leaves some out, sends some twice, swaps some with the next one, and knows how many.
 * The first and the last ones pass as they are, since nothing tells a server of what was lost before the first or behind the last. One
 * thread.
 */
final class UdpRelay implements Closeable {
    private final DatagramSocket socket;
    private final Random random;
    private final Odds odds;
    private byte @Nullable [] waiting;
    private @Nullable InetSocketAddress server;
    private long dropped;
    private long doubled;
    private long swapped;
    private long sent;

    /**
     * How likely what is, for one datagram.
     *
     * @param drop 0 to 1
     * @param twice 0 to 1
     * @param swap 0 to 1
     */
    record Odds(double drop, double twice, double swap) {}

    UdpRelay(final Odds odds, final long seed) throws IOException {
        this.odds = odds;
        random = new Random(seed);
        socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    /** Where its datagrams come from. */
    int port() {
        return socket.getLocalPort();
    }

    void to(final InetSocketAddress address) {
        server = address;
    }

    /** Sends it as it is, behind what still waits. */
    void pass(final byte[] datagram) throws IOException {
        release();
        write(datagram);
    }

    /** Does to it what chance says. */
    void toss(final byte[] datagram) throws IOException {
        final double chance = random.nextDouble();
        if (chance < odds.drop()) {
            dropped++;
            return;
        }
        if (waiting != null) {
            write(datagram);
            release();
            swapped++; // one that still waits when all is passed on was not overtaken
        } else if (chance < odds.drop() + odds.twice()) {
            doubled++;
            write(datagram);
            write(datagram);
        } else if (chance < odds.drop() + odds.twice() + odds.swap()) {
            waiting = datagram;
        } else {
            write(datagram);
        }
    }

    long dropped() {
        return dropped;
    }

    long doubled() {
        return doubled;
    }

    long swapped() {
        return swapped;
    }

    /** Datagrams that have left it. */
    long sent() {
        return sent;
    }

    private void release() throws IOException {
        final byte @Nullable [] late = waiting;
        if (late != null) {
            waiting = null;
            write(late);
        }
    }

    private void write(final byte[] datagram) throws IOException {
        if (server == null) {
            throw new IllegalStateException("no server yet");
        }
        socket.send(new DatagramPacket(datagram, datagram.length, server));
        sent++;
    }

    @Override
    public void close() {
        socket.close();
    }
}
