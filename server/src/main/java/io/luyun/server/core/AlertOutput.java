package io.luyun.server.core;

import io.luyun.proto.v1.Alert;
import io.luyun.proto.v1.RecordKind;
import io.luyun.server.alert.life.AlertListener;
import io.luyun.server.fanout.FanOut;
import io.luyun.server.journal.JournalWriter;
import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import org.agrona.concurrent.EpochNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where alerts go: to the journal of alerts with the time of their decision, and to the fan-out. Neither waits for a sync.
 * Core's thread.
 */
public final class AlertOutput implements AlertListener {
    private static final int NO_DEVICE = -1;

    private final JournalWriter journal;
    private final FanOut fanOut;
    private final EpochNanoClock clock;
    private final Counters counters;
    private final Latencies latencies;
    private final UnsafeBuffer buffer = new UnsafeBuffer(0, 0);

    public AlertOutput(
            final JournalWriter journal,
            final FanOut fanOut,
            final EpochNanoClock clock,
            final Counters counters,
            final Latencies latencies) {
        this.journal = journal;
        this.fanOut = fanOut;
        this.clock = clock;
        this.counters = counters;
        this.latencies = latencies;
    }

    @Override
    public void onAlert(final Alert alert, final int subjectDevice, final long causeReceivedAtNs) {
        final long decidedAtNs = clock.nanoTime();
        final byte[] bytes = alert.toByteArray();
        fanOut.onAlert(alert, bytes, subjectDevice, causeReceivedAtNs, decidedAtNs);
        latencies.record(Stage.RECEIVE_ALERT, decidedAtNs - causeReceivedAtNs);
        count(alert);
        buffer.wrap(bytes);
        journal.append(RecordKind.RECORD_KIND_ALERT_VALUE, NO_DEVICE, 0, decidedAtNs, buffer, 0, bytes.length);
    }

    private void count(final Alert alert) {
        switch (alert.getState()) {
            case ALERT_STATE_RAISED -> {
                counters.increment(Counter.ALERTS_RAISED);
                counters.alert(alert.getKindValue());
            }
            case ALERT_STATE_UPDATED -> counters.increment(Counter.ALERTS_UPDATED);
            case ALERT_STATE_CLEARED -> counters.increment(Counter.ALERTS_CLEARED);
            case ALERT_STATE_UNSPECIFIED, UNRECOGNIZED ->
                throw new IllegalArgumentException("alert " + alert.getAlertId() + " without a state");
        }
    }
}
