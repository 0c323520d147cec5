package io.luyun.simulator.scenario;

import io.luyun.simulator.measure.Totals;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a run stands, each second and at its end.
 *
 * @param totals messages and latencies
 * @param seconds how long messages have been sent
 * @param alerts alerts raised, by kind
 * @param alertLines a few words on alerts raised since the last time
 * @param road what an observer of everything knows, or null without one
 * @param links how the links stand
 * @param stages of the search for the most; empty without one
 */
public record RunResult(
        Totals totals,
        double seconds,
        Map<String, Long> alerts,
        List<String> alertLines,
        @Nullable Road road,
        Links links,
        List<Stage> stages) {
    /**
     * What an observer knows to be on the road.
     *
     * @param users road users
     * @param signals signals
     * @param events events and signs
     */
    public record Road(int users, int signals, int events) {}

    /**
     * How the links stand.
     *
     * @param stepsPerSecond rate of the steps
     * @param open links on which messages can be sent
     * @param updates updates that those who watch have got
     * @param watchersAway how many of those have no session
     * @param intrusions connections that those have had who mean harm
     * @param thrownOut how many of these the server has closed
     */
    public record Links(
            double stepsPerSecond, long open, long updates, long watchersAway, long intrusions, long thrownOut) {}
}
