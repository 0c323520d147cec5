package io.luyun.simulator.scenario;

import io.luyun.proto.uper.Dialect;
import io.luyun.simulator.link.LinkConfig;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The server under load.
 *
 * @param link where its device port is and how to reach it
 * @param mqtt its port for MQTT, or null
 * @param udp its port for datagrams, or null
 * @param dialect of UPER in datagrams
 * @param token token of all devices, or null
 * @param loops event loops
 * @param drainMillis how long to wait at the end for what is outstanding
 */
public record LoadTarget(
        LinkConfig link,
        @Nullable InetSocketAddress mqtt,
        @Nullable InetSocketAddress udp,
        Dialect dialect,
        @Nullable String token,
        int loops,
        int drainMillis) {
    /** How long a run waits at its end for what is outstanding. */
    public static final int DRAIN_MILLIS = 10_000;

    private static final int MOST_LOOPS = 64;

    /** Checks the ranges. */
    public LoadTarget {
        if (loops < 1 || loops > MOST_LOOPS) {
            throw new IllegalArgumentException("loops " + loops + " is not in 1.." + MOST_LOOPS);
        }
    }

    /** A server that takes the native protocol alone. */
    public static LoadTarget plain(final LinkConfig link) {
        return new LoadTarget(link, null, null, Dialect.PHASE_2, null, defaultLoops(), DRAIN_MILLIS);
    }

    /** How many loops are worth it: one sends tens of thousands of messages a second. */
    public static int defaultLoops() {
        return Math.clamp(Runtime.getRuntime().availableProcessors() / 4, 1, 4);
    }
}
