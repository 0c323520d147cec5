package io.luyun.simulator.scenario;

/**
 * A stage of the search for the most.
 *
 * @param stepsPerSecond rate of the steps
 * @param sentPerSecond messages a second that were sent
 * @param ackP99Millis acknowledgement, the 99th percentile
 * @param lagP99Millis generator behind its schedule, likewise
 * @param outstanding messages without an answer at its end
 * @param lost messages shed or refused in it
 * @param problem why it did not hold; empty when it did
 */
public record Stage(
        double stepsPerSecond,
        double sentPerSecond,
        double ackP99Millis,
        double lagP99Millis,
        long outstanding,
        long lost,
        String problem) {
    /** Whether it held. */
    public boolean held() {
        return problem.isEmpty();
    }
}
