package io.luyun.simulator;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Lets Ctrl-C and SIGTERM end a run in order: stops it, and holds the JVM until it has said its last word. The run's exit
 * code is the JVM's only when it ends by itself; after a signal it is the signal's.
 */
final class Interrupt implements AutoCloseable {
    private static final long LONGEST_SECONDS = 40;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;

    Interrupt(final Runnable stop) {
        hook = new Thread(
                () -> {
                    stop.run();
                    try {
                        // What holds on longer than this is stuck.
                        if (!done.await(LONGEST_SECONDS, TimeUnit.SECONDS)) {
                            System.err.println("luyun: gave up waiting for the end of the run");
                        }
                    } catch (final InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException _) {
            // the JVM is going down, and the hook has run
            Thread.currentThread().getName();
        }
    }
}
