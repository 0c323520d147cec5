package io.luyun.benchmarks.torture.files;

import io.luyun.benchmarks.torture.Fault;
import java.util.List;

/** The faults of this room. */
public final class FileFaults {
    private FileFaults() {}

    /** All of them, in the order of their ids. */
    public static List<Fault> all() {
        return List.of(new BitRot(), new Suspended(), new OldJournal());
    }
}
