package io.luyun.simulator.measure;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** An account of messages and latencies, in nanoseconds; added up out of meters. Confined to one thread. */
public final class Totals {
    /** Longest time told apart. */
    static final long MAX_NS = 120_000_000_000L;

    private long sent;
    private long sentAgain;
    private long acked;
    private long refused;
    private long shed;
    private long reconnects;
    private final Map<String, Long> refusedByReason = new TreeMap<>();
    private final Map<String, Long> closedByReason = new TreeMap<>();
    private final Histogram ack = histogram();
    private final Histogram recentAck = histogram();
    private final Histogram alert = histogram();
    private final Histogram alertFromSend = histogram();
    private final Histogram lag = histogram();

    static Histogram histogram() {
        return new Histogram(MAX_NS, 3);
    }

    /** Messages taken for sending. */
    public long sent() {
        return sent;
    }

    /** Times a message was written once more, after a reconnect. */
    public long sentAgain() {
        return sentAgain;
    }

    /** Messages acknowledged. */
    public long acked() {
        return acked;
    }

    /** Messages refused by the server. */
    public long refused() {
        return refused;
    }

    /** Messages that were not sent because too much was outstanding. */
    public long shed() {
        return shed;
    }

    /** Messages sent that the server has not answered for. */
    public long unacked() {
        return sent - acked - refused;
    }

    /** Times a session was opened again. */
    public long reconnects() {
        return reconnects;
    }

    /** Refusals by code and field; also those of something that was no message. */
    public Map<String, Long> refusedByReason() {
        return refusedByReason;
    }

    /** Connections that broke, by reason. */
    public Map<String, Long> closedByReason() {
        return closedByReason;
    }

    /** From the intended send time to the acknowledgement. */
    public Histogram ack() {
        return ack;
    }

    /** The same, since the last time it was taken. */
    public Histogram recentAck() {
        return recentAck;
    }

    /**
     * From the server's receive stamp of the message that caused an alert to the alert at the vehicle it warns; the offset
     * of the clocks is taken out as measured by heartbeats.
     */
    public Histogram alert() {
        return alert;
    }

    /** From the intended send time of the message that caused an alert, where it could be traced, to the same. */
    public Histogram alertFromSend() {
        return alertFromSend;
    }

    /** From the intended to the real send time: the generator's own lateness. */
    public Histogram lag() {
        return lag;
    }

    void add(
            final long moreSent,
            final long moreSentAgain,
            final long moreAcked,
            final long moreRefused,
            final long moreShed,
            final long moreReconnects) {
        sent += moreSent;
        sentAgain += moreSentAgain;
        acked += moreAcked;
        refused += moreRefused;
        shed += moreShed;
        reconnects += moreReconnects;
    }
}
