package io.luyun.simulator.truth;

import io.luyun.simulator.stage.Signal;

/**
 * What a warning says of the signals ahead and how to come to them.
 *
 * @param light what they are said to show
 * @param endsInS how long that is said to last, NaN for unknown
 * @param minMps slowest speed that is advised, NaN for none
 * @param maxMps fastest
 */
public record Advice(Signal.Light light, double endsInS, double minMps, double maxMps) {}
