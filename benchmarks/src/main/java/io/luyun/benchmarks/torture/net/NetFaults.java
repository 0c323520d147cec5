package io.luyun.benchmarks.torture.net;

import io.luyun.benchmarks.torture.Fault;
import java.util.List;

/** The faults of this room. */
public final class NetFaults {
    private NetFaults() {}

    /** All of them, in the order of their ids. */
    public static List<Fault> all() {
        return List.of(new RoughNetwork(), new Slowloris(), new FewDescriptors(), new TightMemory());
    }
}
