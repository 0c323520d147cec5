package io.luyun.server.monitor;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where errors of the server itself go. The first of its kind is logged with its stack; repeats are counted and logged
 * again, in one line, at each power of two. Any thread.
 */
public final class ErrorLog implements ErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(ErrorLog.class);
    private static final int DISTINCT_MAX = 1_000;

    private final Counters counters;
    private final ConcurrentHashMap<String, AtomicLong> seen = new ConcurrentHashMap<>();

    public ErrorLog(final Counters counters) {
        this.counters = counters;
    }

    @Override
    public void onError(final Throwable error) {
        counters.increment(Counter.ERRORS);
        final StackTraceElement[] stack = error.getStackTrace();
        final String key = error.getClass().getName() + (stack.length > 0 ? "@" + stack[0] : "");
        if (seen.size() >= DISTINCT_MAX && !seen.containsKey(key)) {
            return;
        }
        final long count = seen.computeIfAbsent(key, _ -> new AtomicLong()).incrementAndGet();
        if (count == 1) {
            LOG.error("{}", error.toString(), error);
        } else if (Long.bitCount(count) == 1) {
            LOG.error("{} ({} times)", error.toString(), count);
        }
    }

    /** How many distinct errors were seen; zero in a healthy server. */
    public int distinct() {
        return seen.size();
    }
}
