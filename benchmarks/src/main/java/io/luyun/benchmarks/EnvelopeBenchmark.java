package io.luyun.benchmarks;

import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.RsuEnvelope.Layout;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The envelope that deployed units put around frames: eight of vehicles, read and written. */
@State(Scope.Thread)
public class EnvelopeBenchmark {
    private static final int FRAMES = 8;
    private static final long START_NS = 1_800_000_000_000_000_000L;
    private static final long START_MILLIS = START_NS / 1_000_000;

    private final byte[][] frames = new byte[FRAMES][];
    private final UnsafeBuffer[] buffers = new UnsafeBuffer[FRAMES];
    private final UnsafeBuffer in;
    private final UnsafeBuffer out;
    private final RsuEnvelope envelope = new RsuEnvelope();
    private final RsuEnvelopeWriter writer = new RsuEnvelopeWriter();

    public EnvelopeBenchmark() {
        final Fleet fleet = new Fleet(FRAMES);
        for (int i = 0; i < FRAMES; i++) {
            frames[i] = UnitFrames.frame(Fleet.KIND, UnitFrames.bsm(fleet, i, START_NS, i));
            buffers[i] = new UnsafeBuffer(frames[i]);
        }
        in = new UnsafeBuffer(UnitFrames.envelope(START_MILLIS, frames));
        out = new UnsafeBuffer(new byte[in.capacity()]);
    }

    /** One frame found. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public long read() {
        if (!envelope.wrap(in, 0, in.capacity(), true)) {
            throw new IllegalStateException(String.valueOf(envelope.violation()));
        }
        long sum = envelope.idAsLong();
        while (envelope.next()) {
            sum += envelope.frameOffset() + envelope.frameLength();
        }
        return sum;
    }

    /** One frame put in. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public int write() {
        writer.begin(out, 0, Layout.COUNTED, FRAMES, UnitFrames.UNIT_ID, START_MILLIS);
        for (final UnsafeBuffer frame : buffers) {
            writer.add(frame, 0, frame.capacity());
        }
        return writer.length();
    }

    /** Reference: one frame copied. */
    @Benchmark
    @OperationsPerInvocation(FRAMES)
    public UnsafeBuffer copy() {
        int at = 0;
        for (final UnsafeBuffer frame : buffers) {
            out.putBytes(at, frame, 0, frame.capacity());
            at += frame.capacity();
        }
        return out;
    }
}
