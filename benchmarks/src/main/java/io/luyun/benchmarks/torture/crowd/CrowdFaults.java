package io.luyun.benchmarks.torture.crowd;

import io.luyun.benchmarks.torture.Fault;
import java.util.List;

/** The faults of this room. */
public final class CrowdFaults {
    private CrowdFaults() {}

    /** All of them, in the order of their ids. */
    public static List<Fault> all() {
        return List.of(new SlowSubscribers(), new ManyConnections(), new ReconnectStorm());
    }
}
