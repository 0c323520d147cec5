package io.luyun.simulator;

/** Holds the JVM at Ctrl-C and SIGTERM until a command has said its last word, and ends whatever it is that runs then. */
final class Stopper implements AutoCloseable {
    private final Interrupt interrupt = new Interrupt(this::stop);
    private Runnable running = () -> {};
    private boolean stopped;

    /** This runs now; when it is too late, it is ended at once. */
    void stops(final Runnable stop) {
        final boolean late;
        synchronized (this) {
            running = stop;
            late = stopped;
        }
        if (late) {
            stop.run();
        }
    }

    private void stop() {
        final Runnable now;
        synchronized (this) {
            stopped = true;
            now = running;
        }
        now.run();
    }

    @Override
    public void close() {
        interrupt.close();
    }
}
