package io.luyun.server.ops;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.netty.channel.Channel;

/** Counts the open connections and closes those beyond the limit unanswered. Owned by the face's thread. */
@SuppressWarnings("FutureReturnValueIgnored") // a close that fails leaves nothing to do
final class Admission {
    private final int max;
    private final Counters counters;
    private int open;

    Admission(final int max, final Counters counters) {
        this.max = max;
        this.counters = counters;
    }

    /** Lets the connection in, or closes it. */
    boolean admit(final Channel channel) {
        if (open >= max) {
            counters.increment(Counter.HTTP_REFUSED);
            channel.close();
            return false;
        }
        open++;
        channel.closeFuture().addListener(closed -> open--);
        return true;
    }
}
