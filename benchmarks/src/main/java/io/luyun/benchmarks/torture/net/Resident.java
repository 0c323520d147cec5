package io.luyun.benchmarks.torture.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** How much memory of its own a process has at most, as the kernel tells: without the files it has mapped. A thread of its own. */
final class Resident implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final String FIELD = "RssAnon:";

    private final Path status;
    private volatile boolean ending;
    private volatile long mostKib;

    Resident(final long pid) {
        status = Path.of("/proc", Long.toString(pid), "status");
        Thread.ofPlatform().daemon().name("resident-" + pid).start(this::look);
    }

    long mostMib() {
        return mostKib >> 10;
    }

    private void look() {
        while (!ending) {
            try {
                for (final String line : Files.readAllLines(status)) {
                    if (line.startsWith(FIELD)) {
                        mostKib = Math.max(mostKib, Long.parseLong(line.replaceAll("\\D", "")));
                    }
                }
            } catch (final IOException e) {
                // it has ended
                return;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }

    @Override
    public void close() {
        ending = true;
    }
}
