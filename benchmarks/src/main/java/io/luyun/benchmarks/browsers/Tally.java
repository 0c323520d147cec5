package io.luyun.benchmarks.browsers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What all browsers of a crowd have got in each second since it began. Owned by one thread. */
final class Tally {
    private static final long SECOND_NS = TimeUnit.SECONDS.toNanos(1);

    private static final class Second {
        private long frames;
        private long texts;
        private long bytes;
    }

    private final long beginNs;
    private final List<Second> seconds = new ArrayList<>();

    Tally(final long beginNs) {
        this.beginNs = beginNs;
    }

    /** Positions have come, or only the time where there are no rows. */
    void frame(final long nowNs, final long rows, final int bytes) {
        final Second now = at(nowNs);
        now.frames += rows > 0 ? 1 : 0;
        now.bytes += bytes;
    }

    /** A text has come. */
    void text(final long nowNs, final int bytes) {
        final Second now = at(nowNs);
        now.texts++;
        now.bytes += bytes;
    }

    /** What each of so many got in the whole seconds between these times. */
    Sight between(final long fromNs, final long toNs, final int browsers, final int closed) {
        final int first = (int) Math.max(0, Math.ceilDiv(fromNs - beginNs, SECOND_NS));
        final int end = (int) Math.floorDiv(toNs - beginNs, SECOND_NS);
        final double each = (double) browsers * (end - first);
        if (each <= 0) {
            return new Sight(0, 0, 0, closed);
        }
        long frames = 0;
        long texts = 0;
        long bytes = 0;
        for (int i = first; i < Math.min(end, seconds.size()); i++) {
            frames += seconds.get(i).frames;
            texts += seconds.get(i).texts;
            bytes += seconds.get(i).bytes;
        }
        return new Sight(frames / each, bytes / each, texts / each, closed);
    }

    private Second at(final long nowNs) {
        final int second = (int) Math.floorDiv(nowNs - beginNs, SECOND_NS);
        while (seconds.size() <= second) {
            seconds.add(new Second());
        }
        return seconds.get(second);
    }
}
