package io.luyun.benchmarks.torture.disk;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has to be taken back: done in the opposite order, when this is closed or when the process is told to end, whichever comes
 * first. Any thread.
 */
final class Undo implements AutoCloseable {
    private final Deque<Step> steps = new ArrayDeque<>();
    private final @Nullable Thread hook;
    private boolean closed;

    /** Takes one thing back. */
    interface Step {
        void undo() throws IOException, InterruptedException;
    }

    /** Also undone at the end of the process. */
    Undo() {
        final Thread atEnd = new Thread(this::atEnd, "torture-undo");
        Runtime.getRuntime().addShutdownHook(atEnd);
        hook = atEnd;
    }

    private Undo(final Undo outer) {
        hook = null;
        outer.add(this::takeBack);
    }

    /** One that may be closed before this one, and is closed with it. */
    Undo nested() {
        return new Undo(this);
    }

    /** Something was made that is to be taken back. */
    synchronized void add(final Step step) {
        if (closed) {
            throw new IllegalStateException("the process ends");
        }
        steps.push(step);
    }

    @Override
    public void close() throws IOException {
        try {
            takeBack();
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while taking back what was made", e);
        } finally {
            forgetHook();
        }
    }

    private synchronized void takeBack() throws IOException, InterruptedException {
        closed = true;
        @Nullable IOException first = null;
        while (!steps.isEmpty()) {
            try {
                steps.pop().undo();
            } catch (final IOException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }

    private void forgetHook() {
        final @Nullable Thread atEnd = hook;
        if (atEnd != null && !Thread.currentThread().equals(atEnd)) {
            try {
                Runtime.getRuntime().removeShutdownHook(atEnd);
            } catch (final IllegalStateException _) {
                return; // the process ends: the hook finds nothing left to do
            }
        }
    }

    private void atEnd() {
        try {
            takeBack();
        } catch (final IOException | InterruptedException e) {
            System.err.println("luyun: " + e.getMessage());
        }
    }
}
