package io.luyun.benchmarks;

import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueue;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import net.openhft.chronicle.wire.DocumentContext;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Reference: bare Chronicle Queue appends and reads the bytes of the same messages. */
@NullUnmarked // JMH sets up before it runs
public class ChronicleBenchmark {
    private static final int BLOCK_BYTES = 64 << 20;

    /** A queue that is written to. */
    @State(Scope.Thread)
    public static class Appending {
        private final Fleet fleet = new Fleet(1_000);
        private Scratch scratch;
        private SingleChronicleQueue queue;
        private ExcerptAppender appender;
        private long nowNs;

        @Setup(Level.Trial)
        public void open() {
            scratch = Scratch.create();
            queue = queue(scratch);
            appender = queue.createAppender();
        }

        @TearDown(Level.Trial)
        public void close() {
            appender.close();
            queue.close();
            scratch.close();
        }
    }

    /** A queue that is read again and again. */
    @State(Scope.Thread)
    public static class Tailing {
        private Scratch scratch;
        private SingleChronicleQueue queue;
        private ExcerptTailer tailer;

        @Setup(Level.Trial)
        public void open() {
            scratch = Scratch.create();
            queue = queue(scratch);
            final Fleet fleet = new Fleet(1_000);
            try (ExcerptAppender appender = queue.createAppender()) {
                for (int i = 0; i < TailBenchmark.RECORDS; i++) {
                    fleet.next((long) i * Fleet.PERIOD_NS / fleet.size());
                    append(appender, fleet);
                }
            }
            tailer = queue.createTailer();
        }

        @TearDown(Level.Trial)
        public void close() {
            tailer.close();
            queue.close();
            scratch.close();
        }
    }

    /** One message. */
    @Benchmark
    public void append(final Appending state) {
        state.nowNs += Fleet.PERIOD_NS / state.fleet.size();
        state.fleet.next(state.nowNs);
        append(state.appender, state.fleet);
    }

    /** One message; its last eight bytes are looked at. */
    @Benchmark
    public long tail(final Tailing state) {
        try (DocumentContext document = state.tailer.readingDocument()) {
            if (document.isPresent()) {
                final Bytes<?> bytes = document.wire().bytes();
                return bytes.readLong(bytes.readLimit() - Long.BYTES);
            }
        }
        state.tailer.toStart();
        return 0;
    }

    private static SingleChronicleQueue queue(final Scratch scratch) {
        return SingleChronicleQueueBuilder.binary(scratch.path())
                .blockSize(BLOCK_BYTES)
                .build();
    }

    private static void append(final ExcerptAppender appender, final Fleet fleet) {
        try (DocumentContext document = appender.writingDocument()) {
            document.wire().bytes().write(fleet.bytes(), fleet.frameOffset(), fleet.frameLength());
        }
    }
}
