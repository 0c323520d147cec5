package io.luyun.server.alert.supervision;

import static io.luyun.server.monitor.Settings.inRange;

import java.util.List;

/**
 * Where and when test vehicles may drive.
 *
 * @param enabled whether it runs
 * @param devices ids of the devices it concerns; {@code *} for all that report themselves
 * @param marginMetres how far beside an approved surface they still are on it
 * @param fromHour local hour from which they may drive
 * @param toHour local hour up to which; before fromHour, that of the next day
 * @param utcOffsetMinutes local time against UTC
 * @param minSpeedMps slower ones are not driving, for the hours
 * @param confirmReports reports in a row that must agree
 * @param holdMillis time it must be over before it is cleared
 */
public record ApprovedRoad(
        boolean enabled,
        List<String> devices,
        double marginMetres,
        double fromHour,
        double toHour,
        int utcOffsetMinutes,
        double minSpeedMps,
        int confirmReports,
        int holdMillis) {
    /** The defaults: nobody is concerned. */
    public static final ApprovedRoad DEFAULT = new ApprovedRoad(true, List.of(), 2, 0, 24, 480, 1, 20, 2_000);

    /** Checks the ranges. */
    public ApprovedRoad {
        inRange("alert.approvedRoad.marginMetres", marginMetres, 0, 100);
        inRange("alert.approvedRoad.fromHour", fromHour, 0, 24);
        inRange("alert.approvedRoad.toHour", toHour, 0, 24);
        inRange("alert.approvedRoad.utcOffsetMinutes", utcOffsetMinutes, -840, 840);
        inRange("alert.approvedRoad.minSpeedMps", minSpeedMps, 0, 50);
        inRange("alert.approvedRoad.confirmReports", confirmReports, 1, 500);
        inRange("alert.approvedRoad.holdMillis", holdMillis, 0, 600_000);
        devices = List.copyOf(devices);
    }
}
