package io.luyun.simulator.script;

import io.luyun.proto.v1.Alert;
import java.util.List;

/** Says what all devices send in each step. Called by one thread, step after step. */
public interface Script {
    /** All devices that ever send, in the order of their messages within a step. */
    List<Device> devices();

    /**
     * Adds the messages of every device, in their order: {@link StepFrames#nextDevice()} for each device, also for one that sends nothing in
     * this step.
     *
     * @param seconds time from the first step to this one, which is not always the same after the one before
     * @param utcMs time the step stands for, milliseconds since 1970
     */
    void write(long step, double seconds, long utcMs, StepFrames out);

    /** A device was warned since the step before; by its place in {@link #devices()}. Most scripts do not care. */
    default void onAlert(final int device, final Alert alert) {}
}
