package io.luyun.simulator.plan;

/**
 * How the most that a server takes is looked for: the rate grows until a stage does not hold, and then the place between the last that
 * did and the first that did not is halved.
 *
 * @param from steps a second of the first stage
 * @param growth from one stage to the next
 * @param stageSeconds how long each is held
 * @param halvings how often the place is halved
 * @param most steps a second that are not gone beyond
 * @param ackP99Millis a stage holds when acknowledgements keep to this, nothing is lost and nothing piles up
 */
public record Search(double from, double growth, int stageSeconds, int halvings, double most, double ackP99Millis) {
    /** Checks the ranges. */
    public Search {
        Range.check("from", from, 1, Rates.MOST);
        Range.check("growth", growth, 1.01, 10);
        Range.check("stageSeconds", stageSeconds, 1, 600);
        Range.check("halvings", halvings, 0, 10);
        Range.check("most", most, from, Rates.MOST);
        Range.check("ackP99Millis", ackP99Millis, 0.01, 60_000);
    }
}
