package io.luyun.benchmarks.torture.simulation;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * One connection: octets that arrive in order, in other pieces than they were sent in, some time later, until it is cut at any
 * octet, for both sides or for one.
 */
@SuppressWarnings("FutureReturnValueIgnored") // what becomes of the channel comes back as its events
final class Wire {
    /** Where octets of the server come to, and the news that it has closed. */
    interface End {
        void onBytes(byte[] bytes);

        void onClosed();
    }

    private static final int LONG_DELAY_ONE_IN = 40;
    private static final int LONG_DELAY_FACTOR = 30;

    private final SimulatedTime time;
    private final SplittableRandom random;
    private final long delayNs;
    private final ArrayDeque<Piece> up = new ArrayDeque<>();
    private final ArrayDeque<Piece> down = new ArrayDeque<>();
    private @Nullable End end;
    private @Nullable Channel channel;
    private long upDueNs;
    private long downDueNs;
    private boolean closedUp;

    /** Octets under way; none: the end of the connection. */
    @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
    private record Piece(long dueNs, byte[] bytes) {}

    Wire(final SimulatedTime time, final SplittableRandom random, final long delayNs, final End end) {
        this.time = time;
        this.random = random;
        this.delayNs = delayNs;
        this.end = end;
    }

    /** It is through. */
    void onConnected(final Channel toServer) {
        channel = toServer;
    }

    /** The device sends. */
    void send(final byte[] bytes) {
        upDueNs = add(up, upDueNs, bytes);
    }

    /** The server has sent. */
    void onSent(final byte[] bytes) {
        if (end != null) {
            downDueNs = add(down, downDueNs, bytes);
        }
    }

    /** The server has closed. */
    void onServerClosed() {
        closedUp = true;
        downDueNs = Math.max(downDueNs, time.ticksNs());
        down.addLast(new Piece(downDueNs, new byte[0]));
    }

    /** The device closes, or its process ends: what is under way may or may not arrive. */
    void leave() {
        end = null;
        down.clear();
        cut(up);
        up.addLast(new Piece(Math.max(upDueNs, time.ticksNs()), new byte[0]));
    }

    /** The connection breaks, somewhere between any two octets under way, for both sides or for one; returns for whom. */
    String cutSomehow() {
        final Piece ends = new Piece(time.ticksNs(), new byte[0]);
        return switch (random.nextInt(3)) {
            case 0 -> {
                up.clear();
                cut(down);
                down.addLast(ends);
                yield "unheard by the server";
            }
            case 1 -> {
                cut(up);
                up.addLast(ends);
                down.clear();
                end = null;
                yield "unheard by the device";
            }
            default -> {
                cut(up);
                cut(down);
                up.addLast(ends);
                down.addLast(ends);
                yield "for both";
            }
        };
    }

    /** Hands over what has arrived. */
    void deliver() {
        final Channel open = channel;
        while (open != null && !closedUp && due(up)) {
            final byte[] bytes = up.removeFirst().bytes;
            if (bytes.length == 0) {
                closedUp = true;
                open.close();
            } else {
                open.writeAndFlush(Unpooled.wrappedBuffer(bytes));
            }
        }
        while (due(down)) {
            final byte[] bytes = down.removeFirst().bytes;
            final End device = end;
            if (bytes.length == 0) {
                down.clear();
                end = null;
                if (device != null) {
                    device.onClosed();
                }
            } else if (device != null) {
                device.onBytes(bytes);
            }
        }
    }

    /** The server has died: what it has sent may or may not arrive. */
    void onServerDead() {
        channel = null;
        up.clear();
        if (random.nextBoolean()) {
            cut(down);
        }
        down.addLast(new Piece(Math.max(downDueNs, time.ticksNs()), new byte[0]));
    }

    boolean over() {
        return end == null && closedUp && down.isEmpty();
    }

    private boolean due(final ArrayDeque<Piece> pieces) {
        return !pieces.isEmpty() && pieces.peekFirst().dueNs <= time.ticksNs();
    }

    private long add(final ArrayDeque<Piece> pieces, final long lastDueNs, final byte[] bytes) {
        long delay = random.nextLong(delayNs + 1);
        if (random.nextInt(LONG_DELAY_ONE_IN) == 0) {
            delay *= LONG_DELAY_FACTOR;
        }
        long dueNs = Math.max(lastDueNs, time.ticksNs() + delay);
        int from = 0;
        while (from < bytes.length) {
            final int end = random.nextInt(4) == 0 ? from + 1 + random.nextInt(bytes.length - from) : bytes.length;
            pieces.addLast(new Piece(dueNs, Arrays.copyOfRange(bytes, from, end)));
            dueNs += random.nextLong(delayNs + 1);
            from = end;
        }
        return dueNs;
    }

    private void cut(final ArrayDeque<Piece> pieces) {
        int total = 0;
        for (final Piece piece : pieces) {
            total += piece.bytes.length;
        }
        int left = random.nextInt(total + 1);
        final Piece[] before = pieces.toArray(new Piece[0]);
        pieces.clear();
        for (final Piece piece : before) {
            final int count = Math.min(left, piece.bytes.length);
            if (count > 0) {
                pieces.addLast(new Piece(time.ticksNs(), Arrays.copyOf(piece.bytes, count)));
            }
            left -= count;
        }
    }
}
