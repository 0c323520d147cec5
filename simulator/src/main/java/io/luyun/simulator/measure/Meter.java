package io.luyun.simulator.measure;

import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.Welcome;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.LinkListener;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.agrona.collections.MutableLong;
import org.agrona.concurrent.NanoClock;

/** Counts and measures what the clients of one loop see; the loop is its only thread. */
public final class Meter implements LinkListener {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private static final int ANSWER_FACTOR = 2;

    private final AlertBook alerts;
    private final Opening opening;
    private final LinkListener also;
    private final SendTimes sendTimes;
    private final NanoClock clock;
    private final Map<String, MutableLong> refusedByReason = new TreeMap<>();
    private final Map<String, MutableLong> closedByReason = new TreeMap<>();
    private final Histogram ack = Totals.histogram();
    private final Histogram recentAck = Totals.histogram();
    private final Histogram alert = Totals.histogram();
    private final Histogram alertFromSend = Totals.histogram();
    private final Histogram lag = Totals.histogram();
    private long quickestAnswerNs = Totals.MAX_NS;
    private long clockOffsetNs;
    private long sent;
    private long sentAgain;
    private long acked;
    private long refused;
    private long shed;
    private long reconnects;

    /** A meter that passes on answers to messages to {@code also}. */
    public Meter(
            final AlertBook alerts,
            final Opening opening,
            final LinkListener also,
            final SendTimes sendTimes,
            final NanoClock clock) {
        this.alerts = alerts;
        this.opening = opening;
        this.also = also;
        this.sendTimes = sendTimes;
        this.clock = clock;
    }

    /** A message was offered to a client, so much after it was due; number 0 when it was shed. */
    public void offered(final long number, final long lateNs) {
        if (number == 0) {
            shed++;
        } else {
            sent++;
            record(lag, lateNs);
        }
    }

    /** Forgets the latencies so far, but no message; on the loop. */
    public void forgetLatencies() {
        ack.reset();
        recentAck.reset();
        alert.reset();
        alertFromSend.reset();
        lag.reset();
    }

    /** Adds what was counted so far; on the loop. Begins a new interval of recent latencies. */
    public void addTo(final Totals totals) {
        totals.add(sent, sentAgain, acked, refused, shed, reconnects);
        refusedByReason.forEach((reason, count) -> totals.refusedByReason().merge(reason, count.value, Long::sum));
        closedByReason.forEach((reason, count) -> totals.closedByReason().merge(reason, count.value, Long::sum));
        totals.ack().add(ack);
        totals.recentAck().add(recentAck);
        totals.alert().add(alert);
        totals.alertFromSend().add(alertFromSend);
        totals.lag().add(lag);
        recentAck.reset();
    }

    @Override
    public void onOpen(final DeviceClient client, final Welcome welcome, final boolean again) {
        if (again) {
            reconnects++;
        } else {
            opening.opened();
        }
    }

    @Override
    public void onWritten(final DeviceClient client, final long number, final boolean again) {
        if (again) {
            sentAgain++;
        }
    }

    @Override
    public void onAcked(final DeviceClient client, final long number, final long intendedNs, final long nowNs) {
        acked++;
        record(ack, nowNs - intendedNs);
        record(recentAck, nowNs - intendedNs);
        also.onAcked(client, number, intendedNs, nowNs);
    }

    @Override
    public void onRefused(final DeviceClient client, final long number, final Error error) {
        if (number != 0) {
            refused++;
        }
        count(refusedByReason, reason(error));
        also.onRefused(client, number, error);
    }

    @Override
    public void onAlert(final DeviceClient client, final AlertDelivery delivery, final long receivedEpochNs) {
        final long causeEpochNs = delivery.getReceivedAtNs() - clockOffsetNs;
        record(alert, receivedEpochNs - causeEpochNs);
        if (delivery.getAlert().getState() != AlertState.ALERT_STATE_CLEARED) {
            final long intendedNs = sendTimes.intendedNs(delivery.getAlert(), causeEpochNs);
            if (intendedNs != SendTimes.UNKNOWN) {
                record(alertFromSend, clock.nanoTime() - intendedNs);
            }
        }
        alerts.add(delivery.getAlert());
    }

    @Override
    public void onClock(final DeviceClient client, final long offsetNs, final long roundTripNs) {
        // The quicker the answer the better the offset; a little worse but newer is welcome, clocks drift.
        if (roundTripNs <= ANSWER_FACTOR * quickestAnswerNs) {
            clockOffsetNs = offsetNs;
            quickestAnswerNs = Math.min(quickestAnswerNs, roundTripNs);
        }
    }

    @Override
    public void onClosed(final DeviceClient client, final String why, final boolean forGood) {
        if (forGood) {
            opening.failed(why);
        } else {
            opening.troubled(why);
            count(closedByReason, why);
        }
    }

    /** Code and field, without the places in lists, for example "OUT_OF_RANGE message.rsm.participants[].heading". */
    public static String reason(final Error error) {
        final String code = DeviceClient.code(error.getCode());
        return error.getField().isEmpty()
                ? code
                : code + " " + INDEX.matcher(error.getField()).replaceAll("[]");
    }

    private static void count(final Map<String, MutableLong> counts, final String reason) {
        counts.computeIfAbsent(reason, _ -> new MutableLong()).increment();
    }

    private static void record(final Histogram histogram, final long valueNs) {
        histogram.recordValue(Math.clamp(valueNs, 0, Totals.MAX_NS));
    }
}
