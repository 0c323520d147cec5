package io.luyun.simulator.scenario;

import java.util.stream.IntStream;

/**
 * Which of a run's devices a process stands for, when several share the work: every so-many-th.
 *
 * @param index place of the process, from 0; the first one also stands for all who are no devices
 * @param of number of processes
 */
public record Part(int index, int of) {
    /** All devices. */
    public static final Part WHOLE = new Part(0, 1);

    /** Checks the ranges. */
    public Part {
        if (of < 1 || index < 0 || index >= of) {
            throw new IllegalArgumentException("part " + index + " of " + of + " is none");
        }
    }

    /** Places of its devices among so many. */
    int[] devices(final int count) {
        return IntStream.range(0, count).filter(device -> device % of == index).toArray();
    }
}
