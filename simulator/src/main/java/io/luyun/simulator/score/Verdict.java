package io.luyun.simulator.score;

import io.luyun.simulator.stage.Scene;
import io.luyun.simulator.truth.Case;
import java.util.List;

/**
 * What one scene says of one application.
 *
 * @param scene the scene
 * @param cases what was due or allowed
 * @param hits due cases with their warning
 * @param missed due cases without one
 * @param wrong warnings that nothing allows
 * @param vehicleHours time that vehicles spent in it
 */
public record Verdict(
        Scene scene, List<Case> cases, List<Hit> hits, List<Case> missed, List<Warning> wrong, double vehicleHours) {
    /**
     * A warning that came in time.
     *
     * @param leadS time that was left; NaN where the application has no such moment
     */
    public record Hit(Case due, Warning warning, double leadS) {}

    /** Whether nothing is due or allowed in it. */
    public boolean quiet() {
        return cases.isEmpty();
    }

    /** Whether all is as it ought to be. */
    public boolean right() {
        return missed.isEmpty() && wrong.isEmpty();
    }
}
