package io.luyun.benchmarks.torture.load;

import io.luyun.benchmarks.torture.Fault;
import java.util.List;

/** The faults of this room. */
public final class LoadFaults {
    private LoadFaults() {}

    /** All of them, in the order of their ids. */
    public static List<Fault> all() {
        return List.of(new Soak(), new Overload());
    }
}
