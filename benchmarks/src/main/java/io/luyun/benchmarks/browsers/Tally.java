package io.luyun.benchmarks.browsers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What all browsers of a crowd have got in each tenth of a second since it began. Owned by one thread. */
final class Tally {
    private static final double SLICES_PER_SECOND = 10;
    private static final long SLICE_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final class Slice {
        private long frames;
        private long texts;
        private long bytes;
    }

    private final long beginNs;
    private final List<Slice> slices = new ArrayList<>();

    Tally(final long beginNs) {
        this.beginNs = beginNs;
    }

    /** Positions have come, or only the time where there are no rows. */
    void frame(final long nowNs, final long rows, final int bytes) {
        final Slice now = at(nowNs);
        now.frames += rows > 0 ? 1 : 0;
        now.bytes += bytes;
    }

    /** A text has come. */
    void text(final long nowNs, final int bytes) {
        final Slice now = at(nowNs);
        now.texts++;
        now.bytes += bytes;
    }

    /** What each of so many got a second between these times. */
    Sight between(final long fromNs, final long toNs, final int browsers, final int closed) {
        final int first = (int) Math.max(0, Math.ceilDiv(fromNs - beginNs, SLICE_NS));
        final int end = (int) Math.floorDiv(toNs - beginNs, SLICE_NS);
        final double each = browsers * (end - first) / SLICES_PER_SECOND;
        if (each <= 0) {
            return new Sight(0, 0, 0, closed);
        }
        long frames = 0;
        long texts = 0;
        long bytes = 0;
        for (int i = first; i < Math.min(end, slices.size()); i++) {
            frames += slices.get(i).frames;
            texts += slices.get(i).texts;
            bytes += slices.get(i).bytes;
        }
        return new Sight(frames / each, bytes / each, texts / each, closed);
    }

    private Slice at(final long nowNs) {
        final int slice = (int) Math.floorDiv(nowNs - beginNs, SLICE_NS);
        while (slices.size() <= slice) {
            slices.add(new Slice());
        }
        return slices.get(slice);
    }
}
