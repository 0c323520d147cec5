package io.luyun.server.ops;

import io.luyun.server.session.DeviceView;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * Rates out of counts: against those that were seen some seconds ago, and for a device not seen before against the beginning of its
 * session. Any thread.
 */
final class DeviceRates {
    private static final long LEAST_MILLIS = 1_000;
    private static final long KEEP_MILLIS = 10_000;
    private static final double MILLIS = 1_000;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final InstantSource clock;
    private final Map<String, Seen> before = new HashMap<>();
    private long tidiedAtMillis;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Seen(long sinceNs, long atMillis, long[] messages, double[] perSecond) {}

    DeviceRates(final InstantSource clock) {
        this.clock = clock;
    }

    /** Messages a second, by the number of their kind. */
    synchronized double[] perSecond(final DeviceView view) {
        final long now = clock.millis();
        final String key = view.id() + ' ' + view.protocol();
        final Seen seen = before.get(key);
        if (seen != null && seen.sinceNs == view.sinceNs() && now - seen.atMillis < LEAST_MILLIS) {
            return seen.perSecond;
        }
        final Seen last =
                seen == null || seen.sinceNs != view.sinceNs() || now - seen.atMillis > KEEP_MILLIS ? null : seen;
        final long fromMillis = last == null ? view.sinceNs() / NANOS_PER_MILLI : last.atMillis;
        final double[] rates = new double[view.messages().length];
        for (int i = 0; i < rates.length; i++) {
            final long count = view.messages()[i] - (last == null ? 0 : last.messages[i]);
            rates[i] = count * MILLIS / Math.max(LEAST_MILLIS, now - fromMillis);
        }
        if (Math.abs(now - tidiedAtMillis) > KEEP_MILLIS) {
            tidiedAtMillis = now;
            before.values().removeIf(old -> now - old.atMillis > KEEP_MILLIS);
        }
        before.put(key, new Seen(view.sinceNs(), now, view.messages(), rates));
        return rates;
    }
}
