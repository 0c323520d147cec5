package io.luyun.benchmarks.rig;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** CPU time of a process, user and system, all its threads, also those that have ended. */
public final class ProcessCpu {
    /** Linux tells it to user space in hundredths of a second on every architecture Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000L;

    /** Fields of {@code /proc/PID/stat} behind the name in brackets, which may itself hold spaces and brackets. */
    private static final int USER_FIELD = 11;

    private static final int SYSTEM_FIELD = 12;

    private ProcessCpu() {}

    /** Of a process that runs. */
    public static long nanosOf(final long pid) {
        try {
            return nanosIn(Files.readString(Path.of("/proc", Long.toString(pid), "stat")));
        } catch (final IOException e) {
            throw new UncheckedIOException("no CPU time of process " + pid, e);
        }
    }

    /** Out of the text of {@code /proc/PID/stat}. */
    public static long nanosIn(final String stat) {
        final String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", SYSTEM_FIELD + 2);
        return (Long.parseLong(fields[USER_FIELD]) + Long.parseLong(fields[SYSTEM_FIELD])) * NANOS_PER_TICK;
    }
}
