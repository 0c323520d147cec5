package io.luyun.benchmarks.torture.disk;

import io.luyun.benchmarks.torture.Convoy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** What was answered when: a thread of its own looks every two milliseconds. */
final class Timeline implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

    private final Convoy convoy;
    private final Position position;
    private final Thread thread = new Thread(this::look, "torture-timeline");
    private final List<Mark> marks = new ArrayList<>();
    private volatile boolean running = true;
    private volatile @Nullable IOException trouble;

    /**
     * What was answered before this moment.
     *
     * @param timeNs of System.nanoTime, not before it
     * @param position of the disk's log, not before it
     * @param answered of each device up to which number
     */
    @SuppressWarnings("ArrayRecordComponent") // written once, never compared
    record Mark(long timeNs, long position, int[] answered) {}

    /** How far the disk's log is. */
    interface Position {
        long now() throws IOException;
    }

    Timeline(final Convoy convoy, final Position position) {
        this.convoy = convoy;
        this.position = position;
        thread.setDaemon(true);
    }

    Timeline start() {
        thread.start();
        return this;
    }

    /** All marks, once nobody looks any more. */
    List<Mark> marks() {
        return List.copyOf(marks);
    }

    @Override
    public void close() throws IOException {
        running = false;
        try {
            thread.join();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        final @Nullable IOException failed = trouble;
        if (failed != null) {
            throw failed;
        }
    }

    /** What is answered is read first: so all of it is in the log before the position. */
    private void look() {
        try {
            while (running) {
                final int[] answered = convoy.answered();
                marks.add(new Mark(System.nanoTime(), position.now(), answered));
                LockSupport.parkNanos(LOOK_NANOS);
            }
        } catch (final IOException e) {
            trouble = e;
        }
    }
}
