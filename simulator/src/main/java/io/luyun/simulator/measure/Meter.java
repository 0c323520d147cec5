package io.luyun.simulator.measure;

import io.luyun.proto.v1.AlertDelivery;
import io.luyun.proto.v1.AlertState;
import io.luyun.proto.v1.Error;
import io.luyun.proto.v1.Welcome;
import io.luyun.simulator.link.DeviceClient;
import io.luyun.simulator.link.LinkListener;
import io.luyun.simulator.link.Uplink;
import io.luyun.simulator.link.UplinkListener;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.agrona.collections.MutableLong;
import org.agrona.concurrent.NanoClock;

/** Counts and measures what the clients of one loop see; the loop is its only thread. */
public final class Meter implements LinkListener, UplinkListener {
    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private static final int ANSWER_FACTOR = 2;

    private final AlertBook alerts;
    private final Opening opening;
    private final LinkListener also;
    private final SendTimes sendTimes;
    private final NanoClock clock;
    private final Map<String, MutableLong> refusedMessages = new TreeMap<>();
    private final Map<String, MutableLong> refusedElse = new TreeMap<>();
    private final Map<String, MutableLong> closedByReason = new TreeMap<>();
    private final long[] counts = new long[Count.values().length];
    private final Latencies recent = new Latencies();
    private final Latencies before = new Latencies();
    private long quickestAnswerNs = Latencies.MAX_NS;
    private long clockOffsetNs;

    /** A meter that passes on answers to messages, and alerts, to {@code also}. */
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
    public void offered(final int kind, final long number, final long lateNs) {
        if (number == 0) {
            count(Count.SHED);
        } else if ((kind & Uplink.MARK) != 0) {
            count(Count.SPOILED);
        } else {
            count(Count.SENT);
            recent.late(lateNs);
        }
    }

    /** Something is to be counted that no answer tells of. */
    public void count(final Count what) {
        counts[what.ordinal()]++;
    }

    /** Forgets the latencies so far, but no message; on the loop. */
    public void forgetLatencies() {
        recent.reset();
        before.reset();
    }

    /** Adds what was counted so far; on the loop. Begins a new interval of recent latencies. */
    public void addTo(final Totals totals) {
        for (final Count count : Count.values()) {
            totals.add(count, counts[count.ordinal()]);
        }
        refusedMessages.forEach((reason, count) -> totals.addRefused(reason, count.value, true));
        refusedElse.forEach((reason, count) -> totals.addRefused(reason, count.value, false));
        closedByReason.forEach((reason, count) -> totals.closedByReason().merge(reason, count.value, Long::sum));
        before.add(recent);
        totals.latencies().add(before);
        totals.recent().add(recent);
        recent.reset();
    }

    @Override
    public void onOpen(final DeviceClient client, final Welcome welcome, final boolean again) {
        onOpen(again);
    }

    @Override
    public void onOpen(final boolean again) {
        if (again) {
            count(Count.RECONNECTS);
        } else {
            opening.opened();
        }
    }

    @Override
    public void onWritten(final DeviceClient client, final long number, final boolean again) {
        if (again) {
            count(Count.SENT_AGAIN);
        }
    }

    @Override
    public void onAcked(
            final DeviceClient client, final long number, final int kind, final long intendedNs, final long nowNs) {
        onAcked(kind, intendedNs, nowNs);
        also.onAcked(client, number, kind, intendedNs, nowNs);
    }

    @Override
    public void onAcked(final int kind, final long intendedNs, final long nowNs) {
        if ((kind & Uplink.MARK) != 0) {
            count(Count.SPOILED_TAKEN);
            return;
        }
        count(Count.ACKED);
        recent.acked(kind, nowNs - intendedNs);
    }

    @Override
    public void onRefused(final DeviceClient client, final long number, final Error error) {
        if (number == 0) {
            count(refusedElse, reason(error));
        } else {
            onRefused(client.kindOf(number), reason(error));
        }
        also.onRefused(client, number, error);
    }

    @Override
    public void onRefused(final int kind, final String reason) {
        if ((kind & Uplink.MARK) != 0) {
            count(Count.SPOILED_REFUSED);
            return;
        }
        count(Count.REFUSED);
        count(refusedMessages, reason);
    }

    @Override
    public void onUnanswerable() {
        count(Count.UNANSWERABLE);
    }

    @Override
    public void onCutOff(final int kind) {
        count((kind & Uplink.MARK) == 0 ? Count.CUT_OFF : Count.SPOILED_CUT_OFF);
    }

    @Override
    public void onAlert(final DeviceClient client, final AlertDelivery delivery, final long receivedEpochNs) {
        final long causeEpochNs = delivery.getReceivedAtNs() - clockOffsetNs;
        recent.alerted(delivery.getAlert().getKindValue(), receivedEpochNs - causeEpochNs);
        if (delivery.getAlert().getState() != AlertState.ALERT_STATE_CLEARED) {
            final long intendedNs = sendTimes.intendedNs(delivery.getAlert(), causeEpochNs);
            if (intendedNs != SendTimes.UNKNOWN) {
                recent.alertedFromSend(clock.nanoTime() - intendedNs);
            }
        }
        alerts.add(delivery.getAlert());
        also.onAlert(client, delivery, receivedEpochNs);
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
        if (forGood && client.outstanding() > 0) {
            // what was sent and will not be sent again; marks are not looked at, for it ends nearly no run
            counts[Count.CUT_OFF.ordinal()] += client.outstanding();
        }
        onClosed(why, forGood);
    }

    @Override
    public void onClosed(final String why, final boolean forGood) {
        if (forGood) {
            opening.failed(why);
            if (!why.equals(DeviceClient.CLOSED)) {
                count(closedByReason, why);
            }
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
}
