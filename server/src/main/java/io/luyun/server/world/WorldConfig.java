package io.luyun.server.world;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * How the road's state is kept. All figures are chosen here.
 *
 * @param participantTimeoutMillis a road user not heard of or seen for so long is gone
 * @param coastMillis a road user not heard of or seen for so long is no longer looked at by the rules; until then it goes on
 *     with its last speed and heading
 * @param eventTimeoutMillis an event or sign no longer repeated for so long is gone
 * @param signalTimeoutMillis a signal not heard of for so long is unknown
 * @param maxParticipants road users kept at once; more are counted and left out
 * @param maxEvents events and signs kept at once; more are counted and left out
 * @param lateMillis a SPAT older than the last one by at most this is late and left unused; by more, the clock stepped
 * @param staleMillis a report that took so much longer than others of the same sender is left unused
 * @param positionGain weight of a new position against the one expected from speed and heading; 1 takes positions as sent
 * @param matchMetres how far beside a carriageway a road user still counts as on it
 * @param matchHeadingDeg largest angle between a road user and the carriageway it drives on
 * @param mergeAlongMetres largest distance along its heading at which a seen road user is taken for a known one
 * @param mergeAcrossMetres the same across its heading
 * @param mergeSpeedMps largest difference of speed for that
 * @param mergeHeadingDeg largest difference of heading for that
 * @param confirmReports reports in a row that make a seen road user a participant, join it to another, or part them
 * @param eventReachMetres how far up the road an event is known, at least what the rules look ahead
 * @param signReachMetres how far along its link a sign with nothing but a position holds
 * @param traffic state of traffic, queues and jams
 */
public record WorldConfig(
        int participantTimeoutMillis,
        int coastMillis,
        int eventTimeoutMillis,
        int signalTimeoutMillis,
        int maxParticipants,
        int maxEvents,
        int lateMillis,
        int staleMillis,
        double positionGain,
        double matchMetres,
        double matchHeadingDeg,
        double mergeAlongMetres,
        double mergeAcrossMetres,
        double mergeSpeedMps,
        double mergeHeadingDeg,
        int confirmReports,
        double eventReachMetres,
        double signReachMetres,
        TrafficConfig traffic) {

    /** The defaults. */
    public static final WorldConfig DEFAULT = new WorldConfig(
            2_000,
            1_500,
            10_000,
            5_000,
            20_000,
            4_096,
            5_000,
            1_000,
            0.3,
            4,
            45,
            5,
            2.5,
            4,
            30,
            3,
            500,
            300,
            TrafficConfig.DEFAULT);

    /** Checks the ranges. */
    public WorldConfig {
        inRange("world.participantTimeoutMillis", participantTimeoutMillis, 200, 60_000);
        inRange("world.coastMillis", coastMillis, 200, participantTimeoutMillis);
        inRange("world.eventTimeoutMillis", eventTimeoutMillis, 1_000, 3_600_000);
        inRange("world.signalTimeoutMillis", signalTimeoutMillis, 500, 600_000);
        inRange("world.maxParticipants", maxParticipants, 1, 1_000_000);
        inRange("world.maxEvents", maxEvents, 1, 100_000);
        inRange("world.lateMillis", lateMillis, 100, 29_000);
        inRange("world.staleMillis", staleMillis, 100, 10_000);
        inRange("world.positionGain", positionGain, 0.05, 1);
        inRange("world.matchMetres", matchMetres, 0, 50);
        inRange("world.matchHeadingDeg", matchHeadingDeg, 5, 90);
        inRange("world.mergeAlongMetres", mergeAlongMetres, 0, 30);
        inRange("world.mergeAcrossMetres", mergeAcrossMetres, 0, 10);
        inRange("world.mergeSpeedMps", mergeSpeedMps, 0, 30);
        inRange("world.mergeHeadingDeg", mergeHeadingDeg, 5, 180);
        inRange("world.confirmReports", confirmReports, 1, 20);
        inRange("world.eventReachMetres", eventReachMetres, 50, 5_000);
        inRange("world.signReachMetres", signReachMetres, 0, 5_000);
    }
}
