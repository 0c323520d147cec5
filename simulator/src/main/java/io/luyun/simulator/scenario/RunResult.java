package io.luyun.simulator.scenario;

import io.luyun.simulator.measure.Totals;
import java.util.List;
import java.util.Map;

/**
 * How a run stands, each second and at its end.
 *
 * @param totals messages and latencies
 * @param seconds how long messages have been sent
 * @param alerts alerts raised, by kind
 * @param alertLines a few words on alerts raised since the last time
 * @param roadUsers what the observer knows to be on the road, or -1 without one
 * @param signals signals the observer knows, or -1
 * @param events events and signs the observer knows, or -1
 */
public record RunResult(
        Totals totals,
        double seconds,
        Map<String, Long> alerts,
        List<String> alertLines,
        int roadUsers,
        int signals,
        int events) {}
