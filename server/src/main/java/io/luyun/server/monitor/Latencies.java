package io.luyun.server.monitor;

import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** Latency histograms of the stages since the start, in microseconds up to one minute. Any thread records or reads. */
public final class Latencies {
    private static final long HIGHEST_MICROS = TimeUnit.MINUTES.toMicros(1);
    private static final int DIGITS = 2;

    private final Recorder[] recorders = new Recorder[Stage.values().length];
    private final Histogram[] totals = new Histogram[recorders.length];
    private final Histogram[] spares = new Histogram[recorders.length];

    public Latencies() {
        for (int i = 0; i < recorders.length; i++) {
            recorders[i] = new Recorder(HIGHEST_MICROS, DIGITS);
            totals[i] = new Histogram(HIGHEST_MICROS, DIGITS);
            spares[i] = recorders[i].getIntervalHistogram();
        }
    }

    /** Records a time in nanoseconds; negative ones count as zero, longer ones than a minute as a minute. */
    public void record(final Stage stage, final long nanos) {
        final long micros = TimeUnit.NANOSECONDS.toMicros(nanos);
        recorders[stage.ordinal()].recordValue(Math.max(0, Math.min(micros, HIGHEST_MICROS)));
    }

    /** A copy of the histogram since the start. */
    public Histogram snapshot(final Stage stage) {
        final int i = stage.ordinal();
        synchronized (totals[i]) {
            spares[i] = recorders[i].getIntervalHistogram(spares[i]);
            totals[i].add(spares[i]);
            return totals[i].copy();
        }
    }
}
