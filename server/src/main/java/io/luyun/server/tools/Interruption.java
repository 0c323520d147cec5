package io.luyun.server.tools;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets work end in good order when the process is interrupted (Ctrl-C, SIGTERM), with the exit code of the work: a JVM would leave at
 * once, with 130. Closed by the thread that works when it is done.
 */
final class Interruption implements AutoCloseable {
    private static final int NOT_DONE = -1;

    private final int patienceSeconds;
    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupted, "luyun-interrupted");
    private volatile boolean asked;
    private volatile int exitCode = NOT_DONE;

    /**
     * Listens from now on.
     *
     * @param patienceSeconds longest wait for work that does not look: one that writes to a pipe that nobody reads
     */
    Interruption(final int patienceSeconds) {
        this.patienceSeconds = patienceSeconds;
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
            if (!done.await(patienceSeconds, TimeUnit.SECONDS)) {
                return;
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            return;
        }
        if (exitCode != NOT_DONE) {
            Runtime.getRuntime().halt(exitCode);
        }
    }

    @Override
    public void close() {
        if (asked) {
            // work that failed meanwhile is not waited for
            done.countDown();
        } else {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
