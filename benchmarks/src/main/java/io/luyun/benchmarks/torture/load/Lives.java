package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.rig.LiveHeap;
import io.luyun.benchmarks.torture.Setup;
import io.luyun.benchmarks.torture.Subject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Servers on one journal, one after the other. Only {@link #connect} is for any thread. */
final class Lives implements AutoCloseable {
    private static final double HOUR_NANOS = TimeUnit.HOURS.toNanos(1);

    private final Setup setup;
    private final Path scratch;
    private final List<Life> lives = new ArrayList<>();
    private final long beganNs = System.nanoTime();
    private volatile Subject server;

    /** Begins the first. */
    Lives(final Setup setup, final Path scratch) throws IOException, InterruptedException {
        this.setup = setup;
        this.scratch = scratch;
        server = begin();
    }

    private Subject begin() throws IOException, InterruptedException {
        // the heap is all there from the start, so that what grows is something else
        final Subject next = Subject.start(setup.start().with("-Xms256m").with("-XX:+AlwaysPreTouch"));
        next.awaitReady();
        lives.add(new Life());
        return next;
    }

    /** To the one that lives; it is not to be had between two of them. */
    Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), server.port());
    }

    /** SIGKILL, and the next one. */
    void next() throws IOException, InterruptedException {
        server.kill();
        server.close();
        server = begin();
    }

    void look() throws IOException, InterruptedException {
        final long heap = LiveHeap.bytesOf(server.pid(), scratch);
        final double hours = (System.nanoTime() - beganNs) / HOUR_NANOS;
        lives.getLast().add(new Life.Look(hours, Vitals.of(server.pid()), heap));
    }

    List<Life> all() {
        return List.copyOf(lives);
    }

    boolean endInOrder() throws IOException, InterruptedException {
        return server.endsInOrder();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
