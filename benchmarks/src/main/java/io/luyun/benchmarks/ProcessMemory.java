package io.luyun.benchmarks;

import io.luyun.benchmarks.rig.ProcessCpu;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How much memory of its own a process takes at most, mapped files left out, as far as looks at it see. */
final class ProcessMemory {
    private static final String OWN = "RssAnon:";
    private static final double KIB_A_MEGABYTE = 1_000_000.0 / 1_024;

    private final long pid;
    private long mostKib;

    ProcessMemory(final long pid) {
        this.pid = pid;
    }

    /** Looks; returns its CPU time in ns, 0 when it has ended. */
    long look() throws IOException {
        try {
            for (final String line : Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"))) {
                if (line.startsWith(OWN)) {
                    mostKib = Math.max(mostKib, Long.parseLong(line.replaceAll("\\D", "")));
                }
            }
            return ProcessCpu.nanosIn(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (final IOException e) {
            if (ProcessHandle.of(pid).isPresent()) {
                throw e;
            }
            return 0;
        }
    }

    double mostMegabytes() {
        return mostKib / KIB_A_MEGABYTE;
    }
}
