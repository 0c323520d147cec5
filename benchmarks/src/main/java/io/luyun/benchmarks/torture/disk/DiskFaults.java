package io.luyun.benchmarks.torture.disk;

import io.luyun.benchmarks.torture.Fault;
import java.util.List;

/** The faults of this room. */
public final class DiskFaults {
    private DiskFaults() {}

    /** All of them, in the order of their ids. */
    public static List<Fault> all() {
        return List.of(new PowerCuts(), new LogReplays(), new FullDisks(), new FailingDisks());
    }
}
