package io.luyun.server.net;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** How many connections there are, in all and from one address. Any thread. */
final class ConnectionLimits {
    private final int mostPerAddress;
    private volatile int most;
    private final AtomicInteger all = new AtomicInteger();
    private final ConcurrentHashMap<InetAddress, Integer> byAddress = new ConcurrentHashMap<>();

    ConnectionLimits(final int most, final int mostPerAddress) {
        this.most = most;
        this.mostPerAddress = mostPerAddress;
    }

    /** No more than so many in all, from now on. */
    void lower(final int atMost) {
        most = Math.min(most, atMost);
    }

    /** False when it is one too many. */
    boolean tryAdd(final @Nullable InetAddress address) {
        if (all.incrementAndGet() > most) {
            all.decrementAndGet();
            return false;
        }
        if (address != null && byAddress.merge(address, 1, Integer::sum) > mostPerAddress) {
            remove(address);
            return false;
        }
        return true;
    }

    void remove(final @Nullable InetAddress address) {
        all.decrementAndGet();
        if (address != null) {
            byAddress.computeIfPresent(address, (_, count) -> count == 1 ? null : count - 1);
        }
    }
}
