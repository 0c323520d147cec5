package io.luyun.simulator.scenario;

/** Says what all devices send in each step. Called by one thread, step after step. */
interface Script {
    /**
     * Adds the messages of every device, in their order.
     *
     * @param utcMs time the step stands for
     */
    void write(long step, long utcMs, StepFrames out);
}
