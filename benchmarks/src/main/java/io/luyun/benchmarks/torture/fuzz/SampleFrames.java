package io.luyun.benchmarks.torture.fuzz;

import java.util.List;

/** A message of every kind as a canonical frame, for others who need one. */
public final class SampleFrames {
    private SampleFrames() {}

    /** Each without the length before it. */
    public static List<byte[]> all() {
        return new FrameTarget().seeds();
    }
}
