package io.luyun.server.live;

import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.jspecify.annotations.Nullable;

/**
 * The way from the road to those who show it: a few batches that go round between two threads. Neither waits. The road fills one
 * when there is an empty one and somebody watches; the watcher's thread begins and ends the watch.
 *
 * <pre>
 *   road ──▶ filled ──▶ watcher
 *    ▲                     │
 *    └────── empty ◀───────┘
 * </pre>
 */
public final class LivePipe {
    private static final int BATCHES = 4;
    private static final long NOBODY = 0;

    private final OneToOneConcurrentArrayQueue<Batch> filled = new OneToOneConcurrentArrayQueue<>(BATCHES);
    private final OneToOneConcurrentArrayQueue<Batch> empty = new OneToOneConcurrentArrayQueue<>(BATCHES);
    private volatile long watch = NOBODY;
    private long watches;

    /** Nobody watches yet. */
    public LivePipe() {
        for (int i = 0; i < BATCHES; i++) {
            empty.offer(new Batch());
        }
    }

    /** The watcher's thread: somebody watches from now on; what is there is told from the beginning. */
    void begin() {
        watch = ++watches;
    }

    /** The watcher's thread: nobody watches any more. */
    void end() {
        watch = NOBODY;
    }

    /** The road's thread: number of the watch, another one for each; 0 while nobody watches. */
    long watch() {
        return watch;
    }

    /** The road's thread: a batch to fill; null while the watcher has them all. */
    @Nullable
    Batch empty() {
        return empty.poll();
    }

    /** The road's thread: hands over. */
    void handOver(final Batch batch) {
        filled.offer(batch);
    }

    /** The watcher's thread: the next batch of this watch; null when there is none. */
    @Nullable
    Batch take() {
        Batch batch = filled.poll();
        while (batch != null && batch.watch != watch) {
            giveBack(batch);
            batch = filled.poll();
        }
        return batch;
    }

    /** The watcher's thread: it has been read. */
    void giveBack(final Batch batch) {
        batch.clear();
        empty.offer(batch);
    }
}
