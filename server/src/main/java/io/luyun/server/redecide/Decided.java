package io.luyun.server.redecide;

import io.luyun.server.alert.Applications.Share;
import io.luyun.server.journal.Damage;
import java.util.ArrayList;
import java.util.List;

/** What cores with a share of the rules each tell, put together. One thread; the cores run on theirs until this is closed. */
final class Decided implements AutoCloseable {
    private final List<Part> parts = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Merge merge;
    private boolean ended;

    /** Makes a core for a share of the rules; the cores start where the journal is the same. */
    interface Cores {
        Part part(Share share);
    }

    /** Starts so many cores. */
    Decided(final int count, final Cores cores) {
        for (int i = 0; i < count; i++) {
            final Part part = cores.part(new Share(i, count));
            parts.add(part);
            final Thread thread = new Thread(part, "decide-" + i);
            thread.setDaemon(true);
            threads.add(thread);
        }
        merge = new Merge(count);
        threads.forEach(Thread::start);
    }

    /** What is told of the next stretch of the journal; not to be called behind the last one. */
    Chunk next() throws InterruptedException {
        if (ended) {
            throw new IllegalStateException("nothing follows");
        }
        final List<Chunk> chunks = new ArrayList<>();
        for (final Part part : parts) {
            chunks.add(part.next());
        }
        final Chunk first = chunks.getFirst();
        for (final Chunk chunk : chunks) {
            final Throwable failure = chunk.failure();
            if (failure != null) {
                ended = true;
                throw new IllegalStateException("deciding has failed: " + failure, failure);
            }
            if (chunk.records() != first.records()) {
                throw new IllegalStateException("cores have read " + first.records() + " and " + chunk.records()
                        + " records of the same journal");
            }
        }
        ended = first.last();
        return new Chunk(
                merge.of(chunks.stream().map(Chunk::told).toList()),
                first.records(),
                first.nowNs(),
                first.last(),
                first.more(),
                null);
    }

    /** Damaged ranges of the journal; after the last chunk. */
    List<Damage> damage() {
        return parts.getFirst().damage();
    }

    /** At least so many records rules failed at: those of the core that failed at most, as all may have failed at the same. After the last chunk. */
    long errors() {
        return parts.stream().mapToLong(Part::errors).max().orElse(0);
    }

    /** The first of them in one line; empty for none. */
    String firstError() {
        return parts.stream()
                .map(Part::firstError)
                .filter(text -> !text.isEmpty())
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        threads.forEach(Thread::interrupt);
    }
}
