package io.luyun.benchmarks;

import io.luyun.server.monitor.Counter;
import io.luyun.server.monitor.Counters;
import io.luyun.server.monitor.Latencies;
import io.luyun.server.monitor.Stage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Recorder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What counting and timing add to every stage: a counter, and a time into a histogram. */
@State(Scope.Thread)
public class MonitorBenchmark {
    private static final int SPREAD = 0xFFFFF;

    private final Counters counters = new Counters();
    private final Latencies latencies = new Latencies();
    private final AtomicLong atomic = new AtomicLong();
    private final Recorder recorder = new Recorder(TimeUnit.MINUTES.toMicros(1), 2);
    private long nanos;

    /** One event counted. */
    @Benchmark
    public void count() {
        counters.increment(Counter.BYTES_RECEIVED);
    }

    /** Reference: a number that any thread may raise. */
    @Benchmark
    public long atomicLong() {
        return atomic.getAndIncrement();
    }

    /** One time recorded. */
    @Benchmark
    public void latency() {
        latencies.record(Stage.values()[0], next());
    }

    /** Reference: the same into HdrHistogram's recorder. */
    @Benchmark
    public void hdrHistogram() {
        recorder.recordValue(TimeUnit.NANOSECONDS.toMicros(next()));
    }

    private long next() {
        nanos = (nanos + 7_919) & SPREAD;
        return nanos;
    }
}
