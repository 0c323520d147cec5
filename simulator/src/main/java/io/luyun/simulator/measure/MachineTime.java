package io.luyun.simulator.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Processor time that all of the machine has used, as Linux tells it in {@code /proc/stat}. Stateless. */
public final class MachineTime {
    /** What is told when it cannot be read. */
    public static final long UNKNOWN = -1;

    /** Linux tells it to user space in hundredths of a second on every architecture Java runs on. */
    private static final long NANOS_PER_TICK = 10_000_000L;

    private static final int IDLE = 4;
    private static final int WAITING = 5;
    /** Behind it stands what guests have used, which is in the others already. */
    private static final int STOLEN = 8;

    private MachineTime() {}

    /** Used so far by whatever ran, in nanoseconds, or {@link #UNKNOWN}. */
    public static long nanos() {
        try {
            return nanosIn(Files.readString(Path.of("/proc/stat")));
        } catch (final IOException _) {
            return UNKNOWN; // no Linux, or a container that hides it
        }
    }

    /**
     * The same out of the file's text. First line: cpu user nice system idle iowait irq softirq steal guest guest_nice, in hundredths of a
     * second.
     */
    static long nanosIn(final String text) {
        final String[] fields = text.lines().findFirst().orElse("").trim().split(" +");
        long ticks = 0;
        for (int i = 1; i < fields.length && i <= STOLEN; i++) {
            ticks += i == IDLE || i == WAITING ? 0 : Long.parseLong(fields[i]);
        }
        return ticks * NANOS_PER_TICK;
    }
}
