package io.luyun.simulator.measure;

import io.luyun.proto.v1.AlertKind;
import io.luyun.proto.v1.MessageKind;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Latencies in nanoseconds, apart by kind of message and alert. Confined to one thread. */
public final class Latencies {
    /** Longest time told apart. */
    static final long MAX_NS = 120_000_000_000L;

    private static final int KINDS = 256;

    private final @Nullable Histogram[] ack = new Histogram[KINDS];
    private final @Nullable Histogram[] alert = new Histogram[KINDS];
    private final Histogram alertFromSend = histogram();
    private final Histogram lag = histogram();

    static Histogram histogram() {
        return new Histogram(MAX_NS, 3);
    }

    void acked(final int kind, final long ns) {
        record(of(ack, kind), ns);
    }

    void alerted(final int kind, final long ns) {
        record(of(alert, kind), ns);
    }

    void alertedFromSend(final long ns) {
        record(alertFromSend, ns);
    }

    void late(final long ns) {
        record(lag, ns);
    }

    /** Whether there is none. */
    public boolean isEmpty() {
        return lag.getTotalCount() == 0 && alertFromSend.getTotalCount() == 0 && named().isEmpty();
    }

    void reset() {
        for (int kind = 0; kind < KINDS; kind++) {
            ack[kind] = reset(ack[kind]);
            alert[kind] = reset(alert[kind]);
        }
        alertFromSend.reset();
        lag.reset();
    }

    /** Adds others to these. */
    public void add(final Latencies more) {
        for (int kind = 0; kind < KINDS; kind++) {
            add(ack, kind, more.ack[kind]);
            add(alert, kind, more.alert[kind]);
        }
        alertFromSend.add(more.alertFromSend);
        lag.add(more.lag);
    }

    /** From the intended send time to the acknowledgement, all kinds of message together. */
    public Histogram ack() {
        return all(ack);
    }

    /**
     * From the server's receive stamp of the message that caused an alert to the alert at the vehicle it warns, all kinds of alert together;
     * the offset of the clocks is taken out as measured by heartbeats.
     */
    public Histogram alert() {
        return all(alert);
    }

    /** From the intended send time of the message that caused an alert, where it could be traced, to the same. */
    public Histogram alertFromSend() {
        return alertFromSend;
    }

    /** From the intended to the real send time: the generator's own lateness. */
    public Histogram lag() {
        return lag;
    }

    /** All by name: ack, ack.BSM, alert, alert.FCW, alertFromSend, lag; those without a value are left out. */
    public Map<String, Histogram> named() {
        final Map<String, Histogram> named = new TreeMap<>();
        name(named, "ack", ack());
        name(named, "alert", alert());
        name(named, "alertFromSend", alertFromSend);
        name(named, "lag", lag);
        for (int kind = 0; kind < KINDS; kind++) {
            name(named, "ack." + messageName(kind), ack[kind]);
            name(named, "alert." + alertName(kind), alert[kind]);
        }
        return named;
    }

    private static void name(
            final Map<String, Histogram> named, final String name, final @Nullable Histogram histogram) {
        if (histogram != null && histogram.getTotalCount() > 0) {
            named.put(name, histogram);
        }
    }

    private static String messageName(final int kind) {
        final MessageKind known = MessageKind.forNumber(kind);
        return known == null ? Integer.toString(kind) : known.name().replace("MESSAGE_KIND_", "");
    }

    private static String alertName(final int kind) {
        final AlertKind known = AlertKind.forNumber(kind);
        return known == null ? Integer.toString(kind) : known.name().replace("ALERT_KIND_", "");
    }

    private static Histogram all(final @Nullable Histogram[] kinds) {
        final Histogram sum = histogram();
        for (final Histogram kind : kinds) {
            if (kind != null) {
                sum.add(kind);
            }
        }
        return sum;
    }

    private static Histogram of(final @Nullable Histogram[] kinds, final int kind) {
        final int at = kind & (KINDS - 1);
        Histogram histogram = kinds[at];
        if (histogram == null) {
            histogram = histogram();
            kinds[at] = histogram;
        }
        return histogram;
    }

    private static void add(final @Nullable Histogram[] kinds, final int kind, final @Nullable Histogram more) {
        if (more != null && more.getTotalCount() > 0) {
            of(kinds, kind).add(more);
        }
    }

    private static @Nullable Histogram reset(final @Nullable Histogram histogram) {
        if (histogram != null) {
            histogram.reset();
        }
        return histogram;
    }

    private static void record(final Histogram histogram, final long valueNs) {
        histogram.recordValue(Math.clamp(valueNs, 0, MAX_NS));
    }
}
