package io.luyun.simulator.measure;

import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;

/** An account of messages and latencies; added up out of meters. Confined to one thread. */
public final class Totals {
    private final long[] counts = new long[Count.values().length];
    private final Map<String, Long> refusedMessages = new TreeMap<>();
    private final Map<String, Long> refusedByReason = new TreeMap<>();
    private final Map<String, Long> closedByReason = new TreeMap<>();
    private long outstanding;
    private final Latencies all = new Latencies();
    private final Latencies recent = new Latencies();

    /** How many there were. */
    public long of(final Count count) {
        return counts[count.ordinal()];
    }

    /** Messages that wait for an answer, at the moment the rest was counted. */
    public long outstanding() {
        return outstanding;
    }

    /** Adds messages that wait for an answer. */
    public void addOutstanding(final long more) {
        outstanding += more;
    }

    /** Messages taken for sending. */
    public long sent() {
        return of(Count.SENT);
    }

    /** Times a message was written once more, after a reconnect. */
    public long sentAgain() {
        return of(Count.SENT_AGAIN);
    }

    /** Messages acknowledged. */
    public long acked() {
        return of(Count.ACKED);
    }

    /** Messages refused by the server. */
    public long refused() {
        return of(Count.REFUSED);
    }

    /** Messages that were not sent because too much was outstanding. */
    public long shed() {
        return of(Count.SHED);
    }

    /** Messages sent that the server should have answered for and has not. */
    public long unacked() {
        return sent() - acked() - refused() - of(Count.UNANSWERABLE) - of(Count.CUT_OFF);
    }

    /** Times a session was opened again. */
    public long reconnects() {
        return of(Count.RECONNECTS);
    }

    /** Refusals by code and field; also those of something that was no message. */
    public Map<String, Long> refusedByReason() {
        return refusedByReason;
    }

    /** Refusals of messages by code and field, but for those that were damaged on purpose. */
    public Map<String, Long> refusedMessages() {
        return refusedMessages;
    }

    /** Connections that broke, by reason. */
    public Map<String, Long> closedByReason() {
        return closedByReason;
    }

    /** All latencies. */
    public Latencies latencies() {
        return all;
    }

    /** Those since the last time they were taken. */
    public Latencies recent() {
        return recent;
    }

    /** See {@link Latencies#ack()}. */
    public Histogram ack() {
        return all.ack();
    }

    /** See {@link Latencies#alert()}. */
    public Histogram alert() {
        return all.alert();
    }

    /** See {@link Latencies#alertFromSend()}. */
    public Histogram alertFromSend() {
        return all.alertFromSend();
    }

    /** See {@link Latencies#lag()}. */
    public Histogram lag() {
        return all.lag();
    }

    void addRefused(final String reason, final long more, final boolean message) {
        refusedByReason.merge(reason, more, Long::sum);
        if (message) {
            refusedMessages.merge(reason, more, Long::sum);
        }
    }

    void add(final Count count, final long more) {
        counts[count.ordinal()] += more;
    }
}
