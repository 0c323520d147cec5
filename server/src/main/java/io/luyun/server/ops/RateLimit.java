package io.luyun.server.ops;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * So many a second for each name, and so many at once after a while of none. Keeps the names last used, so that many names cost no
 * memory; whoever is forgotten starts anew. Any thread.
 */
final class RateLimit {
    private static final int NAMES = 4_096;
    private static final double MILLIS = 1_000;

    private final double perSecond;
    private final double burst;
    private final InstantSource clock;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Bucket> eldest) {
            return size() > NAMES;
        }
    };

    private static final class Bucket {
        double left;
        long atMillis;
    }

    RateLimit(final double perSecond, final double burst, final InstantSource clock) {
        this.perSecond = perSecond;
        this.burst = burst;
        this.clock = clock;
    }

    /** Takes one; false when there is none left. */
    synchronized boolean take(final String name) {
        final Bucket bucket = fill(name);
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }

    /** Seconds until there is one again, at least 1. */
    synchronized long waitSeconds(final String name) {
        return Math.max(1, (long) Math.ceil((1 - fill(name).left) / perSecond));
    }

    /** Whether none is left. */
    synchronized boolean spent(final String name) {
        return fill(name).left < 1;
    }

    private Bucket fill(final String name) {
        final long now = clock.millis();
        final Bucket bucket = buckets.computeIfAbsent(name, _ -> {
            final Bucket fresh = new Bucket();
            fresh.left = burst;
            fresh.atMillis = now;
            return fresh;
        });
        if (now > bucket.atMillis) {
            bucket.left = Math.min(burst, bucket.left + (now - bucket.atMillis) / MILLIS * perSecond);
        }
        bucket.atMillis = now;
        return bucket;
    }
}
