package io.luyun.benchmarks.peers;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What was started, in order. Closed by whoever measures and by the shutdown of the JVM, whichever comes first; nothing is started
 * afterwards, so Ctrl-C leaves no process behind. Thread safe.
 */
public final class Processes implements AutoCloseable {
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Hosts.Running> started = new ArrayList<>();
    private boolean closed;

    /** Starts a process and returns when it is ready. */
    interface Starter {
        /** Starts it. */
        Hosts.Running start() throws IOException, InterruptedException;
    }

    Hosts.Running start(final Starter starter) throws IOException, InterruptedException {
        lock.lock();
        try {
            if (closed) {
                throw new IOException("told to stop");
            }
            final Hosts.Running running = starter.start();
            started.add(running);
            return running;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was told to stop. */
    public boolean closed() {
        lock.lock();
        try {
            return closed;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the youngest first; those that have ended already do not mind. */
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            started.reversed().forEach(Hosts.Running::close);
            started.clear();
        } finally {
            lock.unlock();
        }
    }
}
