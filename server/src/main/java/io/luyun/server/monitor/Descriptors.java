package io.luyun.server.monitor;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many descriptors this process may have, and has; so that connections cannot use up those of the journal.
 *
 * <pre>
 *   0          open        open + kept            + face                                limit
 *   | now open | journal, … |  operations page     |  connections of devices             |
 * </pre>
 *
 * @param limit most at once
 * @param open now
 */
public record Descriptors(long limit, long open) {
    /** For files of journals, evidence and reports, and for connections taken in one turn and closed again. */
    private static final int KEPT = 64;

    private static final int FACE_LEAST = 16;
    private static final int FACE_PART = 50;

    /** Of this process; without bounds where the system tells of none. */
    public static Descriptors now() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof final UnixOperatingSystemMXBean system
                ? new Descriptors(system.getMaxFileDescriptorCount(), system.getOpenFileDescriptorCount())
                : new Descriptors(Integer.MAX_VALUE, 0);
    }

    /** How many connections of devices there can be, at least one, if so many are wanted. */
    public int devices(final int wanted) {
        return Math.clamp(room() - faceRoom(), 1, wanted);
    }

    /** How many connections of the operations page there can be, if so many are wanted. */
    public int face(final int wanted) {
        return (int) Math.min(faceRoom(), wanted);
    }

    private long room() {
        return limit - open - KEPT;
    }

    private long faceRoom() {
        return Math.max(FACE_LEAST, room() / FACE_PART);
    }
}
