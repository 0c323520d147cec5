package io.luyun.benchmarks.torture.fuzz;

import io.luyun.proto.uper.Dialect;
import io.luyun.proto.uper.RsuEnvelope;
import io.luyun.proto.uper.RsuEnvelopeWriter;
import io.luyun.proto.uper.UperDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.ExpandableArrayBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** The envelope of deployed units, with and without a count, and the frames in it. */
final class EnvelopeTarget implements Target {
    /** R1003101. */
    static final long UNIT_ID = 0x5231_3030_3331_3031L;

    private static final int FRAMES_MOST = 3;

    private final RsuEnvelope envelope = new RsuEnvelope();
    private final UperDecoder decoder = new UperDecoder();
    private final UnsafeBuffer in = new UnsafeBuffer(0, 0);
    private final ExpandableArrayBuffer out = new ExpandableArrayBuffer(1 << 17);

    @Override
    public String name() {
        return "envelope";
    }

    @Override
    public List<byte[]> seeds() {
        return seeds(1_605_336_902_333L);
    }

    /** Envelopes of this time with a frame or some. */
    static List<byte[]> seeds(final long nowMillis) {
        final List<byte[]> seeds = new ArrayList<>();
        final List<byte[]> frames = Seeds.hex("uper-2019");
        for (int i = 0; i < frames.size(); i++) {
            for (final RsuEnvelope.Layout layout : RsuEnvelope.Layout.values()) {
                final int count = layout == RsuEnvelope.Layout.ONE_FRAME ? 1 : 1 + i % FRAMES_MOST;
                final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
                final RsuEnvelopeWriter writer =
                        new RsuEnvelopeWriter().begin(buffer, 0, layout, count, UNIT_ID, nowMillis);
                for (int frame = 0; frame < count; frame++) {
                    final byte[] bytes = frames.get((i + frame) % frames.size());
                    writer.add(new UnsafeBuffer(bytes), 0, bytes.length);
                }
                seeds.add(Arrays.copyOf(buffer.byteArray(), writer.length()));
            }
        }
        return seeds;
    }

    @Override
    public void accept(final byte[] input) {
        in.wrap(input);
        final boolean taken = envelope.wrap(in, 0, input.length);
        int frames = 0;
        while (envelope.next()) {
            frames++;
            if (envelope.frameOffset() + envelope.frameLength() > input.length) {
                throw new IllegalStateException("frame " + frames + " leads out of the envelope");
            }
            decoder.decode(Dialect.PHASE_1_2019, in, envelope.frameOffset(), envelope.frameLength(), out, 0);
        }
        if (taken == (envelope.violation() != null) || taken == (frames == 0)) {
            throw new IllegalStateException(frames + " frames with " + envelope.violation());
        }
    }
}
