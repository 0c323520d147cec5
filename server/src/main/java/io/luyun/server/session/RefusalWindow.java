package io.luyun.server.session;

import java.util.concurrent.TimeUnit;

/** Counts what was refused on one connection within a window that begins anew when it is over. */
final class RefusalWindow {
    private final int most;
    private final int windowMillis;
    private long startNs;
    private int count;

    RefusalWindow(final SessionConfig config) {
        this.most = config.maxRefusals();
        this.windowMillis = config.refusalWindowMillis();
    }

    /** Counts one; true when it is one too many. */
    boolean onRefusal(final long nowNs) {
        if (count == 0 || nowNs - startNs > TimeUnit.MILLISECONDS.toNanos(windowMillis)) {
            startNs = nowNs;
            count = 0;
        }
        return ++count > most;
    }

    String rule() {
        return "at most " + most + " refusals within " + windowMillis + " ms";
    }
}
