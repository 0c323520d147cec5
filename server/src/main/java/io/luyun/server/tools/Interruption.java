package io.luyun.server.tools;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in good order when the process is interrupted (Ctrl-C, SIGTERM), with the exit code of the work: a JVM would leave at
 * once, with 130. Closed by the thread that works when it is done.
 */
final class Interruption implements AutoCloseable {
    /** Longest wait for work that does not look: one that writes to a pipe that nobody reads. */
    private static final int PATIENCE_SECONDS = 2;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "luyun-interrupted");
    private volatile boolean asked;
    private volatile int exitCode;

    Interruption() {
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether it is to end. */
    boolean asked() {
        return asked;
    }

    /** The work is done, with this exit code; what it had to say is written. */
    void done(final int code) {
        exitCode = code;
        done.countDown();
    }

    private void interrupted() {
        asked = true;
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        Runtime.getRuntime().halt(exitCode);
    }

    @Override
    public void close() {
        if (!asked) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
