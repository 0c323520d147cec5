package io.luyun.server.alert.signal;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Speed advice for green lights.
 *
 * @param enabled whether it runs
 * @param reachMetres way to the stop line beyond which there is no advice
 * @param endMetres way below which there is none: too late to follow it
 * @param clearFactor advice that was given ends only beyond the reach times this
 * @param minSpeedMps slower subjects get no advice anew
 * @param clearSpeedMps slower subjects' advice ends
 * @param minAdviceKmh no slower speed is advised
 * @param defaultLimitKmh limit where the map has none
 * @param startSeconds how long after the begin of green one should arrive at the earliest
 * @param endSeconds how long before the end of green one should arrive at the latest
 * @param assumedGreenSeconds how long a green lasts whose end is not said
 * @param maxQueueMetres longer queues before the stop line end the advice
 * @param sureLaneMetres how far beside its lane's middle a subject is surely in it
 * @param stepKmh a speed that is another by so much is worth telling
 * @param updateMillis but not sooner than so long after the last
 * @param confirmReports reports in a row that must agree before advice begins
 * @param holdMillis time there must be no advice before it ends
 */
public record GreenSpeed(
        boolean enabled,
        double reachMetres,
        double endMetres,
        double clearFactor,
        double minSpeedMps,
        double clearSpeedMps,
        double minAdviceKmh,
        double defaultLimitKmh,
        double startSeconds,
        double endSeconds,
        double assumedGreenSeconds,
        double maxQueueMetres,
        double sureLaneMetres,
        double stepKmh,
        int updateMillis,
        int confirmReports,
        int holdMillis) {
    /** The defaults. */
    public static final GreenSpeed DEFAULT =
            new GreenSpeed(true, 300, 25, 1.1, 4, 2, 20, 60, 1, 1, 8, 12, 1, 5, 2_000, 3, 1_500);

    /** Checks the ranges. */
    public GreenSpeed {
        inRange("alert.greenSpeed.reachMetres", reachMetres, 10, 4_000);
        inRange("alert.greenSpeed.endMetres", endMetres, 0, reachMetres);
        inRange("alert.greenSpeed.clearFactor", clearFactor, 1, 3);
        inRange("alert.greenSpeed.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.greenSpeed.clearSpeedMps", clearSpeedMps, 0, minSpeedMps);
        inRange("alert.greenSpeed.minAdviceKmh", minAdviceKmh, 1, 100);
        inRange("alert.greenSpeed.defaultLimitKmh", defaultLimitKmh, minAdviceKmh, 200);
        inRange("alert.greenSpeed.startSeconds", startSeconds, 0, 30);
        inRange("alert.greenSpeed.endSeconds", endSeconds, 0, 30);
        inRange("alert.greenSpeed.assumedGreenSeconds", assumedGreenSeconds, 0, 120);
        inRange("alert.greenSpeed.maxQueueMetres", maxQueueMetres, 0, 1_000);
        inRange("alert.greenSpeed.sureLaneMetres", sureLaneMetres, 0, 5);
        inRange("alert.greenSpeed.stepKmh", stepKmh, 1, 100);
        inRange("alert.greenSpeed.updateMillis", updateMillis, 0, 60_000);
        inRange("alert.greenSpeed.confirmReports", confirmReports, 1, 50);
        inRange("alert.greenSpeed.holdMillis", holdMillis, 0, 60_000);
    }
}
