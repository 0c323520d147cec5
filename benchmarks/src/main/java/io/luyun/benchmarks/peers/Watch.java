package io.luyun.benchmarks.peers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Looks at the machine at the beginning of each second that is measured and at the end of the last; a thread of its own. */
final class Watch implements AutoCloseable {
    private static final long SLICE_NS = 1_000_000_000L;

    private final Machine machine;
    private final long firstNs;
    private final int seconds;
    private final List<Machine.Look> looks = new ArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("watch").daemon().unstarted(this::watch);
    private volatile String failure = "";
    private volatile boolean closed;

    Watch(final Machine machine, final long firstNs, final int seconds) {
        this.machine = machine;
        this.firstNs = firstNs;
        this.seconds = seconds;
    }

    void start() {
        thread.start();
    }

    /** Waits for the last look; there is one more than there are seconds. */
    List<Machine.Look> looks() throws IOException, InterruptedException {
        thread.join();
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return looks;
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }

    private void watch() {
        try {
            for (int i = 0; i <= seconds && !closed; i++) {
                final long atNs = firstNs + i * SLICE_NS;
                for (long nowNs = System.nanoTime(); nowNs < atNs && !closed; nowNs = System.nanoTime()) {
                    LockSupport.parkNanos(atNs - nowNs);
                }
                looks.add(machine.look());
            }
        } catch (final IOException | UncheckedIOException e) {
            failure = "cannot look at the processes: " + e.getMessage();
        }
    }
}
