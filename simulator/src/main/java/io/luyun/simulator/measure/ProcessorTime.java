package io.luyun.simulator.measure;

import java.time.Duration;

/** Processor time of a process, user and system, of all its threads, as the operating system tells it: to a hundredth of a second. */
public final class ProcessorTime {
    private final ProcessHandle process;

    /**
     * Of a process.
     *
     * @throws IllegalArgumentException when there is none of that number
     */
    public ProcessorTime(final long pid) {
        process = ProcessHandle.of(pid).orElseThrow(() -> new IllegalArgumentException("there is no process " + pid));
    }

    /** Of this process. */
    public static ProcessorTime own() {
        return new ProcessorTime(ProcessHandle.current().pid());
    }

    /** Used so far, in nanoseconds; 0 when the system does not tell. */
    public long nanos() {
        return process.info().totalCpuDuration().map(Duration::toNanos).orElse(0L);
    }
}
