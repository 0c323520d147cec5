package io.luyun.server.alert.supervision;

import static io.luyun.server.monitor.Settings.inRange;

/**
 * Wrong way.
 *
 * @param enabled whether it runs
 * @param minSpeedMps slower subjects raise nothing new
 * @param distanceMetres way against the carriageway's direction from which it is raised
 * @param besideOwnMetres how far beside every carriageway that leads its way a subject is, at least
 * @param edgeMetres room on the outer side of a carriageway that still counts as on it
 * @param undividedMetres ground between the two carriageways below which passing on the other one is usual
 * @param passingMetres the way instead of distanceMetres where it is
 * @param confirmReports reports against the direction that there must be, at least
 * @param lostReports reports in a row elsewhere after which the way is counted anew
 * @param holdMillis time it must be over before it is cleared
 */
public record WrongWay(
        boolean enabled,
        double minSpeedMps,
        double distanceMetres,
        double besideOwnMetres,
        double edgeMetres,
        double undividedMetres,
        double passingMetres,
        int confirmReports,
        int lostReports,
        int holdMillis) {
    /** The defaults. */
    public static final WrongWay DEFAULT = new WrongWay(true, 3, 20, 1.75, 1, 1, 200, 8, 5, 2_000);

    /** Checks the ranges. */
    public WrongWay {
        inRange("alert.wrongWay.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.wrongWay.distanceMetres", distanceMetres, 1, 5_000);
        inRange("alert.wrongWay.besideOwnMetres", besideOwnMetres, 0, 50);
        inRange("alert.wrongWay.edgeMetres", edgeMetres, 0, 10);
        inRange("alert.wrongWay.undividedMetres", undividedMetres, 0, 50);
        inRange("alert.wrongWay.passingMetres", passingMetres, distanceMetres, 10_000);
        inRange("alert.wrongWay.confirmReports", confirmReports, 1, 500);
        inRange("alert.wrongWay.lostReports", lostReports, 0, 500);
        inRange("alert.wrongWay.holdMillis", holdMillis, 0, 60_000);
    }
}
