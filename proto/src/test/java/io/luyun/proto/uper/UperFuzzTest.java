package io.luyun.proto.uper;

import static org.assertj.core.api.Assertions.assertThat;

import io.luyun.proto.fuzz.Fuzz;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Frames and envelopes, mutated: each is answered, good or with a violation, and cheap. */
class UperFuzzTest {
    private static final int MAX_FRAME = 2_048;
    private static final int MAX_ENVELOPE = 1_024;

    private final UperDecoder decoder = new UperDecoder();
    private final RsuEnvelope envelope = new RsuEnvelope();
    private final UnsafeBuffer out = new UnsafeBuffer(new byte[1 << 17]);

    @ParameterizedTest
    @EnumSource
    void everyFrameIsAnsweredAndCheap(Dialect dialect) {
        final int good = Fuzz.run("UPER " + dialect.label(), frames(dialect), List.of(), MAX_FRAME, (in, length) -> {
            final boolean taken = decoder.decode(dialect, in, 0, length, out, 0) >= 0;
            if ((decoder.violation() == null) != taken) {
                throw new IllegalStateException("taken " + taken + " with " + decoder.violation());
            }
            return taken;
        });
        assertThat(good).as("of a thousand mutants some stay good").isBetween(10, 900);
    }

    /** Frames as large and as dense as they may be: what the machinery costs when it is all used. */
    @ParameterizedTest
    @EnumSource
    void theLargestFramesAreCheap(Dialect dialect) {
        final List<byte[]> frames = FrameMakers.all().stream()
                .filter(made -> made.dialect() == dialect)
                .map(made -> made.maker().dense(BitReader.MAX_BYTES))
                .toList();
        final int longest =
                frames.stream().mapToInt(frame -> frame.length).max().orElseThrow();
        // 64 KiB take 0.9 ms on a busy machine: too near to the rule for a test that must not fail by chance
        final int good = Fuzz.run(
                "dense UPER " + dialect.label(),
                Fuzz.inputs() / 50,
                4 * Fuzz.MAX_NANOS,
                frames,
                longest + 64,
                (in, length) -> decoder.decode(dialect, in, 0, length, out, 0) >= 0);
        assertThat(good).isBetween(1, 900);
    }

    @Test
    void everyEnvelopeIsAnsweredAndCheap() {
        final int good = Fuzz.run("envelope", envelopes(), List.of(), MAX_ENVELOPE, (in, length) -> {
            final boolean taken = envelope.wrap(in, 0, length);
            int frames = 0;
            while (envelope.next()) {
                frames++;
                if (envelope.frameOffset() + envelope.frameLength() > length) {
                    throw new IllegalStateException("frame " + frames + " leads out of the envelope");
                }
                decoder.decode(Dialect.PHASE_1_2019, in, envelope.frameOffset(), envelope.frameLength(), out, 0);
            }
            if (taken == (envelope.violation() != null) || taken == (frames == 0)) {
                throw new IllegalStateException(frames + " frames with " + envelope.violation());
            }
            return taken;
        });
        assertThat(good).isBetween(10, 900);
    }

    private static List<byte[]> frames(Dialect dialect) {
        final List<byte[]> frames = new ArrayList<>();
        for (final Vectors vector : Vectors.all()) {
            frames.add(vector.frame());
        }
        for (final FrameMakers made : FrameMakers.all()) {
            if (made.dialect() == dialect) {
                frames.add(made.maker().frame(true, 0));
                frames.add(made.maker().frame(true, 1));
            }
        }
        return frames;
    }

    private static List<byte[]> envelopes() {
        final List<byte[]> envelopes = new ArrayList<>();
        final UnsafeBuffer buffer = new UnsafeBuffer(new byte[4_096]);
        final RsuEnvelopeWriter writer = new RsuEnvelopeWriter();
        for (final RsuEnvelope.Layout layout : RsuEnvelope.Layout.values()) {
            for (final String names : List.of("bsm-53", "bsm-86,bsm-47,bsm-53", "map-529", "rsm-40", "spat-261")) {
                final String[] frames = names.split(",");
                final boolean bsm = names.startsWith("bsm");
                if (bsm == (layout != RsuEnvelope.Layout.ONE_FRAME)) {
                    writer.begin(buffer, 0, layout, frames.length, 0x5231_3030_3331_3031L, 1_605_336_902_333L);
                    for (final String name : frames) {
                        final byte[] frame = Vectors.of(name).frame();
                        writer.add(new UnsafeBuffer(frame), 0, frame.length);
                    }
                    final byte[] bytes = new byte[writer.length()];
                    buffer.getBytes(0, bytes);
                    envelopes.add(bytes);
                }
            }
        }
        return envelopes;
    }
}
