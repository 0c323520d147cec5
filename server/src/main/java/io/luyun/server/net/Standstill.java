package io.luyun.server.net;

import io.netty.util.concurrent.Ticker;
import java.util.concurrent.TimeUnit;

/**
 * Tells when an event loop has stood still: a stopped process, a paused machine, a collector. What peers sent meanwhile waits in the
 * kernel, and time-outs would be found passed before it is read. So nobody is shown out for as long again as the loop stood
 * still, at most 10 s. Owned by its event loop.
 */
final class Standstill {
    /** Shorter ones are the usual jitter of a busy machine; chosen here. */
    static final long NOTICED_NS = TimeUnit.SECONDS.toNanos(1);

    static final long MOST_NS = TimeUnit.SECONDS.toNanos(10);

    private final Ticker ticker;
    private final long everyNs;
    private long lastNs;
    private long untilNs;

    /** Of a loop that asks so often, in the time of this ticker. */
    Standstill(final Ticker ticker, final long everyNs) {
        this.ticker = ticker;
        this.everyNs = everyNs;
        lastNs = ticker.nanoTime();
        untilNs = lastNs;
    }

    /** Whether it has stood still a moment ago; to be asked regularly. */
    boolean justNow() {
        final long nowNs = ticker.nanoTime();
        final long stoodNs = nowNs - lastNs - everyNs;
        lastNs = nowNs;
        if (stoodNs > NOTICED_NS) {
            untilNs = nowNs + Math.min(stoodNs, MOST_NS);
        }
        return nowNs - untilNs < 0;
    }
}
