package io.luyun.server.net;

import io.luyun.server.session.Line;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.RecvByteBufAllocator;
import java.util.concurrent.TimeUnit;

/**
 * Who may send on while there is more than the line can take. As long as little waits, everybody. When the intake is crowded,
 * a connection that would have more than its share waits until less does, or until it has saved as much from the shares of
 * windows in which it had less: so those who send most are slowed first, and who sends little is not. The share is what each
 * would have had of the last window, had all had the same; since few need it all, it goes down until the rest fits. Owned by
 * the loop's thread.
 */
final class Shares {
    /** A roadside unit with its dozens of road users, ten times a second, stays below it. */
    static final long LEAST_BYTES = 5_120;

    /** Long enough for nearly all who send to be among the senders of one; a short one knows the heavy ones only. */
    static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Takes the line a few milliseconds. */
    private static final int CROWD_BYTES = 64 << 10;
    /** A line with a thread of its own takes from it while it fills, and what is paused is tried again a millisecond later. */
    private static final int DEDICATED_CROWD_BYTES = 256 << 10;

    private static final int READ_MIN = 64;
    private static final int READ_INITIAL = 2_048;
    private static final int READ_MAX = 16_384;

    private final Line line;
    private final int crowdBytes;
    private long window;
    private long windowBeganNs;
    private long bytes;
    private int senders;
    private long share = LEAST_BYTES;

    /** What one connection has had; below zero what it has saved. */
    static final class Account {
        /** The last it was seen in; it saves from the first on. */
        private long window = -1;

        private long bytes;
    }

    /** For the connections of one loop; shared when it runs the line as well. */
    Shares(final Line line, final boolean shared) {
        this.line = line;
        crowdBytes = shared ? CROWD_BYTES : DEDICATED_CROWD_BYTES;
    }

    /** How connections are read: one piece, then it is the others' turn, however much lies there. */
    static RecvByteBufAllocator reads() {
        return new AdaptiveRecvByteBufAllocator(READ_MIN, READ_INITIAL, READ_MAX).maxMessagesPerRead(1);
    }

    /** Whether these bytes have to wait; otherwise they count. */
    boolean refuses(final Account account, final int count, final long nowNs) {
        if (nowNs - windowBeganNs >= WINDOW_NS) {
            begin(nowNs);
        }
        if (account.window < 0) {
            account.window = window;
            senders++;
        } else if (account.window != window) {
            // what it had while there was room for all is not held against it for long
            final long had = Math.min(account.bytes, share + READ_MAX);
            account.bytes = Math.max(-READ_MAX, had - (window - account.window) * share);
            account.window = window;
            senders++;
        }
        if (account.bytes + Math.min(count, READ_MAX) > share && line.crowded(crowdBytes)) {
            return true;
        }
        account.bytes += count;
        bytes += count;
        return false;
    }

    private void begin(final long nowNs) {
        final long windows = (nowNs - windowBeganNs) / WINDOW_NS;
        share = senders == 0 ? LEAST_BYTES : Math.max(LEAST_BYTES, bytes / senders / windows);
        window += windows;
        windowBeganNs = nowNs;
        bytes = 0;
        senders = 0;
    }
}
