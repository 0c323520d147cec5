package io.luyun.simulator.plan;

/**
 * Links that go at a time, all at once, and come again; what devices say meanwhile waits with them, as far as they keep it.
 *
 * @param atSeconds when, after the start
 * @param share share of the devices
 * @param awaySeconds how long each stays away; 0 for those that come again at once
 * @param togetherAgain whether all come again in the same instant, or spread as after the loss of a server
 */
public record Outage(double atSeconds, double share, double awaySeconds, boolean togetherAgain) {
    /** Checks the ranges. */
    public Outage {
        Range.check("atSeconds", atSeconds, 0, 1e7);
        Range.check("share", share, 0, 1);
        Range.check("awaySeconds", awaySeconds, 0, 86_400);
    }
}
