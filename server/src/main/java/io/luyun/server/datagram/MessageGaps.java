package io.luyun.server.datagram;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import java.util.concurrent.TimeUnit;
import org.agrona.collections.Hashing;

/**
 * Finds what was lost, came late or came again, by the counter every message carries. It runs from 0 to 127 and begins
 * anew, for each sender and kind.
 *
 * <pre>
 *   (count - last) mod 128 =   0   1          2 .. 64              65 .. 127
 *                       repeated   in order   one less were lost   late: counted as lost before
 * </pre>
 *
 * The table has a fixed size; where it is full, the sender not heard of for longest is forgotten. One thread; nothing is
 * allocated.
 */
final class MessageGaps {
    /** After so long a silence the counter says nothing of what was between: at 1 Hz about half of it has gone by. */
    static final long SILENCE_NS = TimeUnit.SECONDS.toNanos(60);

    private static final int WRAP_MASK = 127;
    private static final int LOST_MAX = 64;
    private static final int SETS = 2_048;
    private static final int WAYS = 8;

    private final Counters counters;
    private final long[] senders = new long[SETS * WAYS];
    private final long[] streams = new long[SETS * WAYS];
    private final long[] heardNs = new long[SETS * WAYS];
    private final byte[] last = new byte[SETS * WAYS];

    MessageGaps(final Counters counters) {
        this.counters = counters;
    }

    /**
     * A message.
     *
     * @param session which of the sessions brought it
     * @param kind of the message, below 256
     * @param sender whose counter it is
     * @param count 0 to 127
     * @param nowNs above 0
     * @return messages missing before it
     */
    int onMessage(final int session, final int kind, final long sender, final int count, final long nowNs) {
        final long stream = (long) session << Byte.SIZE | kind;
        final int at = find(stream, sender);
        if (senders[at] != sender || streams[at] != stream || nowNs - heardNs[at] > SILENCE_NS) {
            senders[at] = sender;
            streams[at] = stream;
            heardNs[at] = nowNs;
            last[at] = (byte) count;
            return 0;
        }
        heardNs[at] = nowNs;
        final int step = (count - last[at]) & WRAP_MASK;
        if (step == 0) {
            counters.increment(Counter.UDP_REPEATED);
        } else if (step > LOST_MAX) {
            counters.increment(Counter.UDP_LATE);
        } else {
            last[at] = (byte) count;
            if (step > 1) {
                counters.add(Counter.UDP_LOST, step - 1);
            }
            return step - 1;
        }
        return 0;
    }

    /** Where this is, or else where it may be put: at what has not been heard of for longest. */
    private int find(final long stream, final long sender) {
        final int first = (Hashing.hash(sender * 31 + stream) & (SETS - 1)) * WAYS;
        int oldest = first;
        for (int at = first; at < first + WAYS; at++) {
            if (senders[at] == sender && streams[at] == stream && heardNs[at] != 0) {
                return at;
            }
            if (heardNs[at] < heardNs[oldest]) {
                oldest = at;
            }
        }
        return oldest;
    }
}
